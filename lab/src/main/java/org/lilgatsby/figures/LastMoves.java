package org.lilgatsby.figures;

import java.util.List;
import org.lilgatsby.analysis.MoveClass;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.FigureRow;

/**
 * The last recorded update that moved each token in each {@link MoveClass}, by its displacement in cells, [V, 5]: L2
 * above 1,000, L2 above the root of the width, L-infinity above 1, L1 above 1, any motion; 0 where none has. Exact if
 * every step is recorded; otherwise updates whose outcome has no row are not seen.
 */
public final class LastMoves extends OfUpdate {
    private static final MoveClass[] CLASSES = MoveClass.values();

    @Override
    public String name() {
        return "last_moves";
    }

    @Override
    public String description() {
        return "last recorded updates that moved each token by L2 > 1,000, L2 > sqrt(D), Linf > 1, L1 > 1, "
                + "L1 > 0 cells";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.TOKENS, Axis.figures(CLASSES.length));
    }

    @Override
    public boolean continues() {
        return true;
    }

    /** The values of the row before stay where a token does not move. */
    @Override
    public void compute(FigureRow row, float[] values) {
        changed(row, step -> {
            for (MoveClass each : CLASSES) {
                if (each.holds(step, row.extent().width())) {
                    values[step.token() * CLASSES.length + each.ordinal()] = row.update();
                }
            }
        });
    }
}
