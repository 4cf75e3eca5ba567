package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

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
        int[] singletons = new int[groups.count()];
        int alone = 0;
        for (int group = 0; group < groups.count(); group++) {
            if (groups.population(group) == 1) {
                singletons[alone++] = tokens.id(groups.first(group));
            } else {
                int[] ids = groups.members(group);
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = tokens.id(ids[i]);
                }
                blackHoles.add(new BlackHole(Tokens.of(ids)));
            }
        }
        return new Census(blackHoles, Tokens.of(Arrays.copyOf(singletons, alone)));
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
        int tokens = 0;
        for (BlackHole hole : blackHoles) {
            tokens += hole.population();
        }
        return tokens;
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
        int[] populations = new int[distinct()];
        Arrays.fill(populations, 1);
        for (int i = 0; i < blackHoles.size(); i++) {
            populations[i] = blackHoles.get(i).population();
        }
        return populations;
    }

    /**
     * How concentrated the tokens are: the sum of the squared shares of all groups, between 1/tokens (all singletons)
     * and 1 (one black hole). NaN if no token was counted.
     */
    public double concentration() {
        double squares = singletons();
        for (BlackHole hole : blackHoles) {
            squares += (double) hole.population() * hole.population();
        }
        return squares / ((double) tokens() * tokens());
    }

    /** One token for each distinct row, in the order of {@link #populations}. */
    public int[] representatives() {
        int[] representatives = new int[distinct()];
        int holes = blackHoles.size();
        for (int i = 0; i < representatives.length; i++) {
            representatives[i] = i < holes ? blackHoles.get(i).representative() : singletonTokens.id(i - holes);
        }
        return representatives;
    }
}
