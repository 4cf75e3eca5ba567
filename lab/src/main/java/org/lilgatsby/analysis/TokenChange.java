package org.lilgatsby.analysis;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How far a token is from its start, W[t] - W[0], in double and in the unit of the matrix. Both norms are 0 for a token
 * that returned to its start or never moved.
 *
 * @param token the token
 * @param l2 L2 norm of the change
 * @param lInfinity L-infinity norm of the change
 */
public record TokenChange(int token, double l2, double lInfinity) {
    /**
     * The change of each of the given tokens, in their order.
     *
     * @param start the first state, W[0]
     * @param now a later state, of the shape and format of the first
     * @throws IllegalArgumentException if the two differ in shape or format, or a token is not a row of them
     */
    public static List<TokenChange> of(Matrix start, Matrix now, Tokens tokens) {
        if (start.rows() != now.rows() || start.columns() != now.columns() || start.format() != now.format()) {
            throw new IllegalArgumentException(
                    "a change needs two states of the same matrix, not %s [%d, %d] and %s [%d, %d]"
                            .formatted(
                                    start.format(),
                                    start.rows(),
                                    start.columns(),
                                    now.format(),
                                    now.rows(),
                                    now.columns()));
        }
        tokens.requireWithin(now.rows());
        return IntStream.of(tokens.toArray())
                .mapToObj(token -> new TokenChange(
                        token,
                        Metric.L2.distance(start, token, now, token),
                        Metric.L_INFINITY.distance(start, token, now, token)))
                .toList();
    }
}
