package org.lilgatsby.analysis;

import org.lilgatsby.kernel.RowMoves.Figure;

/**
 * How far the tokens of a group moved in each step, |W[t] - W[t-1]|, from one recorded state to the next; in the unit
 * of the matrix.
 *
 * @param l2 L2 norms
 * @param lInfinity L-infinity norms
 * @param zeroShare share of the tokens whose step is exactly zero; NaN where there is no step
 * @param distinctSpeeds number of different L2 norms among the tokens, zero included
 * @param peak the largest L2 norm of any step since the previous kept place; NaN where there is none
 */
public record StepSizes(
        SpreadSeries l2,
        SpreadSeries lInfinity,
        FigureSeries zeroShare,
        CountSeries distinctSpeeds,
        FigureSeries peak) {
    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        private final Places kept;
        private final SpreadSeries.Target l2;
        private final SpreadSeries.Target lInfinity;
        private final double[] zeroShare;
        private final int[] distinctSpeeds;
        private final Peaks peaks;

        Target(Places kept, ArrayMaker arrays) {
            this.kept = kept;
            l2 = new SpreadSeries.Target(kept, arrays);
            lInfinity = new SpreadSeries.Target(kept, arrays);
            zeroShare = arrays.doubles(kept.kept());
            distinctSpeeds = arrays.ints(kept.kept());
            peaks = new Peaks(kept, 1, arrays);
            int first = kept.find(0);
            if (first >= 0) {
                zeroShare[first] = Double.NaN;
            }
        }

        StepSizes series() {
            return new StepSizes(
                    l2.series(),
                    lInfinity.series(),
                    new FigureSeries(kept, zeroShare),
                    new CountSeries(kept, distinctSpeeds),
                    peaks.series(0));
        }

        private void put(int index, AscendingSizes speeds) {
            l2.put(index, speeds);
            zeroShare[index] = (double) speeds.zeros() / speeds.size();
            distinctSpeeds[index] = speeds.distinct();
        }
    }

    /** Measures the steps of one chunk: sorts the live and the dead tokens, and merges them into all. */
    static final class Worker {
        private final Places kept;
        private final PerGroup<Target> targets;
        private final PerGroup<Peaks.Worker> peaks;
        private final AscendingSizes live;
        private final AscendingSizes dead;
        private final AscendingSizes all;

        Worker(LiveDeadSplit split, PerGroup<Target> targets) {
            this.targets = targets;
            kept = targets.all().kept;
            peaks = targets.map(target -> new Peaks.Worker(target.peaks));
            live = new AscendingSizes(split.live().size());
            dead = new AscendingSizes(split.dead().size());
            all = new AscendingSizes(live.size() + dead.size());
        }

        void step(StepMotion motion, int place) {
            int index = kept.find(place);
            if (index >= 0) {
                measure(motion, index);
            }
            double[] sizes = motion.of(Figure.L2);
            double ofLive = largest(sizes, 0, motion.live(), live.size());
            double ofDead = largest(sizes, motion.live(), motion.moved(), dead.size());
            peaks.live().see(0, ofLive);
            peaks.dead().see(0, ofDead);
            peaks.all().see(0, ofLive);
            peaks.all().see(0, ofDead);
            for (Group group : Group.values()) {
                peaks.get(group).seen(place);
            }
        }

        void end() {
            for (Group group : Group.values()) {
                peaks.get(group).end();
            }
        }

        private void measure(StepMotion motion, int index) {
            sort(motion, Figure.L_INFINITY);
            targets.all().lInfinity.put(index, all);
            targets.live().lInfinity.put(index, live);
            targets.dead().lInfinity.put(index, dead);
            sort(motion, Figure.L2);
            targets.all().put(index, all);
            targets.live().put(index, live);
            targets.dead().put(index, dead);
        }

        private void sort(StepMotion motion, Figure figure) {
            live.sort(motion.of(figure), 0, motion.live());
            dead.sort(motion.of(figure), motion.live(), motion.moved());
            all.merge(live, dead);
        }

        /** The largest of those that moved, of a number of tokens; NaN without tokens, or if one is. */
        private static double largest(double[] sizes, int from, int to, int tokens) {
            double largest = tokens == 0 ? Double.NaN : 0;
            for (int i = from; i < to; i++) {
                largest = Math.max(largest, sizes[i]);
            }
            return largest;
        }
    }
}
