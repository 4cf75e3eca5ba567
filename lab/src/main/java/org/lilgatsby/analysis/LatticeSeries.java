package org.lilgatsby.analysis;

import org.lilgatsby.kernel.RowMoves.Figure;

/**
 * How far the tokens of a group moved on the lattice in each step, in two units: cells, and the notebooks' ULP, (W[t] -
 * W[t-1]) / ULP(W[t-1]). The two agree within a binade; where a component crosses into another, cells stay integers and
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
     * Mean and maximum over the tokens at every kept recorded step; NaN at the first place, which follows no step, and
     * for a group without tokens.
     *
     * @param mean over the tokens of the group
     * @param max over the tokens of the group
     * @param peak the largest of any step since the previous kept place
     */
    public record MeanMax(FigureSeries mean, FigureSeries max, FigureSeries peak) {}

    private static final int FIGURES = 6;

    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        private final Places kept;
        private final double[][] mean; // [figure][index]
        private final double[][] max;
        private final Peaks peaks;

        Target(Places kept, ArrayMaker arrays) {
            this.kept = kept;
            mean = arrays.doubles(FIGURES, kept.kept());
            max = arrays.doubles(FIGURES, kept.kept());
            peaks = new Peaks(kept, FIGURES, arrays);
            int first = kept.find(0);
            for (int figure = 0; figure < FIGURES && first >= 0; figure++) {
                put(figure, first, 0, 0, 0);
            }
        }

        /** Sets a figure at a kept place from its sum and maximum over a number of tokens. */
        private void put(int figure, int index, double sum, double largest, int tokens) {
            mean[figure][index] = sum / tokens;
            max[figure][index] = tokens == 0 ? Double.NaN : largest;
        }

        LatticeSeries series() {
            return new LatticeSeries(norms(0), norms(3));
        }

        private Norms norms(int at) {
            return new Norms(meanMax(at), meanMax(at + 1), meanMax(at + 2));
        }

        private MeanMax meanMax(int figure) {
            return new MeanMax(
                    new FigureSeries(kept, mean[figure]), new FigureSeries(kept, max[figure]), peaks.series(figure));
        }
    }

    /** Measures the steps of one chunk; all tokens are the live ones and the dead ones together. */
    static final class Worker {
        private final int live;
        private final int dead;
        private final Places kept;
        private final PerGroup<Target> targets;
        private final PerGroup<Peaks.Worker> peaks;
        private double sum;

        Worker(LiveDeadSplit split, PerGroup<Target> targets) {
            this.live = split.live().size();
            this.dead = split.dead().size();
            this.targets = targets;
            kept = targets.all().kept;
            peaks = targets.map(target -> new Peaks.Worker(target.peaks));
        }

        void step(StepMotion motion, int place) {
            double[][] figures = {
                motion.of(Figure.CELLS_L1), motion.cellsL2(), motion.of(Figure.CELLS_L_INFINITY),
                motion.of(Figure.ULP_L1), motion.of(Figure.ULP_L2), motion.of(Figure.ULP_L_INFINITY)
            };
            int index = kept.find(place);
            for (int i = 0; i < FIGURES; i++) {
                double[] figure = figures[i];
                double liveMax = add(figure, 0, motion.live());
                double liveSum = sum;
                double deadMax = add(figure, motion.live(), motion.moved());
                double deadSum = sum;
                see(i, liveMax, deadMax);
                if (index >= 0) {
                    targets.live().put(i, index, liveSum, liveMax, live);
                    targets.dead().put(i, index, deadSum, deadMax, dead);
                    targets.all().put(i, index, liveSum + deadSum, Math.max(liveMax, deadMax), live + dead);
                }
            }
            for (Group group : Group.values()) {
                peaks.get(group).seen(place);
            }
        }

        void end() {
            for (Group group : Group.values()) {
                peaks.get(group).end();
            }
        }

        private void see(int figure, double ofLive, double ofDead) {
            peaks.live().see(figure, live == 0 ? Double.NaN : ofLive);
            peaks.dead().see(figure, dead == 0 ? Double.NaN : ofDead);
            peaks.all().see(figure, live + dead == 0 ? Double.NaN : Math.max(ofLive, ofDead));
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
