package org.lilgatsby.tokenizer;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a tokenizer that is trained here consists of, besides its model. */
public enum Recipe {
    /** GPT-2's: the bytes of UTF-8, all 256 of them in the vocabulary. */
    BYTE_LEVEL(new PreTokenizer.ByteLevel(false, true, true), new TokenDecoder.ByteLevel(true, true, true)),

    /** Characters; words and punctuation apart, white space left out, so that text does not come back whole. */
    WHITESPACE(new PreTokenizer.Whitespace(), null),

    /** Characters; spaces as U+2581, one in front of every text. */
    METASPACE(
            new PreTokenizer.Metaspace(Recipe.SPACE, PreTokenizer.Metaspace.Prepend.ALWAYS, true),
            new TokenDecoder.Metaspace(Recipe.SPACE, PreTokenizer.Metaspace.Prepend.ALWAYS, true));

    private static final char SPACE = '\u2581';

    private final PreTokenizer preTokenizer;
    private final TokenDecoder decoder;

    Recipe(PreTokenizer preTokenizer, TokenDecoder decoder) {
        this.preTokenizer = preTokenizer;
        this.decoder = decoder;
    }

    /**
     * The name in configurations and on the command line: {@code byte-level}, {@code whitespace}, {@code metaspace}.
     */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    PreTokenizer preTokenizer() {
        return preTokenizer;
    }

    TokenDecoder decoder() {
        return decoder;
    }

    /** Characters that the vocabulary has whether they occur or not. */
    String alphabet() {
        return this == BYTE_LEVEL
                ? IntStream.range(0, ByteAlphabet.BYTES)
                        .mapToObj(b -> String.valueOf(ByteAlphabet.of(b)))
                        .collect(Collectors.joining())
                : "";
    }
}
