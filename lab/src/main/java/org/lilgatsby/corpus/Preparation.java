package org.lilgatsby.corpus;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import net.gcardone.junidecode.Junidecode;

/** How the text of a book is prepared before its bytes become token ids. */
public enum Preparation {
    /** The file's bytes unchanged. */
    NONE,

    /** The text with its characters outside ASCII dropped, line breaks and all. */
    TRAINING_CORPUS,

    /**
     * One line per paragraph (paragraphs are separated by blank lines), its lines stripped and joined by single spaces,
     * transliterated to ASCII with Unidecode's tables.
     */
    GATSBY_CLEAN;

    /** The name in configurations, files and reports: {@code none}, {@code training_corpus}, {@code gatsby_clean}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A text ready for use.
     *
     * @param bytes one byte per token
     * @param leftOut number of characters that were left out, since they are outside ASCII
     */
    record Prepared(byte[] bytes, int leftOut) {}

    /**
     * The ASCII bytes of a book, and how many characters had none.
     *
     * @param text stripped, with line breaks {@code \n}, as {@link GutenbergText#body} gives it
     * @throws IllegalStateException for {@link #NONE}, which has nothing to do with a book's text
     */
    Prepared prepare(String text) {
        String prepared = switch (this) {
            case NONE -> throw new IllegalStateException("the preparation `none` takes a file as it is");
            case TRAINING_CORPUS -> text;
            case GATSBY_CLEAN -> Junidecode.unidecode(unwrapParagraphs(text));
        };
        return ascii(prepared);
    }

    private static String unwrapParagraphs(String text) {
        StringBuilder unwrapped = new StringBuilder(text.length());
        String separator = "";
        for (String line : (Iterable<String>) text.lines().map(String::strip)::iterator) {
            if (line.isEmpty()) {
                separator = "\n";
            } else {
                unwrapped.append(unwrapped.isEmpty() ? "" : separator).append(line);
                separator = " ";
            }
        }
        return unwrapped.toString();
    }

    private static Prepared ascii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        text.chars().filter(c -> c < 128).forEach(c -> ascii.append((char) c));
        long leftOut = text.codePoints().filter(c -> c >= 128).count();
        return new Prepared(ascii.toString().getBytes(StandardCharsets.US_ASCII), Math.toIntExact(leftOut));
    }
}
