package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The {@link Census} of a group of tokens at every recorded step, stored only where it changes. Counts are indexed by
 * place in the history; {@link CountSeries#settledFrom} gives the place from which a count no longer changes.
 *
 * @param distinct distinct rows
 * @param blackHoles black holes, C
 * @param tokensInBlackHoles tokens in black holes, P
 * @param singletons tokens whose row equals no other of the group
 * @param largest tokens that share the most common row
 * @param concentration sum of the squared shares of the groups of equal rows, 1/tokens to 1
 * @param demographics the group sizes behind these counts
 */
public record CensusSeries(
        CountSeries distinct,
        CountSeries blackHoles,
        CountSeries tokensInBlackHoles,
        CountSeries singletons,
        CountSeries largest,
        FigureSeries concentration,
        Demographics demographics) {
    /**
     * The effect of a step on the black holes, by the change of their number C and of the tokens in them P.
     *
     * @param place of the state after the step
     * @param kind follows from the signs of the two changes
     * @param blackHoles change of C
     * @param tokensInBlackHoles change of P
     */
    public record Transition(int place, Kind kind, int blackHoles, int tokensInBlackHoles) {
        /**
         * What happened to the black holes. A change of C, P or both has exactly one kind; if C and P change in
         * opposite directions, C decides.
         */
        public enum Kind {
            /** P fell and C did not rise: tokens left black holes and are singletons. */
            EVAPORATION,
            /** P rose and C did not fall: singletons joined old or new black holes. */
            CONDENSATION,
            /** C fell and P did not: black holes merged, and may have absorbed singletons. */
            COALESCENCE,
            /** C rose and P did not: black holes split, and may have lost tokens on the way. */
            FRAGMENTATION
        }
    }

    /** The first place, and every later place at which the groups of equal rows changed, in order. */
    public int[] changes() {
        return demographics.changes();
    }

    /** Mean number of tokens in a black hole, P / C; NaN where there is none. */
    public FigureSeries meanSize() {
        return concentration.map(place ->
                blackHoles.at(place) == 0 ? Double.NaN : (double) tokensInBlackHoles.at(place) / blackHoles.at(place));
    }

    /** Every step at which C or P changed, in order. */
    public List<Transition> transitions() {
        List<Transition> transitions = new ArrayList<>();
        int[] changes = changes();
        for (int i = 1; i < changes.length; i++) {
            int holes = blackHoles.at(changes[i]) - blackHoles.at(changes[i - 1]);
            int tokens = tokensInBlackHoles.at(changes[i]) - tokensInBlackHoles.at(changes[i - 1]);
            if (holes != 0 || tokens != 0) {
                transitions.add(new Transition(changes[i], kind(holes, tokens), holes, tokens));
            }
        }
        return transitions;
    }

    private static Transition.Kind kind(int holes, int tokens) {
        if (tokens < 0) {
            return holes > 0 ? Transition.Kind.FRAGMENTATION : Transition.Kind.EVAPORATION;
        }
        if (holes < 0) {
            return Transition.Kind.COALESCENCE;
        }
        return tokens > 0 ? Transition.Kind.CONDENSATION : Transition.Kind.FRAGMENTATION;
    }

    /** Group sizes at every recorded step: the rank curves. */
    public static final class Demographics {
        private final Places places;
        private final int[][] blackHoles; // [change][hole], largest first
        private final int[] singletons; // [change]

        Demographics(Places places, int[][] blackHoles, int[] singletons) {
            this.places = places;
            this.blackHoles = blackHoles;
            this.singletons = singletons;
        }

        private int[] changes() {
            return IntStream.range(0, places.kept()).map(places::place).toArray();
        }

        /** Tokens per distinct row at a place, largest first, singletons (1) included. */
        public int[] populations(int place) {
            int i = places.index(place);
            return IntStream.concat(
                            IntStream.of(blackHoles[i]),
                            IntStream.range(0, singletons[i]).map(alone -> 1))
                    .toArray();
        }

        /** The population of a rank (0 is the largest) at every place; 0 where there are fewer groups. */
        public CountSeries rank(int rank) {
            return new CountSeries(
                    places,
                    IntStream.range(0, blackHoles.length)
                            .map(i -> population(i, rank))
                            .toArray());
        }

        private int population(int i, int rank) {
            if (rank < blackHoles[i].length) {
                return blackHoles[i][rank];
            }
            return rank < blackHoles[i].length + singletons[i] ? 1 : 0;
        }
    }
}
