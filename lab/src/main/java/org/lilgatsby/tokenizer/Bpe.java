package org.lilgatsby.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.files.Text;

/**
 * Byte pair encoding (Sennrich, Haddow, Birch 2016): a piece's characters are symbols, and neighbours are joined, the
 * earliest merge first. Immutable.
 */
final class Bpe {
    private static final int NONE = -1;
    private static final int PAGE = 256;

    /**
     * What may differ between models.
     *
     * @param unknown the token of a character that has no id; null to leave such characters out
     * @param prefix what the vocabulary writes before a token that does not begin its piece; null for nothing
     * @param suffix what it writes after the last character of a piece; null for nothing
     * @param fuseUnknown whether neighbouring unknown characters are one token
     * @param byteFallback whether a character without an id becomes the tokens of its bytes, {@code <0x00>} to
     *     {@code <0xFF>}
     * @param ignoreMerges whether a piece that is a token as a whole is that token
     */
    record Options(
            String unknown,
            String prefix,
            String suffix,
            boolean fuseUnknown,
            boolean byteFallback,
            boolean ignoreMerges) {
        static final Options PLAIN = new Options(null, null, null, false, false, false);

        boolean hasAffixes() {
            return prefix != null && !prefix.isEmpty() || suffix != null && !suffix.isEmpty();
        }
    }

    /** Two tokens that are joined. */
    record Merge(String left, String right) {}

    private final Map<String, Integer> vocabulary;
    private final Map<Integer, String> tokens;
    private final List<Merge> merges;
    private final Options options;
    private final PairTable ranks;
    private final int[] joined;
    private final int[][] ofCharacter; // pages of PAGE code points, null where none has an id
    private final int[] ofByte = new int[ByteAlphabet.BYTES];
    private final int unknown;

    /**
     * @param vocabulary ids by token, in the order in which they are to be written
     * @throws IllegalArgumentException naming the merge or token at fault
     */
    Bpe(Map<String, Integer> vocabulary, List<Merge> merges, Options options) {
        this.vocabulary = vocabulary;
        this.merges = List.copyOf(merges);
        this.options = options;
        this.tokens = HashMap.newHashMap(vocabulary.size());
        this.ofCharacter = new int[Character.MAX_CODE_POINT / PAGE + 1][];
        vocabulary.forEach((token, id) -> {
            String other = tokens.putIfAbsent(id, token);
            if (other != null) {
                throw new IllegalArgumentException(
                        "tokens %s and %s have the same id, %d".formatted(Text.quote(other), Text.quote(token), id));
            }
            if (!token.isEmpty() && token.codePointCount(0, token.length()) == 1) {
                int c = token.codePointAt(0);
                if (ofCharacter[c / PAGE] == null) {
                    ofCharacter[c / PAGE] = new int[PAGE];
                    Arrays.fill(ofCharacter[c / PAGE], NONE);
                }
                ofCharacter[c / PAGE][c % PAGE] = id;
            }
        });
        for (int b = 0; b < ofByte.length; b++) {
            String token = "<0x" + HexFormat.of().withUpperCase().toHexDigits((byte) b) + ">";
            ofByte[b] = options.byteFallback() ? vocabulary.getOrDefault(token, NONE) : NONE;
        }
        this.unknown = options.unknown() == null ? NONE : vocabulary.getOrDefault(options.unknown(), NONE);
        if (options.unknown() != null && unknown == NONE) {
            throw new IllegalArgumentException(
                    "model.unk_token is %s, which is not in the vocabulary".formatted(Text.quote(options.unknown())));
        }
        this.joined = new int[merges.size()];
        this.ranks = ranks();
    }

    private PairTable ranks() {
        PairTable table = new PairTable(merges.size());
        String prefix = options.prefix() == null ? "" : options.prefix();
        for (int i = 0; i < joined.length; i++) {
            Merge merge = merges.get(i);
            boolean whole = !merge.left().isEmpty()
                    && merge.right().length() > prefix.length()
                    && merge.right().startsWith(prefix);
            if (!whole) {
                throw mergeFault(i, "joins an empty token");
            }
            String token = merge.left() + merge.right().substring(prefix.length());
            joined[i] = idOf(i, token);
            table.put(PairTable.pair(idOf(i, merge.left()), idOf(i, merge.right())), i);
        }
        return table;
    }

    private int idOf(int merge, String token) {
        Integer id = vocabulary.get(token);
        if (id == null) {
            throw mergeFault(merge, "needs %s, which is not in the vocabulary".formatted(Text.quote(token)));
        }
        return id;
    }

    private IllegalArgumentException mergeFault(int index, String problem) {
        Merge merge = merges.get(index);
        return new IllegalArgumentException("merge %d (%s, %s) %s"
                .formatted(index + 1, Text.quote(merge.left()), Text.quote(merge.right()), problem));
    }

    /** Adds the ids of text[from, to), one piece. */
    void encode(char[] text, int from, int to, Word word, Ids out) {
        if (options.ignoreMerges()) {
            Integer whole = vocabulary.get(new String(text, from, to - from));
            if (whole != null) {
                out.add(whole);
                return;
            }
        }
        word.clear();
        boolean pending = false; // an unknown token that is not added yet
        for (int i = from; i < to; ) {
            int c = Character.codePointAt(text, i, to);
            int end = i + Character.charCount(c);
            String written = options.hasAffixes() ? affixed(c, i == from, end == to) : null;
            int id = written == null ? idOf(c) : vocabulary.getOrDefault(written, NONE);
            i = end;
            if (id != NONE) {
                if (pending) {
                    word.add(unknown);
                    pending = false;
                }
                word.add(id);
            } else if (!addBytes(written == null ? Character.toString(c) : written, word) && unknown != NONE) {
                // Hugging Face's order: bytes that follow an unknown character come before its token.
                if (pending && !options.fuseUnknown()) {
                    word.add(unknown);
                }
                pending = true;
            }
        }
        if (pending) {
            word.add(unknown);
        }
        word.join(ranks, joined, out);
    }

    private String affixed(int c, boolean first, boolean last) {
        return (first || options.prefix() == null ? "" : options.prefix())
                + Character.toString(c)
                + (last && options.suffix() != null ? options.suffix() : "");
    }

    private int idOf(int c) {
        int[] page = ofCharacter[c / PAGE];
        return page == null ? NONE : page[c % PAGE];
    }

    private boolean addBytes(String written, Word word) {
        if (!options.byteFallback()) {
            return false;
        }
        byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            if (ofByte[b & 0xFF] == NONE) {
                return false;
            }
        }
        for (byte b : bytes) {
            word.add(ofByte[b & 0xFF]);
        }
        return true;
    }

    Optional<String> token(int id) {
        return Optional.ofNullable(tokens.get(id));
    }

    Map<String, Integer> vocabulary() {
        return vocabulary;
    }

    List<Merge> merges() {
        return merges;
    }

    Options options() {
        return options;
    }

    /** The tokens in the order of their ids. */
    List<String> inOrder() {
        List<Integer> ids = new ArrayList<>(tokens.keySet());
        ids.sort(null);
        return ids.stream().map(tokens::get).toList();
    }
}
