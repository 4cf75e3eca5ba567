package org.lilgatsby.corpus;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.lilgatsby.corpus.Preparation.Prepared;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.tokenfile.TokenSequence;
import org.lilgatsby.tokenizer.TokenTexts;

/**
 * What a run trains on: token ids in order, however many. Immutable; serializable for other processes of the same
 * program, with its ids where they are bytes of a text, and with their files' paths and hash where they lie in files.
 */
public final class Corpus implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The source of the built-in corpus, and its name. */
    public static final String SYNTHETIC = "synthetic";

    private final String name;
    private final String source;
    private final TokenSequence ids; // serializable
    private final int leftOut;
    private final String sha256;
    private final CorpusCensus census;
    private final TokenTexts texts;
    private final int[] dead; // ascending

    /**
     * @param name short, for reports
     * @param source where the text came from: {@link #SYNTHETIC} or a file
     * @param text ready for use; copied
     * @param vocabulary number of token ids
     * @param dropUnknown whether bytes of value {@code vocabulary} or more are left out
     * @throws CorpusException for the first byte outside the vocabulary unless such bytes are dropped, and if nothing
     *     is left
     */
    static Corpus of(String name, String source, Prepared text, int vocabulary, boolean dropUnknown) {
        byte[] bytes = text.bytes();
        String shown = source.endsWith(name) ? source : source + " as " + name;
        byte[] tokens = new byte[bytes.length];
        int length = 0;
        for (int offset = 0; offset < bytes.length; offset++) {
            int id = bytes[offset] & 0xFF;
            if (id < vocabulary) {
                tokens[length++] = bytes[offset];
            } else if (!dropUnknown) {
                throw new CorpusException(("%s: byte 0x%02X at offset %d, line %d is outside the vocabulary of %d ids;"
                                + " take it out, set corpus.drop_unknown to leave such bytes out,"
                                + " or model.vocabulary to 256")
                        .formatted(shown, id, offset, Lines.at(bytes, offset), vocabulary));
            }
        }
        if (length == 0) {
            throw new CorpusException(
                    shown + ": has no byte in the vocabulary of " + vocabulary + " ids; name a file with text");
        }
        byte[] kept = Arrays.copyOf(tokens, length);
        return new Corpus(
                name,
                source,
                new ByteTokens(kept),
                text.leftOut() + bytes.length - length,
                Sha256.of(kept),
                CorpusCensus.of(kept, vocabulary),
                new TokenTexts.Bytes());
    }

    /**
     * A corpus of ids that are not bytes of a text.
     *
     * @param vocabulary number of token ids, above all that occur
     */
    static Corpus of(String name, String source, FileTokens ids, int leftOut, TokenTexts texts, int vocabulary) {
        return new Corpus(
                name,
                source,
                ids,
                leftOut,
                ids.census().hash(),
                CorpusCensus.of(ids.census().counts(), vocabulary),
                texts);
    }

    /** As above, of bytes from which nothing was left out. */
    static Corpus of(String name, String source, byte[] bytes, int vocabulary, boolean dropUnknown) {
        return of(name, source, new Prepared(bytes, 0), vocabulary, dropUnknown);
    }

    private Corpus(
            String name,
            String source,
            TokenSequence ids,
            int leftOut,
            String sha256,
            CorpusCensus census,
            TokenTexts texts) {
        this(name, source, ids, leftOut, sha256, census, texts, census.dead());
    }

    private Corpus(
            String name,
            String source,
            TokenSequence ids,
            int leftOut,
            String sha256,
            CorpusCensus census,
            TokenTexts texts,
            int[] dead) {
        this.name = name;
        this.source = source;
        this.ids = ids;
        this.leftOut = leftOut;
        this.sha256 = sha256;
        this.census = census;
        this.texts = texts;
        this.dead = dead;
    }

    /**
     * The same ids, of which others are dead. They are part of the identity.
     *
     * @param given ids inside the vocabulary, ascending
     */
    Corpus withDead(int[] given) {
        ByteBuffer identity = ByteBuffer.allocate(sha256.length() + Integer.BYTES * given.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(sha256.getBytes(StandardCharsets.US_ASCII));
        IntStream.of(given).forEach(identity::putInt);
        return new Corpus(name, source, ids, leftOut, Sha256.of(identity.array()), census, texts, given.clone());
    }

    /** The preparation that was applied, the name of the file that was used as it is, or {@link #SYNTHETIC}. */
    public String name() {
        return name;
    }

    /** Where the text came from: {@link #SYNTHETIC} or a file. */
    public String source() {
        return source;
    }

    /** Whether this is the built-in corpus, which every report must say. */
    public boolean isSynthetic() {
        return source.equals(SYNTHETIC);
    }

    /** Number of tokens. */
    public long length() {
        return ids.length();
    }

    /**
     * The token id at {@code position}.
     *
     * @throws IndexOutOfBoundsException outside [0, {@link #length})
     */
    public int token(long position) {
        return ids.token(position);
    }

    /**
     * Copies the ids at [position, position + n) to {@code dst} from {@code at} on.
     *
     * @throws IndexOutOfBoundsException if either range is not inside its sequence
     */
    public void copy(long position, int[] dst, int at, int n) {
        ids.copy(position, dst, at, n);
    }

    /**
     * The prepared text, a copy.
     *
     * @throws IllegalStateException if ids are not bytes
     */
    public byte[] bytes() {
        if (ids instanceof ByteTokens text) {
            return text.bytes();
        }
        throw new IllegalStateException(source + ": its ids are not bytes");
    }

    /** Number of characters that the preparation left out, and of bytes outside the vocabulary that were. */
    public int leftOut() {
        return leftOut;
    }

    /**
     * Which ids these are, 64 lower-case hexadecimal digits: the SHA-256 of {@link #bytes}, or of ids that are not
     * bytes the hash of {@link org.lilgatsby.tokenfile.TokenCensus}. Where the dead ids were given, the SHA-256 of
     * these digits in ASCII and the dead ids, ascending, each as 4 bytes, little-endian.
     */
    public String sha256() {
        return sha256;
    }

    /** How often each id occurs. */
    public CorpusCensus census() {
        return census;
    }

    /** What ids stand for. */
    public TokenTexts texts() {
        return texts;
    }

    /** The dead ids, ascending: those given, or else those that do not occur. */
    public int[] dead() {
        return dead.clone();
    }

    /** All other ids, ascending. */
    public int[] live() {
        boolean[] marked = new boolean[census.vocabulary()];
        IntStream.of(dead).forEach(id -> marked[id] = true);
        return Ids.whereNot(marked);
    }

    /** Number of ids that the vocabulary has beyond those of the tokenizer or its table; 0 where there is none. */
    public int phantom() {
        return Math.max(0, census.vocabulary() - texts.size().orElse(census.vocabulary()));
    }
}
