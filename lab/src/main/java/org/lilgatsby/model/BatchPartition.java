package org.lilgatsby.model;

/**
 * How a batch is cut into parts, each of which one worker sums on its own. Workers take them one by one, and who comes
 * last to an end keeps the others waiting: so the first parts are large, an eighth of the batch, and then each is a
 * third of what is left, down to a thirty-second of the batch. That is at most 12 parts, each of which has memory of
 * its own and must be joined with the others. A function of the number of sequences alone, never of the workers.
 */
final class BatchPartition {
    private BatchPartition() {}

    /** Number of parts that {@code sequences} are cut into. */
    static int count(int sequences) {
        int parts = 0;
        for (int left = sequences; left > 0; left -= size(sequences, left)) {
            parts++;
        }
        return parts;
    }

    /** First sequence of a part; that of the part after the last is {@code sequences}. */
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

    /** Sequences of the part that begins when {@code left} of all are left. */
    private static int size(int sequences, int left) {
        int size = Math.clamp(Math.ceilDiv(left, 3), Math.ceilDiv(sequences, 32), Math.ceilDiv(sequences, 8));
        return Math.min(size, left);
    }
}
