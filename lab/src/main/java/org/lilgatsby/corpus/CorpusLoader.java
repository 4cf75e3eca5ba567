package org.lilgatsby.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lilgatsby.corpus.Preparation.Prepared;
import org.lilgatsby.tokenfile.ElementType;
import org.lilgatsby.tokenfile.TokenFile;
import org.lilgatsby.tokenfile.TokenFileException;
import org.lilgatsby.tokenfile.TokenShards;
import org.lilgatsby.tokenizer.TokenTexts;
import org.lilgatsby.tokenizer.TokenizerException;

/**
 * Finds and prepares the corpus that a configuration names: {@value Corpus#SYNTHETIC} (or nothing) is the built-in one,
 * {@value #GATSBY} the fetched book in the cache, {@value #ZIPF} made-up ids, anything else a file. To name a file that
 * is called like one of these, write {@code ./gatsby}.
 *
 * <p>A file with the markers of Project Gutenberg is a raw text and gets the configured preparation; every other file
 * is used unchanged, byte for byte.
 *
 * @param cache where the fetched book is, and what was computed from texts
 * @param progress is told of the long parts
 */
public record CorpusLoader(CorpusCache cache, LoadProgress progress) implements Corpora {
    /** The name of the fetched book. */
    public static final String GATSBY = "gatsby";

    /** The name of made-up ids, as many as the tokenizer would have that is to be trained. */
    public static final String ZIPF = "zipf";

    /** The largest file accepted, in bytes: what Java can hold in one array and still decode. */
    private static final long LARGEST_FILE = 1L << 30;

    /** Where a raw text that a tokenizer is to encode has its first marker. */
    private static final int HEAD = 1 << 20;

    /** Tells nobody of the long parts. */
    public CorpusLoader(CorpusCache cache) {
        this(cache, LoadProgress.NONE);
    }

    @Override
    public Corpus load(CorpusConfig config, int vocabulary) {
        try {
            Corpus corpus = switch (config.tokens()) {
                case TokenSource.Bytes _ -> loadBytes(config, vocabulary);
                case TokenSource.Encoded how -> loadEncoded(config, how, vocabulary);
                case TokenSource.Files given -> loadFiles(given, vocabulary);
            };
            return config.dead().ids() == null ? corpus : corpus.withDead(dead(config.dead(), vocabulary));
        } catch (NoSuchFileException e) {
            throw new CorpusException(e.getFile() + ": no such file; check the paths of the corpus", e);
        } catch (TokenizerException | TokenFileException e) {
            throw new CorpusException(e.getMessage(), e);
        } catch (IOException e) {
            throw new CorpusException("the corpus cannot be read: " + e.getMessage(), e);
        }
    }

