package org.lilgatsby.figures;

import java.util.Arrays;
import java.util.List;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.FigureRow;

/**
 * How many tokens the update left, or moved, in each {@link Regime}, [3, 5]: for all, live and dead tokens those that
 * are frozen, that hopped along one axis, that went to an adjacent cell, that moved locally, and by many cells. Zero
 * before training.
 */
public final class RegimeFigures extends OfUpdate {
    private static final int REGIMES = Regime.values().length;

    @Override
    public String name() {
        return "regimes";
    }

    @Override
    public String description() {
        return "tokens frozen, hopping, to an adjacent cell, local, by many cells; of all, live, dead tokens";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.figures(Inputs.GROUPS), Axis.figures(REGIMES));
    }

    @Override
    public void compute(FigureRow row, float[] values) {
        Arrays.fill(values, 0);
        for (Group group : Group.values()) {
            values[at(group, Regime.FROZEN)] = Inputs.size(row.extent(), group);
        }
        changed(row, step -> {
            for (Group group : Inputs.groups(row.extent(), step.token())) {
                values[at(group, Regime.FROZEN)]--;
                values[at(group, step.regime())]++;
            }
        });
    }

    private static int at(Group group, Regime regime) {
        return group.ordinal() * REGIMES + regime.ordinal();
    }
}
