package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts the groups of equal rows of one group of tokens, step by step. */
final class CensusWorker {
    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        /** Of these arrays at each place; populations are arrays of their own where they change. */
        static final int BYTES_A_PLACE = 5 * Integer.BYTES + Double.BYTES + Integer.BYTES;

        private final int[] distinct;
        private final int[] blackHoles;
        private final int[] tokensInBlackHoles;
        private final int[] singletons;
        private final int[] largest;
        private final double[] concentration;
        private final int[][] populations;

        Target(int size) {
            distinct = new int[size];
            blackHoles = new int[size];
            tokensInBlackHoles = new int[size];
            singletons = new int[size];
            largest = new int[size];
            concentration = new double[size];
            populations = new int[size][];
        }

        CensusSeries series() {
            CountSeries alone = new CountSeries(singletons);
            return new CensusSeries(
                    new CountSeries(distinct),
                    new CountSeries(blackHoles),
                    new CountSeries(tokensInBlackHoles),
                    alone,
                    new CountSeries(largest),
                    new FigureSeries(concentration),
                    new CensusSeries.Demographics(populations, alone));
        }

        private void repeat(int place) {
            distinct[place] = distinct[place - 1];
            blackHoles[place] = blackHoles[place - 1];
            tokensInBlackHoles[place] = tokensInBlackHoles[place - 1];
            singletons[place] = singletons[place - 1];
            largest[place] = largest[place - 1];
            concentration[place] = concentration[place - 1];
            populations[place] = populations[place - 1];
        }
    }

    private final Tokens tokens;
    private final Target target;
    private final int[] population;
    private final List<GroupEvent> events = new ArrayList<>();
    private boolean counted;

    CensusWorker(Tokens tokens, int rows, Target target) {
        this.tokens = tokens;
        this.target = target;
        population = new int[rows];
    }

    /** Fissions and mergers seen, in the order of steps. */
    List<GroupEvent> events() {
        return events;
    }

    /** The state before the first step of a chunk. */
    void start(Labels labels, int place) {
        if (place == 0) {
            count(labels, place);
        }
    }

    /** A state whose labels differ from those of the place before. */
    void regrouped(Labels before, Labels after, int place, int step) {
        before.addSplits(after, tokens, step, GroupEvent.Kind.FISSION, events);
        after.addSplits(before, tokens, step, GroupEvent.Kind.MERGER, events);
        count(after, place);
    }

    /** A state whose labels are those of the place before. */
    void unchanged(Labels labels, int place) {
        if (counted) {
            target.repeat(place);
        } else {
            count(labels, place);
        }
    }

    private void count(Labels labels, int place) {
        counted = true;
        Arrays.fill(population, 0);
        for (int i = 0; i < tokens.size(); i++) {
            population[labels.of(tokens.id(i))]++;
        }
        int groups = 0;
        int holes = 0;
        int alone = 0;
        long squares = 0;
        for (int size : population) {
            groups += size > 0 ? 1 : 0;
            holes += size > 1 ? 1 : 0;
            alone += size == 1 ? 1 : 0;
            squares += (long) size * size;
        }
        int[] sizes = new int[holes];
        int at = 0;
        for (int size : population) {
            if (size > 1) {
                sizes[at++] = -size;
            }
        }
        Arrays.sort(sizes); // largest first: negated here, restored below
        for (int i = 0; i < holes; i++) {
            sizes[i] = -sizes[i];
        }
        target.distinct[place] = groups;
        target.blackHoles[place] = holes;
        target.tokensInBlackHoles[place] = tokens.size() - alone;
        target.singletons[place] = alone;
        target.largest[place] = holes > 0 ? sizes[0] : Math.min(alone, 1);
        target.concentration[place] = (double) squares / ((double) tokens.size() * tokens.size());
        target.populations[place] = sizes;
    }
}
