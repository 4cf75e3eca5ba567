package org.lilgatsby.model;

/**
 * How a batch is cut into parts, each summed by one worker. Workers take the parts one by one, and the last to finish
 * keeps the others waiting. So the first parts are large, an eighth of the batch; each later part is a third of what is
 * left, down to a thirty-second of the batch. That is at most 12 parts, each with its own memory, which must be joined
 * with the others. The partition depends on the number of sequences alone, never on the workers.
 */
final class BatchPartition {
    private BatchPartition() {}

    /** Number of parts of a batch of {@code sequences}. */
    static int count(int sequences) {
        int parts = 0;
        for (int left = sequences; left > 0; left -= size(sequences, left)) {
            parts++;
        }
        return parts;
    }

    /** First sequence of a part; {@code sequences} for the part after the last. */
    static int first(int part, int sequences) {
        int left = sequences;
        for (int i = 0; i < part; i++) {
            left -= size(sequences, left);
        }
        return sequences - left;
    }

    /** The largest number of parts of any batch of up to {@code batch} sequences. */
    static int most(int batch) {
        int most = 0;
        for (int sequences = 1; sequences <= batch; sequences++) {
            most = Math.max(most, count(sequences));
        }
        return most;
    }

    /** Number of sequences of the part that begins when {@code left} of all are left. */
    private static int size(int sequences, int left) {
        int size = Math.clamp(Math.ceilDiv(left, 3), Math.ceilDiv(sequences, 32), Math.ceilDiv(sequences, 8));
        return Math.min(size, left);
    }
}
