package org.lilgatsby.sweep;

import org.lilgatsby.corpus.CorpusConfig;

/** The SHA-256 of a prepared corpus, in hexadecimal; a sweep asks once for each corpus that its points name. */
@FunctionalInterface
public interface CorpusHash {
    /**
     * @param vocabulary number of token ids
     * @throws org.lilgatsby.corpus.CorpusException if the corpus does not exist
     */
    String sha256(CorpusConfig corpus, int vocabulary);
}
