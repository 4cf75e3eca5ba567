package org.lilgatsby.tokenfile;

/** Token ids in order, as many as there are. May be used by several threads. */
public interface TokenSequence {
    /** Number of ids. */
    long length();

    /**
     * Copies the ids at [position, position + count) to {@code target} from {@code at} on.
     *
     * @throws IndexOutOfBoundsException if either range is not inside its sequence
     * @throws java.io.UncheckedIOException with a {@link TokenFileException} if one is not in [0, 2^31-2]
     */
    void copy(long position, int[] target, int at, int count);

    /** The id at a position; see {@link #copy}. */
    default int token(long position) {
        int[] one = new int[1];
        copy(position, one, 0, 1);
        return one[0];
    }

    /** Where an id stands, for messages: the file and the number of the id in it. */
    String place(long position);
}
