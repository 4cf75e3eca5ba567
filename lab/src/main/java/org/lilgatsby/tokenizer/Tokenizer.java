package org.lilgatsby.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lilgatsby.files.Text;

/**
 * Text to token ids and back, by a BPE model with what comes before and after it, exactly as Hugging Face's
 * {@code tokenizers} (0.23) does with {@code encode(text, add_special_tokens=False)} and {@code decode(ids,
 * skip_special_tokens=False)}. Immutable; may be used by several threads.
 */
public final class Tokenizer {
    private final Parts parts;
    private final Map<Integer, AddedToken> addedById = new HashMap<>();
    private final Map<Integer, String> addedForDecoding = new HashMap<>();
    private final AddedTokens inText;
    private final AddedTokens inNormalized;
    private final int size;

    /**
     * What a tokenizer is made of.
     *
     * @param added in the order of the file
     * @param normalizer null for none
     * @param preTokenizer null for none: the text is one piece
     * @param postProcessor as the file has it, not applied
     * @param decoder null for none: tokens are joined with spaces
     */
    record Parts(
            List<AddedToken> added,
            TextNormalizer normalizer,
            PreTokenizer preTokenizer,
            Object postProcessor,
            TokenDecoder decoder,
            Bpe model) {}

    /** Takes what a text consists of. */
    interface Pieces extends PieceSink {
        void token(int id);
    }

    /** @throws IllegalArgumentException naming the added token at fault */
    Tokenizer(Parts parts) {
        this.parts = parts;
        Map<String, Integer> idOf = new HashMap<>();
        int next = parts.model().vocabulary().size();
        List<AddedToken> inText = new ArrayList<>();
        List<AddedToken> inNormalized = new ArrayList<>();
        List<String> normalizedPatterns = new ArrayList<>();
        for (AddedToken token : parts.added()) {
            Integer known = idOf.getOrDefault(
                    token.content(), parts.model().vocabulary().get(token.content()));
            int expected = known == null ? next++ : known;
            if (expected != token.id()) {
                throw new IllegalArgumentException(
                        "added token %s has id %d, but Hugging Face's tokenizers would give it %d: %s; correct its id"
                                .formatted(
                                        Text.quote(token.content()),
                                        token.id(),
                                        expected,
                                        known == null ? "the next free one" : "the one that it already has"));
            }
            if (idOf.put(token.content(), token.id()) != null) {
                throw new IllegalArgumentException(
                        "two added tokens are " + Text.quote(token.content()) + "; take one of them out");
            }
            addedById.put(token.id(), token);
            String pattern = token.content();
            if (token.normalized() && parts.normalizer() != null) {
                pattern = parts.normalizer().normalize(pattern);
            }
            addedForDecoding.put(token.id(), pattern);
            if (token.normalized()) {
                inNormalized.add(token);
                normalizedPatterns.add(pattern);
            } else {
                inText.add(token);
            }
        }
        this.inText = inText.isEmpty()
                ? null
                : new AddedTokens(
                        inText, inText.stream().map(AddedToken::content).toList());
        this.inNormalized = inNormalized.isEmpty() ? null : new AddedTokens(inNormalized, normalizedPatterns);
        this.size = 1
                + IntStream.concat(
                                parts.model().vocabulary().values().stream().mapToInt(Integer::intValue),
                                addedById.keySet().stream().mapToInt(Integer::intValue))
                        .max()
                        .orElse(-1);
    }

    /**
     * Reads {@code tokenizer.json}.
     *
     * @throws TokenizerException if the file is invalid, or needs something that is not supported
     */
    public static Tokenizer read(Path file) throws IOException {
        return TokenizerJson.read(file);
    }

