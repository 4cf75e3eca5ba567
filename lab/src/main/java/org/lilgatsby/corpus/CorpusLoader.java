package org.lilgatsby.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.lilgatsby.corpus.Preparation.Prepared;

/**
 * Finds and prepares the corpus that a configuration names: {@value Corpus#SYNTHETIC} (or nothing) is the built-in one,
 * {@value #GATSBY} the fetched book in the cache, anything else a file. To name a file that is called like one of
 * these, write {@code ./gatsby}.
 *
 * <p>A file with the markers of Project Gutenberg is a raw text and gets the configured preparation; every other file
 * is used unchanged, byte for byte.
 *
 * @param cache where the fetched book is
 */
public record CorpusLoader(CorpusCache cache) implements Corpora {
    /** The name of the fetched book. */
    public static final String GATSBY = "gatsby";

    /** The largest file accepted, in bytes: what Java can hold in one array and still decode. */
    private static final long LARGEST_FILE = 1L << 30;

    @Override
    public Corpus load(CorpusConfig config, int vocabulary) {
        String source = config.source() == null ? Corpus.SYNTHETIC : config.source();
        if (source.equals(Corpus.SYNTHETIC)) {
            Prepared text = SyntheticBook.prepared(config.preparation());
            return Corpus.of(Corpus.SYNTHETIC, Corpus.SYNTHETIC, text, vocabulary, config.dropUnknown());
        }
        Path file = source.equals(GATSBY) ? fetchedBook() : path(source);
        byte[] bytes = read(file);
        if (config.preparation() == Preparation.NONE || !GutenbergText.isMarked(bytes)) {
            return Corpus.of(file.getFileName().toString(), file.toString(), bytes, vocabulary, config.dropUnknown());
        }
        String body = GutenbergText.body(bytes, config.dropUnknown(), file.toString());
        Prepared prepared = config.preparation().prepare(body);
        return Corpus.of(config.preparation().toString(), file.toString(), prepared, vocabulary, config.dropUnknown());
    }

    private Path fetchedBook() {
        Path file = cache.gatsby();
        if (Files.notExists(file)) {
            throw new CorpusException("the book has not been fetched (" + file
                    + " does not exist); run `corpus fetch`, or name a file of your own");
        }
        return file;
    }

    private static Path path(String source) {
        try {
            return Path.of(source);
        } catch (InvalidPathException e) {
            throw new CorpusException("corpus.source is not a valid path (" + e.getReason() + "); name a text file", e);
        }
    }

    private static byte[] read(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw new CorpusException(file + ": is a directory; name the text file in it");
            }
            if (!attributes.isRegularFile()) {
                throw new CorpusException(file + ": is not a regular file; save the text to one");
            }
            if (attributes.size() == 0) {
                throw new CorpusException(file + ": is empty; name a file with text");
            }
            if (attributes.size() > LARGEST_FILE) {
                throw new CorpusException("%s: has %d bytes; at most %d can be read; split it"
                        .formatted(file, attributes.size(), LARGEST_FILE));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CorpusException(
                    file + ": no such file; name a text file, `" + GATSBY
                            + "` for the fetched book, or no corpus for the synthetic one",
                    e);
        } catch (IOException e) {
            throw new CorpusException(
                    file + ": cannot be read (" + e.getClass().getSimpleName()
                            + "); check the path and its permissions",
                    e);
        }
    }
}
