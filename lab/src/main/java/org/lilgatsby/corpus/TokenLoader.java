package org.lilgatsby.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.lilgatsby.corpus.TokenSource.Encoded;
import org.lilgatsby.corpus.TokenSource.TokenizerChoice;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.files.Text;
import org.lilgatsby.tokenfile.TokenCensus;
import org.lilgatsby.tokenfile.TokenFile;
import org.lilgatsby.tokenfile.TokenFileWriter;
import org.lilgatsby.tokenfile.TokenFormat;
import org.lilgatsby.tokenfile.TokenSequence;
import org.lilgatsby.tokenfile.TokenShards;
import org.lilgatsby.tokenizer.BpeTrainer;
import org.lilgatsby.tokenizer.FileEncoder;
import org.lilgatsby.tokenizer.Renumbering;
import org.lilgatsby.tokenizer.TokenTexts;
import org.lilgatsby.tokenizer.Tokenizer;
import org.lilgatsby.tokenizer.WordCounts;

/** Loads corpora whose ids are not bytes. */
final class TokenLoader {
    /** Version of how texts become ids; raised when the same text and tokenizer give others. */
    private static final int ENCODING = 1;

    /** Made-up ids of a corpus: what a text of some megabytes has. */
    private static final long MADE_UP = 1L << 20;

    private final TokenCache cache;
    private final LoadProgress progress;
    private final int threads = Runtime.getRuntime().availableProcessors();

    TokenLoader(TokenCache cache, LoadProgress progress) {
        this.cache = cache;
        this.progress = progress;
    }

    /** A text that is to be encoded. */
    record Documents(String name, String source, int leftOut, List<Path> files) {}

    /** Ids, and what they stand for. */
    record Loaded(FileTokens ids, TokenTexts texts) {}

