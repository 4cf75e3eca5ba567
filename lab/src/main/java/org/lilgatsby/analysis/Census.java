package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which tokens share a row. Rows are compared bit for bit: -0 and +0 differ, and a NaN equals a NaN with the same bits.
 * Every token is either in exactly one black hole or a singleton.
 *
 * @param blackHoles groups of two or more tokens with bit-identical rows: largest first; the smaller first token breaks
 *     ties
 * @param singletonTokens tokens whose row equals no other among those counted
 */
public record Census(List<BlackHole> blackHoles, Tokens singletonTokens) {
    private static final Comparator<BlackHole> LARGEST_FIRST =
            Comparator.comparingInt(BlackHole::population).reversed().thenComparingInt(BlackHole::representative);

    /** Sorts the black holes, largest first. */
    public Census {
        blackHoles = blackHoles.stream().sorted(LARGEST_FIRST).toList();
    }

    /**
     * Counts the given tokens of a matrix.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix
     */
    public static Census of(Matrix matrix, Tokens tokens) {
        return of(RowGroups.of(matrix, tokens), tokens);
    }

    /** Counts the tokens of these rows. */
    public static Census of(DistinctRows rows) {
        return of(rows.groups(), rows.tokens());
    }

    /** The census of groups of places in {@code tokens}. */
    static Census of(RowGroups groups, Tokens tokens) {
        List<BlackHole> blackHoles = new ArrayList<>();
        List<Integer> singletons = new ArrayList<>();
        for (int group = 0; group < groups.count(); group++) {
            int[] members = groups.members(group);
            if (members.length == 1) {
                singletons.add(tokens.id(members[0]));
            } else {
                int[] ids = IntStream.of(members).map(tokens::id).toArray();
                blackHoles.add(new BlackHole(Tokens.of(ids)));
            }
        }
        return new Census(blackHoles, Tokens.of(singletons));
    }

    /** Number of tokens counted. */
    public int tokens() {
        return tokensInBlackHoles() + singletons();
    }

    /** Number of distinct rows: black holes and singletons. */
    public int distinct() {
        return blackHoleCount() + singletons();
    }

    /** Number of black holes, C. */
    public int blackHoleCount() {
        return blackHoles.size();
    }

    /** Number of tokens in black holes, P. */
    public int tokensInBlackHoles() {
        return blackHoles.stream().mapToInt(BlackHole::population).sum();
    }

    /** Number of tokens whose row equals no other. */
    public int singletons() {
        return singletonTokens.size();
    }

    /** Tokens that share the most common row; 1 if all are singletons, 0 if no token was counted. */
    public int largest() {
        return blackHoles.isEmpty()
                ? Math.min(singletons(), 1)
                : blackHoles.getFirst().population();
    }

    /** The demographics: tokens per distinct row, largest first, singletons (1) included. */
    public int[] populations() {
        return IntStream.concat(
                        blackHoles.stream().mapToInt(BlackHole::population),
                        IntStream.range(0, singletons()).map(alone -> 1))
                .toArray();
    }

    /**
     * How concentrated the tokens are: the sum of the squared shares of all groups, between 1/tokens (all singletons)
     * and 1 (one black hole). NaN if no token was counted.
     */
    public double concentration() {
        double squares =
                IntStream.of(populations()).mapToDouble(p -> (double) p * p).sum();
        return squares / ((double) tokens() * tokens());
    }

    /** One token for each distinct row, in the order of {@link #populations}. */
    public int[] representatives() {
        return IntStream.concat(
                        blackHoles.stream().mapToInt(BlackHole::representative),
                        IntStream.of(singletonTokens.toArray()))
                .toArray();
    }
}
