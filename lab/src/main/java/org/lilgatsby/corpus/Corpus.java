package org.lilgatsby.corpus;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import org.lilgatsby.corpus.Preparation.Prepared;
import org.lilgatsby.files.Sha256;

/** A text as token ids: one byte, one id. Immutable; serializable for other processes of the same program. */
public final class Corpus implements Serializable {
    /** The source of the built-in corpus, and its name. */
    public static final String SYNTHETIC = "synthetic";

    private final String name;
    private final String source;
    private final byte[] tokens;
    private final int leftOut;
    private final String sha256;
    private final CorpusCensus census;

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
        return new Corpus(
                name, source, Arrays.copyOf(tokens, length), text.leftOut() + bytes.length - length, vocabulary);
    }

    /** As above, of bytes from which nothing was left out. */
    static Corpus of(String name, String source, byte[] bytes, int vocabulary, boolean dropUnknown) {
        return of(name, source, new Prepared(bytes, 0), vocabulary, dropUnknown);
    }

    private Corpus(String name, String source, byte[] tokens, int leftOut, int vocabulary) {
        this.name = name;
        this.source = source;
        this.tokens = tokens;
        this.leftOut = leftOut;
        this.sha256 = Sha256.of(tokens);
        this.census = CorpusCensus.of(tokens, vocabulary);
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
    public int length() {
        return tokens.length;
    }

    /**
     * The token id at {@code position}.
     *
     * @throws IndexOutOfBoundsException outside [0, {@link #length})
     */
    public int token(int position) {
        return tokens[position] & 0xFF;
    }

    /**
     * Copies the ids at [position, position + n) to {@code dst} from {@code at} on.
     *
     * @throws IndexOutOfBoundsException if either range is not inside its array
     */
    public void copy(int position, int[] dst, int at, int n) {
        Objects.checkFromIndexSize(position, n, tokens.length);
        Objects.checkFromIndexSize(at, n, dst.length);
        for (int i = 0; i < n; i++) {
            dst[at + i] = tokens[position + i] & 0xFF;
        }
    }

    /** The prepared text, a copy. */
    public byte[] bytes() {
        return tokens.clone();
    }

    /** Number of characters that the preparation left out, and of bytes outside the vocabulary that were. */
    public int leftOut() {
        return leftOut;
    }

    /** SHA-256 of {@link #bytes}, 64 lower-case hexadecimal digits. */
    public String sha256() {
        return sha256;
    }

    /** How often each id occurs. */
    public CorpusCensus census() {
        return census;
    }
}
