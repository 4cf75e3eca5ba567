package org.lilgatsby.corpus;

/**
 * Which text is trained on.
 *
 * @param source a file, or one of the names of {@link CorpusLoader}; null for the built-in synthetic corpus
 * @param preparation what is made of a raw Project Gutenberg text (any other file is used as it is)
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
