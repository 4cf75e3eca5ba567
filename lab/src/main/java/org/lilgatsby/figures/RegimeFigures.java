package org.lilgatsby.figures;

import java.util.Arrays;
import java.util.List;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Extent;
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
    void begin(Extent extent, float[] values) {
        Arrays.fill(values, 0);
    }

    @Override
    void add(FigureRow row, int token, Regime regime, float[] values) {
        Extent extent = row.extent();
        count(Group.ALL, regime, values);
        if (Arrays.binarySearch(extent.live(), token) >= 0) {
            count(Group.LIVE, regime, values);
        }
        if (Arrays.binarySearch(extent.dead(), token) >= 0) {
            count(Group.DEAD, regime, values);
        }
    }

    private static void count(Group group, Regime regime, float[] values) {
        values[group.ordinal() * REGIMES + regime.ordinal()]++;
    }
}
