package org.lilgatsby.analysis;

import org.lilgatsby.kernel.RowMoves.Figure;

/**
 * How far the tokens of a group came on the lattice in each step, in two units: cells, and the notebooks' ULP, (W[t] -
 * W[t-1]) / ULP(W[t-1]). The two agree inside a binade; where a component crosses into another, cells stay integers and
 * ULPs become fractions or multiples.
 *
 * @param cells the cell displacement
 * @param ulp the displacement in ULP
 */
public record LatticeSeries(Norms cells, Norms ulp) {
    /**
     * Three norms of the tokens' displacement.
     *
     * @param l1 sum over the components
     * @param l2 square root of the sum of the squares
     * @param lInfinity largest component
     */
    public record Norms(MeanMax l1, MeanMax l2, MeanMax lInfinity) {}

    /**
     * Mean and maximum over the tokens at every recorded step; NaN at the first place, which no step precedes, and for
     * a group without tokens.
     *
     * @param mean over the tokens of the group
     * @param max over the tokens of the group
     */
    public record MeanMax(FigureSeries mean, FigureSeries max) {}

    private static final int FIGURES = 6;

    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        /** Of these arrays at each place. */
        static final int BYTES_A_PLACE = 2 * FIGURES * Double.BYTES;

        private final double[][] mean; // [figure][place]
        private final double[][] max;

        Target(int size) {
            mean = new double[FIGURES][size];
            max = new double[FIGURES][size];
            for (int figure = 0; figure < FIGURES; figure++) {
                put(figure, 0, 0, 0, 0);
            }
        }

        /** Sets a figure at a place from its sum and maximum over a number of tokens. */
        private void put(int figure, int place, double sum, double largest, int tokens) {
            mean[figure][place] = sum / tokens;
            max[figure][place] = tokens == 0 ? Double.NaN : largest;
        }

        LatticeSeries series() {
            return new LatticeSeries(norms(0), norms(3));
        }

        private Norms norms(int at) {
            return new Norms(meanMax(at), meanMax(at + 1), meanMax(at + 2));
        }

        private MeanMax meanMax(int figure) {
            return new MeanMax(new FigureSeries(mean[figure]), new FigureSeries(max[figure]));
        }
    }

    /** Measures the steps of one chunk; all tokens are the live ones and the dead ones together. */
    static final class Worker {
        private final int live;
        private final int dead;
        private final PerGroup<Target> targets;
        private double sum;

        Worker(LiveDeadSplit split, PerGroup<Target> targets) {
            this.live = split.live().size();
            this.dead = split.dead().size();
            this.targets = targets;
        }

        void step(StepMotion motion, int place) {
            double[][] figures = {
                motion.of(Figure.CELLS_L1), motion.cellsL2(), motion.of(Figure.CELLS_L_INFINITY),
                motion.of(Figure.ULP_L1), motion.of(Figure.ULP_L2), motion.of(Figure.ULP_L_INFINITY)
            };
            for (int i = 0; i < FIGURES; i++) {
                double[] figure = figures[i];
                double liveMax = add(figure, 0, motion.live());
                double liveSum = sum;
                double deadMax = add(figure, motion.live(), motion.moved());
                double deadSum = sum;
                targets.live().put(i, place, liveSum, liveMax, live);
                targets.dead().put(i, place, deadSum, deadMax, dead);
                targets.all().put(i, place, liveSum + deadSum, Math.max(liveMax, deadMax), live + dead);
            }
        }

        /** Sets {@link #sum} to the sum over places, and returns the maximum; a NaN is in the one, not in the other. */
        private double add(double[] figure, int from, int to) {
            double total = 0;
            double max = 0;
            for (int i = from; i < to; i++) {
                double value = figure[i];
                total += value;
                max = value > max ? value : max;
            }
            sum = total;
            return max;
        }
    }
}
