package org.lilgatsby.corpus;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where fetched books are kept, and what was computed from texts.
 *
 * @param directory need not exist
 */
public record CorpusCache(Path directory) {
    /**
     * The user's cache: {@code $XDG_CACHE_HOME/lilgatsby}, or {@code ~/.cache/lilgatsby} where that variable is missing
     * or not an absolute path (XDG Base Directory Specification).
     *
     * @param environment the process's variables
     * @param home the user's home directory
     */
    public static CorpusCache of(Map<String, String> environment, Path home) {
        Path base = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        return new CorpusCache((base.isAbsolute() ? base : home.resolve(".cache")).resolve("lilgatsby"));
    }

    /** The file of the book that {@link CorpusFetch} downloads; need not exist. */
    public Path gatsby() {
        return directory.resolve("gatsby.txt");
    }

    /** Texts as token ids, tokenizers trained on them, and the counts of files of token ids; need not exist. */
    Path tokens() {
        return directory.resolve("tokens");
    }
}
