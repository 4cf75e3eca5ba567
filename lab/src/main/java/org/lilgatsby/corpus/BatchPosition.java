package org.lilgatsby.corpus;

/**
 * A place in the endless sequence of windows.
 *
 * @param epoch finished passes over the corpus
 * @param index windows already taken in the present pass
 */
public record BatchPosition(long epoch, int index) {
    /** Before the first window. */
    public static final BatchPosition START = new BatchPosition(0, 0);

    /** @throws IllegalArgumentException if either is negative */
    public BatchPosition {
        if (epoch < 0 || index < 0) {
            throw new IllegalArgumentException("epoch " + epoch + " and index " + index + " must not be negative");
        }
    }
}