    /**
     * Reads the tokenizer of a path: {@code tokenizer.json}, or of a directory that file, or else {@code vocab.json}
     * and {@code merges.txt}.
     *
     * @throws TokenizerException if a file is invalid, or needs something that is not supported
     */
    public static Tokenizer find(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return read(path);
        }
        Path whole = path.resolve("tokenizer.json");
        return Files.exists(whole) ? read(whole) : read(path.resolve("vocab.json"), path.resolve("merges.txt"));
    }

    /**
     * Reads the text of a {@code tokenizer.json}.
     *
     * @param name what messages call it
     * @throws TokenizerException as {@link #read(Path)}
     */
    static Tokenizer parse(String json, Path name) throws IOException {
        return TokenizerJson.parse(json, name);
    }

    /**
     * Reads {@code vocab.json} and {@code merges.txt} as GPT-2's: byte-level, and {@code <|endoftext|>} special if the
     * vocabulary has it.
     *
     * @throws TokenizerException if either file is invalid
     */
    public static Tokenizer read(Path vocabulary, Path merges) throws IOException {
        return VocabularyAndMerges.read(vocabulary, merges);
    }

    /** Encodes texts one after the other; faster than {@link #encode} where there are several. */
    public Encoder encoder() {
        return new Encoder(this);
    }

    /**
     * The ids of a text.
     *
     * @throws IllegalArgumentException if a surrogate has no partner
     */
    public int[] encode(String text) {
        return encoder().encode(text);
    }

    /** The text of ids; ids without a token are left out. */
    public String decode(int[] ids) {
        List<String> tokens = new ArrayList<>(ids.length);
        for (int id : ids) {
            String added = addedForDecoding.get(id);
            if (added != null) {
                tokens.add(added);
            } else {
                parts.model().token(id).ifPresent(tokens::add);
            }
        }
        if (parts.decoder() == null) {
            return String.join(" ", tokens);
        }
        return tokens.isEmpty() ? "" : String.join("", parts.decoder().decode(tokens));
    }

    /** One more than the largest id. */
    public int size() {
        return size;
    }

    /** The tokens that are found in the text as it stands. */
    public Collection<AddedToken> added() {
        return parts.added();
    }

    /** The token of an id as its file writes it, which may hold anything. */
    public Optional<String> token(int id) {
        AddedToken added = addedById.get(id);
        return added == null ? parts.model().token(id) : Optional.of(added.content());
    }

    /** The id of a token as its file writes it. */
    public OptionalInt id(String token) {
        for (AddedToken added : parts.added()) {
            if (added.content().equals(token)) {
                return OptionalInt.of(added.id());
            }
        }
        Integer id = parts.model().vocabulary().get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /**
     * The token of an id for people: of byte-level tokens the text that they stand for; controls and parts of
     * characters shown as their numbers. It may hold HTML.
     */
    public Optional<String> display(int id) {
        boolean byteLevel = isByteLevel(parts.preTokenizer()) && !addedById.containsKey(id);
        return token(id)
                .map(token -> byteLevel
                        ? ByteAlphabet.decode(token).orElseGet(() -> Text.escape(token))
                        : Text.escape(token));
    }

    private static boolean isByteLevel(PreTokenizer preTokenizer) {
        return preTokenizer instanceof PreTokenizer.ByteLevel
                || preTokenizer instanceof PreTokenizer.Stages(List<PreTokenizer> stages)
                        && stages.stream().anyMatch(Tokenizer::isByteLevel);
    }

    /** {@code tokenizer.json}, which Hugging Face's {@code tokenizers} and {@code AutoTokenizer} load. */
    public String json() {
        return TokenizerWriter.json(parts);
    }

    Bpe model() {
        return parts.model();
    }

    /** Passes the pieces and added tokens of text[from, to) on, in order. */
    void pieces(char[] text, int from, int to, boolean first, Pieces sink) {
        split(inText, text, from, to, first, sink, (t, f, e, begins) -> {
            if (parts.normalizer() == null) {
                split(inNormalized, t, f, e, begins, sink, (a, b, c, d) -> preTokenize(a, b, c, d, sink));
            } else {
                char[] normalized =
                        parts.normalizer().normalize(new String(t, f, e - f)).toCharArray();
                split(
                        inNormalized,
                        normalized,
                        0,
                        normalized.length,
                        begins,
                        sink,
                        (a, b, c, d) -> preTokenize(a, b, c, d, sink));
            }
        });
    }

    private static void split(
            AddedTokens tokens, char[] text, int from, int to, boolean first, Pieces sink, PieceSink rest) {
        if (tokens == null) {
            if (from < to) {
                rest.piece(text, from, to, first);
            }
            return;
        }
        tokens.split(text, from, to, new AddedTokens.Parts() {
            @Override
            public void text(int start, int end) {
                rest.piece(text, start, end, first && start == from);
            }

            @Override
            public void token(int id) {
                sink.token(id);
            }
        });
    }

    private void preTokenize(char[] text, int from, int to, boolean first, PieceSink sink) {
        if (parts.preTokenizer() == null) {
            sink.piece(text, from, to, first);
        } else {
            parts.preTokenizer().split(text, from, to, first, sink);
        }
    }

    /**
     * Where a text may be cut in two so that the ids of both parts, one after the other, are those of the whole; the
     * second part does not begin the text.
     */
    TextCut cut() {
        boolean certain = parts.preTokenizer() != null
                && (parts.normalizer() == null || parts.normalizer().isOfParts())
                && parts.added().stream().noneMatch(this::mayLieAcrossCuts);
        return certain ? parts.preTokenizer()::lastCut : TextCut.NOWHERE;
    }

    private boolean mayLieAcrossCuts(AddedToken token) {
        return token.stripLeft()
                || token.stripRight()
                || token.content()
                        .chars()
                        .anyMatch(c -> parts.preTokenizer().aroundCuts().indexOf(c) >= 0);
    }
}
