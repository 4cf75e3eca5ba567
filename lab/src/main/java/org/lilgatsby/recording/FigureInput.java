package org.lilgatsby.recording;

import java.util.List;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.training.TrainingState;

/** What figures are computed from. */
public enum FigureInput {
    /** W at the recording's instant, [V, D], as figures see it. */
    EMBEDDINGS(Observables.EMBEDDINGS, true),
    /** W before the update, [V, D], as figures see it. */
    EMBEDDINGS_BEFORE(new BeforeUpdate(false), true),
    /** The output head before the update, with which logits were computed, [V, D]; W itself where it is tied. */
    HEAD_BEFORE(new BeforeUpdate(true), true),
    /** The mean hidden state of the step, [D]. */
    MEAN_HIDDEN(Observables.MEAN_HIDDEN, false),
    /** The logits of the first sequence at its last position, [V]. */
    LOGITS(Observables.LOGITS, false);

    private final Observable observable;
    private final boolean isParameter;

    FigureInput(Observable observable, boolean isParameter) {
        this.observable = observable;
        this.isParameter = isParameter;
    }

    Observable observable() {
        return observable;
    }

    /**
     * The format in which it reaches the figures: that in which they see W, and for all else one that loses nothing.
     */
    public Precision format(Extent extent) {
        return isParameter ? extent.seen() : Precision.F32;
    }

    /** A matrix as the step found it, [V, D]; row 0 is zero. */
    private static final class BeforeUpdate implements Observable {
        private final boolean isHead;

        BeforeUpdate(boolean isHead) {
            this.isHead = isHead;
        }

        @Override
        public String name() {
            return isHead ? "head_before" : "embeddings_before";
        }

        @Override
        public String description() {
            return (isHead ? "the output head" : "W") + " before the update";
        }

        @Override
        public List<Axis> axes() {
            return List.of(Axis.TOKENS, Axis.COMPONENTS);
        }

        @Override
        public ParameterTensor of(ParameterLayout layout) {
            return isHead ? layout.head() : layout.wte();
        }

        @Override
        public void afterBackward(TrainingState state, float[] workspace, StoredValues row) {
            row.set(state.parameters(), of(state.layout()).at());
        }
    }
}
