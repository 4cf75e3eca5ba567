package org.lilgatsby.analysis;

/**
 * Two or more tokens whose rows are equal bit for bit.
 *
 * @param tokens the tokens that share the row
 */
public record BlackHole(Tokens tokens) {
    /** @throws IllegalArgumentException for fewer than two tokens: a row equal to no other is a singleton */
    public BlackHole {
        if (tokens.size() < 2) {
            throw new IllegalArgumentException("a black hole holds at least two tokens, not " + tokens);
        }
    }

    /** Number of tokens in it. */
    public int population() {
        return tokens.size();
    }

    /** The token that stands for it: the one with the smallest id. */
    public int representative() {
        return tokens.id(0);
    }
}
