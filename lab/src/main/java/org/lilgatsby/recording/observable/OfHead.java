package org.lilgatsby.recording.observable;

import java.util.List;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Observable;

/** What belongs to an output head that is a matrix of its own, [V, D]. */
abstract class OfHead implements Observable {
    @Override
    public final List<Axis> axes() {
        return List.of(Axis.TOKENS, Axis.COMPONENTS);
    }

    @Override
    public final ParameterTensor of(ParameterLayout layout) {
        return layout.head();
    }

    @Override
    public final boolean needsHead() {
        return true;
    }
}
