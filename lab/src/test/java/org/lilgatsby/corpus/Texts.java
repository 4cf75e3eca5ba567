package org.lilgatsby.corpus;

import java.nio.charset.StandardCharsets;

/** Small texts for tests. */
final class Texts {
    static final String START = "*** START OF THE PROJECT GUTENBERG EBOOK 1 ***\n";
    static final String END = "\n*** END OF THE PROJECT GUTENBERG EBOOK 1 ***\n";

    private Texts() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** A raw text of Project Gutenberg with a licence around the book. */
    static String gutenberg(String book) {
        return "The Project Gutenberg eBook\n\n" + START + book + END + "License\n";
    }
}
