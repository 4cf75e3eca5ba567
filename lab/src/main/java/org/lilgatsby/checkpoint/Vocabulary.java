package org.lilgatsby.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.files.Text;
import org.lilgatsby.tokenizer.ByteAlphabet;

/** The tokens of {@code tokenizer.json} by their ids. Ids may have gaps, and a model may have rows beyond them. */
public final class Vocabulary {
    static final String FILE_NAME = "tokenizer.json";

    private final Map<Integer, String> tokens;
    private final Map<Integer, String> added;
    private final boolean byteLevel;

    /**
     * @param tokens the model's own, as the file writes them
     * @param added those of {@code added_tokens}: plain text, in place of the model's own under the same id
     * @param byteLevel whether the model's own are written in the {@link ByteAlphabet}
     */
    Vocabulary(Map<Integer, String> tokens, Map<Integer, String> added, boolean byteLevel) {
        this.tokens = Map.copyOf(tokens);
        this.added = Map.copyOf(added);
        this.byteLevel = byteLevel;
    }

    /** Whether any token has this id; a row of an id without one cannot be reached by any text. */
    public boolean contains(int id) {
        return added.containsKey(id) || tokens.containsKey(id);
    }

    /** The token of this id as the file writes it, which may hold anything. */
    public Optional<String> token(int id) {
        return Optional.ofNullable(added.getOrDefault(id, tokens.get(id)));
    }

    /**
     * The token of this id for people: byte-level tokens decoded, controls and parts of characters shown as their
     * numbers. It may hold HTML.
     */
    public Optional<String> display(int id) {
        if (byteLevel && !added.containsKey(id)) {
            return token(id).map(token -> ByteAlphabet.decode(token).orElseGet(() -> Text.escape(token)));
        }
        return token(id).map(Text::escape);
    }

    /** The ids that have a token, ascending. */
    public int[] ids() {
        return IntStream.concat(
                        tokens.keySet().stream().mapToInt(Integer::intValue),
                        added.keySet().stream().mapToInt(Integer::intValue))
                .sorted()
                .distinct()
                .toArray();
    }
}
