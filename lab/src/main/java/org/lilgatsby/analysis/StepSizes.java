package org.lilgatsby.analysis;

import org.lilgatsby.kernel.RowMoves.Figure;

/**
 * How far the tokens of a group came in each step, |W[t] - W[t-1]|, from one recorded state to the next; in the unit of
 * the matrix.
 *
 * @param l2 L2 norms
 * @param lInfinity L-infinity norms
 * @param zeroShare share of the tokens whose step is exactly zero: those that stood still; NaN where there is no step
 * @param distinctSpeeds number of different L2 norms among the tokens, zero included
 */
public record StepSizes(SpreadSeries l2, SpreadSeries lInfinity, FigureSeries zeroShare, CountSeries distinctSpeeds) {
    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        /** Of these arrays at each place. */
        static final int BYTES_A_PLACE = 2 * SpreadSeries.Target.BYTES_A_PLACE + Double.BYTES + Integer.BYTES;

        private final SpreadSeries.Target l2;
        private final SpreadSeries.Target lInfinity;
        private final double[] zeroShare;
        private final int[] distinctSpeeds;

        Target(int size) {
            l2 = new SpreadSeries.Target(size);
            lInfinity = new SpreadSeries.Target(size);
            zeroShare = new double[size];
            zeroShare[0] = Double.NaN;
            distinctSpeeds = new int[size];
        }

        StepSizes series() {
            return new StepSizes(
                    l2.series(), lInfinity.series(), new FigureSeries(zeroShare), new CountSeries(distinctSpeeds));
        }

        private void put(int place, AscendingSizes speeds) {
            l2.put(place, speeds);
            zeroShare[place] = (double) speeds.zeros() / speeds.size();
            distinctSpeeds[place] = speeds.distinct();
        }
    }

    /** Measures the steps of one chunk: sorts the live and the dead tokens, and merges them into all. */
    static final class Worker {
        private final PerGroup<Target> targets;
        private final AscendingSizes live;
        private final AscendingSizes dead;
        private final AscendingSizes all;

        Worker(LiveDeadSplit split, PerGroup<Target> targets) {
            this.targets = targets;
            live = new AscendingSizes(split.live().size());
            dead = new AscendingSizes(split.dead().size());
            all = new AscendingSizes(live.size() + dead.size());
        }

        void step(StepMotion motion, int place) {
            sort(motion, Figure.L_INFINITY);
            targets.all().lInfinity.put(place, all);
            targets.live().lInfinity.put(place, live);
            targets.dead().lInfinity.put(place, dead);
            sort(motion, Figure.L2);
            targets.all().put(place, all);
            targets.live().put(place, live);
            targets.dead().put(place, dead);
        }

        private void sort(StepMotion motion, Figure figure) {
            live.sort(motion.of(figure), 0, motion.live());
            dead.sort(motion.of(figure), motion.live(), motion.moved());
            all.merge(live, dead);
        }
    }
}
