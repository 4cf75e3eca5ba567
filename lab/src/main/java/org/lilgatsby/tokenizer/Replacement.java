package org.lilgatsby.tokenizer;

/**
 * One text in place of another, from left to right.
 *
 * @param pattern not empty
 */
record Replacement(String pattern, String content) {
    private static final int MOST_GROWTH = 16;
    private static final int FEW_CHARACTERS = 1 << 16;

    /** @throws IllegalArgumentException if the result is out of proportion: replacements may multiply each other */
    String in(String text) {
        long length = text.length();
        for (int i = text.indexOf(pattern); i >= 0; i = text.indexOf(pattern, i + pattern.length())) {
            length += content.length() - pattern.length();
        }
        requireProportion(text.length(), length);
        return text.replace(pattern, content);
    }

    static void requireProportion(long before, long after) {
        if (after > FEW_CHARACTERS + MOST_GROWTH * before) {
            throw new IllegalArgumentException(
                    ("the tokenizer's replacements produce %d characters from %d; at most %d times as many, "
                                    + "plus %d, are possible")
                            .formatted(after, before, MOST_GROWTH, FEW_CHARACTERS));
        }
    }
}
