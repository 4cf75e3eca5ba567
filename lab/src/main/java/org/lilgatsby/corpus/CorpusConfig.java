package org.lilgatsby.corpus;

/**
 * The text to train on.
 *
 * @param source a file, or one of the names of {@link CorpusLoader}; null for the built-in synthetic corpus
 * @param preparation how a raw Project Gutenberg text is prepared (any other file is used unchanged)
 * @param dropUnknown whether bytes outside the vocabulary are dropped; otherwise they are errors
 */
public record CorpusConfig(String source, Preparation preparation, boolean dropUnknown) {
    /** @throws IllegalArgumentException if the source is blank or the preparation is missing */
    public CorpusConfig {
        if (source != null && source.isBlank()) {
            throw new IllegalArgumentException("corpus.source is blank; name a file, or null for the synthetic corpus");
        }
        if (preparation == null) {
            throw new IllegalArgumentException("corpus.preparation is missing");
        }
    }
}
