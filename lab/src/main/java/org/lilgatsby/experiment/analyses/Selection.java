package org.lilgatsby.experiment.analyses;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Group;

/**
 * What to analyse.
 *
 * @param group whose rows
 * @param step the state after this many updates; empty for all recorded states
 * @param detail how many of the recorded states get a row
 * @param parameters numbers that define some figures
 */
public record Selection(Group group, OptionalInt step, Detail detail, AnalysisParameters parameters) {
    /** A selection without parameters. */
    public Selection(Group group, OptionalInt step, Detail detail) {
        this(group, step, detail, AnalysisParameters.NONE);
    }

    /** Whether what happened at a step is shown. */
    public boolean shows(int at) {
        return step.isEmpty() || step.getAsInt() == at;
    }

    /** How many of the recorded states get a row. The first and the last always get one. */
    public enum Detail {
        /**
         * Those at steps 0, 1, 2, 5, 10, 20, 50 and so on, or just before them: few enough to fit beside other tables.
         */
        FEW(10, 20, 50),
        /** Those at steps 0, 1, 2, 3, 5, 7, 10, 15, 20 and so on, or just before them. */
        SOME(10, 15, 20, 30, 50, 70),
        /**
         * Those at steps with at most two significant digits, 0 to 100, 110, 120 and so on, or just before them: as
         * many as a chart can show.
         */
        DRAWN(IntStream.range(10, 100).toArray()),
        /** Every recorded state. */
        ALL;

        private final int[] tenths;

        Detail(int... tenths) {
            this.tenths = tenths;
        }

        /** How many of the recorded states get a row; steps as in {@link #places}. */
        public int shown(int[] steps) {
            return places(steps).length;
        }

        /**
         * The states that get a row, by place.
         *
         * @param steps number of updates before each recorded state, ascending from 0
         */
        int[] places(int[] steps) {
            int end = steps.length - 1;
            int last = steps[end];
            if (this == ALL) {
                return IntStream.rangeClosed(0, end).toArray();
            }
            IntStream.Builder places = IntStream.builder().add(0);
            for (long power = 1; power <= last; power *= 10) {
                for (int tenth : tenths) {
                    long step = power * tenth / 10;
                    if (power * tenth % 10 == 0 && step <= last) {
                        int place = Arrays.binarySearch(steps, (int) step);
                        places.add(place >= 0 ? place : -place - 2);
                    }
                }
            }
            return places.add(end).build().distinct().toArray();
        }
    }
}
