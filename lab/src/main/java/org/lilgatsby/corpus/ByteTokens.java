package org.lilgatsby.corpus;

import java.io.Serializable;
import java.util.Objects;
import org.lilgatsby.tokenfile.TokenSequence;

/** A text whose bytes are its ids. Immutable. */
final class ByteTokens implements TokenSequence, Serializable {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    /** @param bytes not to be changed afterwards */
    ByteTokens(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes, a copy. */
    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void copy(long position, int[] target, int at, int count) {
        Objects.checkFromIndexSize(position, (long) count, bytes.length);
        Objects.checkFromIndexSize(at, count, target.length);
        int from = (int) position;
        for (int i = 0; i < count; i++) {
            target[at + i] = bytes[from + i] & 0xFF;
        }
    }

    @Override
    public String place(long position) {
        return "byte " + position;
    }
}