    /** Ids in files. */
    Loaded load(TokenSource.Files given) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (String files : given.files()) {
            paths.addAll(TokenShards.find(files));
        }
        Optional<Renumbering> renumbering = renumbering(given.renumber());
        TokenFile.Reading reading =
                new TokenFile.Reading(Optional.ofNullable(given.format()), Optional.ofNullable(given.tensor()));
        TokenTexts texts = given.tokenizer() == null
                ? new TokenTexts.Unnamed()
                : new TokenTexts.Named(Tokenizer.find(Path.of(given.tokenizer())), renumbering);
        return new Loaded(open(paths, false, reading, renumbering), texts);
    }

    /** A text, encoded now or earlier. */
    Loaded load(Encoded how, Documents text) throws IOException {
        List<String> hashes = new ArrayList<>();
        for (Path file : text.files()) {
            hashes.add(Sha256.of(file));
        }
        Tokenizer tokenizer = switch (how.tokenizer()) {
            case TokenizerChoice.Named(String path) -> Tokenizer.find(Path.of(path));
            case TokenizerChoice.Trained trained -> trained(trained, text.files(), hashes);
        };
        Optional<Renumbering> renumbering = renumbering(how.renumber());
        OptionalInt end = how.endToken() == null ? OptionalInt.empty() : OptionalInt.of(id(tokenizer, how.endToken()));
        String key = TokenCache.key(
                ENCODING,
                hashes,
                Sha256.of(tokenizer.json().getBytes(StandardCharsets.UTF_8)),
                renumbering.map(Renumbering::json).orElse(""),
                end);
        FileTokens ids = cache.read(
                key + ".npy",
                own -> encode(text.files(), tokenizer, renumbering, end, own),
                file -> open(List.of(file), true, TokenFile.Reading.BY_NAME, Optional.empty()));
        return new Loaded(ids, new TokenTexts.Named(tokenizer, renumbering));
    }

    /** Made-up ids, all below a number. */
    FileTokens madeUp(int live) throws IOException {
        ZipfTokens made = new ZipfTokens(live, Math.max(live, MADE_UP));
        TokenCache.Content making = own -> {
            try (TokenFileWriter writer = TokenFileWriter.create(own, TokenFormat.NPY, live)) {
                int[] some = new int[1 << 16];
                for (long at = 0; at < made.length(); at += some.length) {
                    int n = (int) Math.min(some.length, made.length() - at);
                    made.copy(at, some, 0, n);
                    writer.write(some, 0, n);
                }
                writer.finish();
            }
        };
        return cache.read(
                "zipf-%d-%d-%d.npy".formatted(ZipfTokens.VERSION, live, made.length()),
                making,
                file -> open(List.of(file), true, TokenFile.Reading.BY_NAME, Optional.empty()));
    }

    private Tokenizer trained(TokenizerChoice.Trained how, List<Path> files, List<String> hashes) throws IOException {
        String key = TokenCache.key(ENCODING, hashes, how.recipe(), how.options());
        TokenCache.Content training = own -> {
            WordCounts counts = new WordCounts(how.recipe());
            for (Path text : files) {
                try (LoadProgress.Work work = progress.begin("Reading", "bytes", Files.size(text))) {
                    counts.addLines(text, work::at);
                }
            }
            try (LoadProgress.Work work =
                    progress.begin("Training", "ids", how.options().vocabulary())) {
                Tokenizer tokenizer = BpeTrainer.train(counts, how.options(), work::at);
                DurableFiles.write(own, tokenizer.json().getBytes(StandardCharsets.UTF_8));
            }
        };
        return cache.read(key + ".json", training, Tokenizer::read);
    }

    private void encode(
            List<Path> files, Tokenizer tokenizer, Optional<Renumbering> renumbering, OptionalInt end, Path out)
            throws IOException {
        int vocabulary = renumbering.map(Renumbering::vocabulary).orElse(tokenizer.size());
        FileEncoder encoder = new FileEncoder(tokenizer, threads);
        try (TokenFileWriter writer = TokenFileWriter.create(out, TokenFormat.NPY, vocabulary)) {
            FileEncoder.Sink sink = ids -> {
                if (renumbering.isPresent()) {
                    renumbering.get().apply(ids, 0, ids.length);
                }
                writer.write(ids, 0, ids.length);
            };
            for (Path text : files) {
                try (LoadProgress.Work work = progress.begin("Tokenizing", "bytes", Files.size(text))) {
                    encoder.encode(text, sink, work::at);
                }
                if (end.isPresent()) {
                    sink.accept(new int[] {end.getAsInt()});
                }
            }
            if (writer.count() == 0) {
                throw new CorpusException(files.getFirst() + ": its text has no token; name another text or tokenizer");
            }
            writer.finish();
        }
    }

    private FileTokens open(
            List<Path> paths, boolean ours, TokenFile.Reading reading, Optional<Renumbering> renumbering)
            throws IOException {
        String how = reading + renumbering.map(Renumbering::json).orElse("");
        return FileTokens.open(paths, reading, renumbering, ids -> cache.census(paths, ours, how, ids, this::count));
    }

    private TokenCensus count(TokenSequence ids) throws IOException {
        return count(ids, TokenCensus.MOST_IDS).trimmed();
    }

    /** @throws org.lilgatsby.tokenfile.TokenFileException for the first id outside the vocabulary, with its place */
    TokenCensus count(TokenSequence ids, int vocabulary) throws IOException {
        try (LoadProgress.Work work = progress.begin("Counting", "ids", ids.length())) {
            return TokenCensus.of(ids, vocabulary, threads, work::at);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<Renumbering> renumbering(String path) throws IOException {
        return path == null ? Optional.empty() : Optional.of(Renumbering.read(Path.of(path)));
    }

    private static int id(Tokenizer tokenizer, String token) {
        return tokenizer
                .id(token)
                .orElseThrow(() -> new CorpusException(
                        "corpus.end_token is %s, which is not a token of the tokenizer".formatted(Text.quote(token))));
    }
}
