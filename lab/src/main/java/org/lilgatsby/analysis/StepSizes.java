package org.lilgatsby.analysis;

import java.util.Arrays;
import org.lilgatsby.kernel.RowMoves.Figure;

/**
 * How far the tokens of a group came in each step, |W[t] - W[t-1]|, from one recorded state to the
 * next; in the unit of the matrix.
 *
 * @param l2 L2 norms
 * @param lInfinity L-infinity norms
 * @param zeroShare share of the tokens whose step is exactly zero: those that stood still; NaN where there is no step
 * @param distinctSpeeds number of different L2 norms among the tokens, zero included
 */
public record StepSizes(SpreadSeries l2, SpreadSeries lInfinity, Series zeroShare, Counts distinctSpeeds) {
    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
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
            return new StepSizes(l2.series(), lInfinity.series(), new Series(zeroShare), new Counts(distinctSpeeds));
        }

        private void put(int place, double[] speeds) {
            int zeros = 0;
            int distinct = 0;
            for (int i = 0; i < speeds.length; i++) {
                zeros += speeds[i] == 0 ? 1 : 0;
                distinct += i == 0 || speeds[i] != speeds[i - 1] ? 1 : 0;
            }
            l2.put(place, speeds);
            zeroShare[place] = (double) zeros / speeds.length;
            distinctSpeeds[place] = distinct;
        }
    }

    /** Measures the steps of one chunk: sorts the live and the dead tokens, and merges them into all. */
    static final class Worker {
        private final int[] liveRows;
        private final int[] deadRows;
        private final PerGroup<Target> targets;
        private final double[] live;
        private final double[] dead;
        private final double[] all;

        Worker(Split split, PerGroup<Target> targets) {
            liveRows = split.live().toArray();
            deadRows = split.dead().toArray();
            this.targets = targets;
            live = new double[liveRows.length];
            dead = new double[deadRows.length];
            all = new double[live.length + dead.length];
        }

        void step(StepMotion motion, int place) {
            sort(motion.of(Figure.L_INFINITY));
            targets.all().lInfinity.put(place, all);
            targets.live().lInfinity.put(place, live);
            targets.dead().lInfinity.put(place, dead);
            sort(motion.of(Figure.L2));
            targets.all().put(place, all);
            targets.live().put(place, live);
            targets.dead().put(place, dead);
        }

        private void sort(double[] figure) {
            sort(live, liveRows, figure);
            sort(dead, deadRows, figure);
            int l = 0;
            int d = 0;
            for (int i = 0; i < all.length; i++) {
                boolean fromLive = d == dead.length || l < live.length && live[l] <= dead[d];
                all[i] = fromLive ? live[l++] : dead[d++];
            }
        }

        /** Zeros need no sorting: they come first. */
        private static void sort(double[] sorted, int[] rows, double[] figure) {
            int zeros = 0;
            int moved = sorted.length;
            for (int row : rows) {
                double size = figure[row];
                sorted[size == 0 ? zeros++ : --moved] = size;
            }
            Arrays.sort(sorted, moved, sorted.length);
        }
    }
}
