package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The {@link Census} of a group of tokens at every recorded step. Each count is by place in the history;
 * {@link CountSeries#settledFrom} tells from where on it no longer changes.
 *
 * @param distinct distinct rows
 * @param blackHoles black holes, C
 * @param tokensInBlackHoles tokens in black holes, P
 * @param singletons tokens whose row equals no other of the group
 * @param largest tokens behind the most common row
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
     * What a step did to the black holes, told by the change of their number C and of the tokens in them P.
     *
     * @param place of the state after the step
     * @param kind what the signs of the two changes say
     * @param blackHoles change of C
     * @param tokensInBlackHoles change of P
     */
    public record Transition(int place, Kind kind, int blackHoles, int tokensInBlackHoles) {
        /** What happened to the black holes. */
        public enum Kind {
            /** P fell: tokens left black holes and are singletons. */
            EVAPORATION,
            /** P rose: singletons went into black holes. */
            CONDENSATION,
            /** C fell while P stayed: black holes merged. */
            COALESCENCE,
            /** C rose while P stayed: black holes split without losing a token. */
            FRAGMENTATION
        }
    }

    /** Every step at which C or P changed, in order. */
    public List<Transition> transitions() {
        List<Transition> transitions = new ArrayList<>();
        for (int place = 1; place < blackHoles.size(); place++) {
            int holes = blackHoles.at(place) - blackHoles.at(place - 1);
            int tokens = tokensInBlackHoles.at(place) - tokensInBlackHoles.at(place - 1);
            if (holes != 0 || tokens != 0) {
                transitions.add(new Transition(place, kind(holes, tokens), holes, tokens));
            }
        }
        return transitions;
    }

    private static Transition.Kind kind(int holes, int tokens) {
        if (tokens != 0) {
            return tokens < 0 ? Transition.Kind.EVAPORATION : Transition.Kind.CONDENSATION;
        }
        return holes < 0 ? Transition.Kind.COALESCENCE : Transition.Kind.FRAGMENTATION;
    }

    /** Group sizes at every recorded step: the rank curves. */
    public static final class Demographics {
        private final int[][] blackHoles;
        private final CountSeries singletons;

        Demographics(int[][] blackHoles, CountSeries singletons) {
            this.blackHoles = blackHoles;
            this.singletons = singletons;
        }

        /** Tokens behind each distinct row at a place, largest first, singletons (1) included. */
        public int[] populations(int place) {
            return IntStream.concat(
                            IntStream.of(blackHoles[place]),
                            IntStream.range(0, singletons.at(place)).map(alone -> 1))
                    .toArray();
        }

        /** The population of a rank (0 is the largest) at every place; 0 where there are fewer groups. */
        public CountSeries rank(int rank) {
            return new CountSeries(IntStream.range(0, blackHoles.length)
                    .map(place -> populationAt(place, rank))
                    .toArray());
        }

        private int populationAt(int place, int rank) {
            if (rank < blackHoles[place].length) {
                return blackHoles[place][rank];
            }
            return rank < blackHoles[place].length + singletons.at(place) ? 1 : 0;
        }
    }
}
