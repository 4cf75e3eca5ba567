package org.lilgatsby.analysis;

/**
 * What still moves of a group in each recorded step, token by token and component by component. At the first place,
 * which follows no step, counts are 0 and means NaN. A zero that changes its sign does not move.
 *
 * @param movers tokens that moved, at every place
 * @param moving components that moved
 * @param axes components that moved of a token that moved, mean over these tokens; NaN where none moved
 * @param axesMax the largest number of them
 * @param participation (sum d^2)^2 / sum d^4 over the components d of W[t] - W[t-1], mean over the tokens that moved: 1
 *     along one axis, n for n components of the same size
 * @param participationInCells the same with d in cells
 */
public record FrozenSeries(
        CountSeries movers,
        FigureSeries moving,
        FigureSeries axes,
        FigureSeries axesMax,
        FigureSeries participation,
        FigureSeries participationInCells) {
    /** Sums over the tokens of a group that moved in one step. */
    static final class Sums {
        private int movers;
        private long moving;
        private int axesMax;
        private double participation;
        private double participationInCells;

        void add(int axes, double inValues, double inCells) {
            movers++;
            moving += axes;
            axesMax = Math.max(axesMax, axes);
            participation += inValues;
            participationInCells += inCells;
        }

        Sums plus(Sums other) {
            Sums both = new Sums();
            both.movers = movers + other.movers;
            both.moving = moving + other.moving;
            both.axesMax = Math.max(axesMax, other.axesMax);
            both.participation = participation + other.participation;
            both.participationInCells = participationInCells + other.participationInCells;
            return both;
        }
    }

    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        private final Places kept;
        private final int[] movers; // of all places
        private final double[] moving;
        private final double[] axes;
        private final double[] axesMax;
        private final double[] participation;
        private final double[] participationInCells;

        Target(int size, Places kept) {
            this.kept = kept;
            movers = new int[size];
            moving = new double[kept.kept()];
            axes = new double[kept.kept()];
            axesMax = new double[kept.kept()];
            participation = new double[kept.kept()];
            participationInCells = new double[kept.kept()];
            put(0, new Sums());
        }

        void put(int place, Sums sums) {
            movers[place] = sums.movers;
            int index = kept.find(place);
            if (index >= 0) {
                moving[index] = sums.moving;
                axes[index] = (double) sums.moving / sums.movers;
                axesMax[index] = sums.axesMax;
                participation[index] = sums.participation / sums.movers;
                participationInCells[index] = sums.participationInCells / sums.movers;
            }
        }

        FrozenSeries series() {
            return new FrozenSeries(
                    new CountSeries(movers),
                    new FigureSeries(kept, moving),
                    new FigureSeries(kept, axes),
                    new FigureSeries(kept, axesMax),
                    new FigureSeries(kept, participation),
                    new FigureSeries(kept, participationInCells));
        }
    }
}
