package org.lilgatsby.tokenizer;

/**
 * The classes of characters by which texts are cut into pieces, as the regular expressions of Hugging Face's tokenizers
 * define them: {@code \s} is Unicode's White_Space, {@code \p{L}} the letters, {@code \p{N}} the numbers, {@code \w}
 * the characters of words (Unicode Technical Standard 18, Annex C).
 */
final class CharacterClass {
    static final int SPACE = 1;
    static final int LETTER = 2;
    static final int NUMBER = 4;
    static final int WORD = 8;

    private static final byte[] OF_CHARS = ofChars();

    private CharacterClass() {}

    private static byte[] ofChars() {
        byte[] classes = new byte[Character.MAX_VALUE + 1];
        for (int c = 0; c < classes.length; c++) {
            classes[c] = (byte) compute(c);
        }
        return classes;
    }

    /** The classes of a code point, a sum of the constants above. */
    static int of(int codePoint) {
        return codePoint < OF_CHARS.length ? OF_CHARS[codePoint] : compute(codePoint);
    }

    static boolean isSpace(int codePoint) {
        return (of(codePoint) & SPACE) != 0;
    }

    static boolean isWord(int codePoint) {
        return (of(codePoint) & WORD) != 0;
    }

    static boolean isNumber(int codePoint) {
        return (of(codePoint) & NUMBER) != 0;
    }

    private static int compute(int c) {
        int type = Character.getType(c);
        boolean letter = Character.isLetter(c);
        boolean number = type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
        boolean word = Character.isAlphabetic(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.CONNECTOR_PUNCTUATION
                || c == 0x200C
                || c == 0x200D;
        return (isWhiteSpace(c) ? SPACE : 0) | (letter ? LETTER : 0) | (number ? NUMBER : 0) | (word ? WORD : 0);
    }

    /** Java's own predicates leave out the no-break spaces. */
    private static boolean isWhiteSpace(int c) {
        return c >= '\t' && c <= '\r'
                || c == 0x85
                || Character.getType(c) == Character.SPACE_SEPARATOR
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }
}
