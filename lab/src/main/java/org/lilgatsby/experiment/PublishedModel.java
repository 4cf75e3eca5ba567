package org.lilgatsby.experiment;

import java.util.List;

/** What was published about the embedding matrix of one public model of 4 billion parameters, for orientation. */
public final class PublishedModel {
    /** Tokens. */
    public static final int ROWS = 151_936;

    /** Width. */
    public static final int COLUMNS = 2_560;

    /** Tokens of each black hole, largest first: 2,100 tokens in 13. */
    public static final List<Integer> POPULATIONS = List.of(814, 704, 306, 228, 11, 10, 6, 5, 4, 4, 3, 3, 2);

    private PublishedModel() {}
}