    private Corpus loadBytes(CorpusConfig config, int vocabulary) {
        String source = sourceOf(config);
        if (source.equals(ZIPF)) {
            throw new CorpusException("corpus.source is " + ZIPF + ", whose ids are not bytes; set their number "
                    + "with corpus.train.vocabulary");
        }
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

    private static String sourceOf(CorpusConfig config) {
        return config.source() == null ? Corpus.SYNTHETIC : config.source();
    }

    private Corpus loadFiles(TokenSource.Files given, int vocabulary) throws IOException {
        TokenLoader.Loaded loaded = tokens().load(given);
        requireInside(loaded.ids(), vocabulary);
        String name = loaded.ids().files().getFirst().path().getFileName().toString();
        int others = loaded.ids().files().size() - 1;
        return Corpus.of(
                others == 0 ? name : "%s and %d more".formatted(name, others),
                String.join(", ", given.files()),
                loaded.ids(),
                0,
                loaded.texts(),
                vocabulary);
    }

    private Corpus loadEncoded(CorpusConfig config, TokenSource.Encoded how, int vocabulary) throws IOException {
        String source = sourceOf(config);
        if (source.equals(ZIPF)) {
            return madeUp(how, vocabulary);
        }
        List<Path> temporary = new ArrayList<>();
        try {
            TokenLoader.Documents text = source.equals(Corpus.SYNTHETIC)
                    ? prepared(source, source, SyntheticBook.prepared(config.preparation()), temporary)
                    : documents(source, config.preparation(), temporary);
            TokenLoader.Loaded loaded = tokens().load(how, text);
            requireInside(loaded.ids(), vocabulary);
            return Corpus.of(text.name(), text.source(), loaded.ids(), text.leftOut(), loaded.texts(), vocabulary);
        } finally {
            for (Path file : temporary) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Corpus madeUp(TokenSource.Encoded how, int vocabulary) throws IOException {
        if (!(how.tokenizer() instanceof TokenSource.TokenizerChoice.Trained trained)
                || how.endToken() != null
                || how.renumber() != null) {
            throw new CorpusException("corpus.source is " + ZIPF + ", which makes up as many ids as "
                    + "corpus.train.vocabulary says; set only that, and no other tokenizer, corpus.end_token or "
                    + "corpus.renumber");
        }
        FileTokens ids = tokens().madeUp(trained.options().vocabulary());
        requireInside(ids, vocabulary);
        return Corpus.of(ZIPF, Corpus.SYNTHETIC, ids, 0, new TokenTexts.Unnamed(), vocabulary);
    }

    /** The text as it is, in however many files, or a raw text prepared. */
    private TokenLoader.Documents documents(String source, Preparation preparation, List<Path> temporary)
            throws IOException {
        List<Path> files = source.equals(GATSBY) ? List.of(fetchedBook()) : TokenShards.find(source, "*.txt");
        Path first = files.getFirst();
        if (files.size() == 1 && preparation != Preparation.NONE && GutenbergText.isMarked(head(first))) {
            String body = GutenbergText.body(read(first), false, first.toString());
            return prepared(preparation.toString(), first.toString(), preparation.prepare(body), temporary);
        }
        String name = first.getFileName().toString();
        return new TokenLoader.Documents(
                files.size() == 1 ? name : "%s and %d more".formatted(name, files.size() - 1),
                files.size() == 1 ? first.toString() : source,
                0,
                files);
    }

    private TokenLoader.Documents prepared(String name, String source, Prepared text, List<Path> temporary)
            throws IOException {
        Path file = new TokenCache(cache.tokens()).temporary(text.bytes());
        temporary.add(file);
        return new TokenLoader.Documents(name, source, text.leftOut(), List.of(file));
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    private TokenLoader tokens() {
        return new TokenLoader(new TokenCache(cache.tokens()), progress);
    }

    /** @throws TokenFileException for the first id outside the vocabulary, with its place */
    private void requireInside(FileTokens ids, int vocabulary) throws IOException {
        if (ids.census().counts().length > vocabulary) {
            tokens().count(ids, vocabulary);
        }
    }

    /** The ids that a configuration calls dead: written out, or as a mask or a list in a file. */
    private static int[] dead(DeadConfig config, int vocabulary) throws IOException {
        if (config.file().isEmpty()) {
            return config.listed(vocabulary);
        }
        Path path = path(config.file().get());
        try (TokenFile file = TokenFile.open(path, TokenFile.Reading.BY_NAME)) {
            boolean truths = file.type() == ElementType.BOOL;
            if (truths ? file.length() != vocabulary : file.length() > vocabulary) {
                throw new CorpusException("%s: has %d numbers, but the vocabulary has %d ids; corpus.dead takes a mask"
                                .formatted(path, file.length(), vocabulary)
                        + " with a 0 or 1 for each id, or a list of ids");
            }
            int[] numbers = new int[(int) file.length()];
            file.copy(0, numbers, 0, numbers.length);
            boolean mask = truths
                    || numbers.length == vocabulary && IntStream.of(numbers).allMatch(number -> number <= 1);
            boolean[] dead = new boolean[vocabulary];
            for (int i = 0; i < numbers.length; i++) {
                if (!mask && numbers[i] >= vocabulary) {
                    throw new CorpusException("%s: id %d is outside the vocabulary of %d ids"
                            .formatted(file.place(i), numbers[i], vocabulary));
                }
                dead[mask ? i : numbers[i]] |= !mask || numbers[i] == 1;
            }
            return Ids.where(dead);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
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
