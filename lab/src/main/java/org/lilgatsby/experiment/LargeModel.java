package org.lilgatsby.experiment;

import java.util.List;

/**
 * The published structure that the experiments try to explain: the embedding matrix of one public model of 4 billion
 * parameters. For orientation; none of it is computed here.
 */
public final class LargeModel {
    /** Tokens in each black hole, largest first. */
    public static final List<Integer> POPULATIONS = List.of(814, 704, 306, 228, 11, 10, 6, 5, 4, 4, 3, 3, 2);

    /** Rows of its embedding matrix. */
    public static final int VOCABULARY = 151_936;

    /** Components of each. */
    public static final int WIDTH = 2_560;

    /** Share of the pairs of its black holes that are adjacent at 2 epsilon. */
    public static final double DENSITY = 1;

    private LargeModel() {}

    /** Tokens in black holes. */
    public static int tokensInBlackHoles() {
        return POPULATIONS.stream().mapToInt(Integer::intValue).sum();
    }

    /** Sum of the squared shares of its black holes among the tokens in them. */
    public static double concentration() {
        double total = tokensInBlackHoles();
        return POPULATIONS.stream().mapToDouble(p -> p * p).sum() / (total * total);
    }
}
