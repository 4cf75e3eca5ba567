package org.lilgatsby.corpus;

import java.util.Locale;

/** What is done to a raw Project Gutenberg text before its bytes become token ids. */
public enum Preparation {
    /** Nothing: the bytes as they are. */
    NONE,
    /** The text between the START and END markers, stripped, characters outside ASCII dropped. */
    TRAINING_CORPUS,
    /** The text between the markers, paragraphs unwrapped to one line each, transliterated to ASCII. */
    GATSBY_CLEAN;

    /** The name in configurations: {@code none}, {@code training_corpus}, {@code gatsby_clean}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
