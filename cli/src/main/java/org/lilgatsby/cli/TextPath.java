package org.lilgatsby.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.settings.SettingException;

/** The text that a command line names. */
final class TextPath {
    private TextPath() {}

    /**
     * A text's name as configurations have it: a file by its absolute path, since a run may be continued from another
     * directory.
     *
     * @throws SettingException if it is blank or no path
     */
    static String absolute(String source) {
        if (source.isBlank()) {
            throw new SettingException(
                    "corpus.source", "corpus.source is blank; name a file, or leave it out for the synthetic corpus");
        }
        if (List.of(Corpus.SYNTHETIC, CorpusLoader.GATSBY, CorpusLoader.ZIPF).contains(source)) {
            return source;
        }
        return file(source);
    }

    /**
     * The absolute path of another file of a corpus.
     *
     * @throws SettingException if it is not a path
     */
    static String file(String path) {
        try {
            return Path.of(path).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            throw new SettingException(
                    "corpus.source", "corpus.source is not a valid path (" + e.getReason() + "); name a text file");
        }
    }
}
