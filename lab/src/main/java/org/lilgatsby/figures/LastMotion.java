package org.lilgatsby.figures;

import java.util.List;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.FigureRow;

/**
 * The last recorded update that moved each token on its lattice, [V]: 0 for a token that none has moved. Exact if every
 * step is recorded; otherwise updates whose outcome has no row are not seen.
 */
public final class LastMotion extends OfUpdate {
    @Override
    public String name() {
        return "last_motion";
    }

    @Override
    public String description() {
        return "last recorded update that moved each token";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.TOKENS);
    }

    @Override
    public boolean continues() {
        return true;
    }

    /** The values of the row before stay where a token does not move. */
    @Override
    public void compute(FigureRow row, float[] values) {
        changed(row, step -> {
            if (step.regime() != Regime.FROZEN) {
                values[step.token()] = row.update();
            }
        });
    }
}
