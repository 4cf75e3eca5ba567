package org.lilgatsby.figures;

import java.util.List;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.FigureRow;

/**
 * The mean and the largest L2 norm of W[t] - W[t-1] over all, live and dead tokens, [3, 2], tokens that stand still
 * among them; NaN for a group without tokens. Zero before training.
 */
public final class Speeds extends OfUpdate {
    private static final int EACH = 2;

    @Override
    public String name() {
        return "speeds";
    }

    @Override
    public String description() {
        return "mean and largest L2 norm of the update of all, live, dead tokens";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.figures(Inputs.GROUPS), Axis.figures(EACH));
    }

    @Override
    public void compute(FigureRow row, float[] values) {
        double[] sums = new double[Inputs.GROUPS];
        double[] largest = new double[Inputs.GROUPS];
        changed(row, step -> {
            for (Group group : Inputs.groups(row.extent(), step.token())) {
                sums[group.ordinal()] += step.l2();
                largest[group.ordinal()] = Math.max(largest[group.ordinal()], step.l2());
            }
        });
        for (Group group : Group.values()) {
            int tokens = Inputs.size(row.extent(), group);
            values[EACH * group.ordinal()] = (float) (sums[group.ordinal()] / tokens);
            values[EACH * group.ordinal() + 1] = tokens == 0 ? Float.NaN : (float) largest[group.ordinal()];
        }
    }

    @Override
    public boolean allows(int update, float value) {
        return !Float.isInfinite(value);
    }
}
