package org.lilgatsby.sweep;

import org.lilgatsby.corpus.CorpusConfig;

/** The SHA-256 of a prepared corpus, in hexadecimal; a sweep asks once for each that its points name. */
@FunctionalInterface
public interface CorpusHash {
    /**
     * @param vocabulary number of token ids
     * @throws org.lilgatsby.corpus.CorpusException if there is no such corpus
     */
    String sha256(CorpusConfig corpus, int vocabulary);
}
