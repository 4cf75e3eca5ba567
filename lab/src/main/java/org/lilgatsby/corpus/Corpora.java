package org.lilgatsby.corpus;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A source of prepared texts. */
@FunctionalInterface
public interface Corpora {
    /**
     * @param vocabulary number of token ids; bytes of that value or more are unknown
     * @throws CorpusException if there is no such corpus, it is empty, or a byte is unknown (unless dropped)
     */
    Corpus load(CorpusConfig config, int vocabulary);

    /** The same source; each text is loaded once and kept. For several threads. */
    default Corpora keeping() {
        Map<List<Object>, Corpus> loaded = new ConcurrentHashMap<>();
        return (config, vocabulary) ->
                loaded.computeIfAbsent(List.of(config.text(), vocabulary), _ -> load(config.text(), vocabulary));
    }
}
