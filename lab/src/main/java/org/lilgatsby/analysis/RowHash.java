package org.lilgatsby.analysis;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A number shared by equal rows. Unequal rows may share it too, so users compare them in full. */
@FunctionalInterface
interface RowHash {
    /**
     * Eight bytes at a time, each multiplied into one of four lanes that the processor works on side by side; the lanes
     * are joined and mixed (the finalizer of Steele, Lea and Flood's SplitMix64).
     */
    RowHash OF_BYTES = (matrix, row) -> {
        MemorySegment bytes = matrix.row(row);
        long size = bytes.byteSize();
        long a = size;
        long b = 1;
        long c = 2;
        long d = 3;
        long at = 0;
        for (; at + 32 <= size; at += 32) {
            a = absorb(a, bytes.get(Matrix.LONG, at));
            b = absorb(b, bytes.get(Matrix.LONG, at + 8));
            c = absorb(c, bytes.get(Matrix.LONG, at + 16));
            d = absorb(d, bytes.get(Matrix.LONG, at + 24));
        }
        for (; at + 8 <= size; at += 8) {
            a = absorb(a, bytes.get(Matrix.LONG, at));
        }
        for (; at < size; at++) {
            a = absorb(a, bytes.get(ValueLayout.JAVA_BYTE, at));
        }
        long hash = absorb(absorb(absorb(a, b), c), d);
        hash = (hash ^ hash >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D0_49BB_1331_11EBL;
        return hash ^ hash >>> 31;
    };

    private static long absorb(long lane, long word) {
        long product = (lane ^ word) * 0x9E37_79B9_7F4A_7C15L;
        return product ^ product >>> 32;
    }

    /** The hash of a row's bytes. */
    long of(Matrix matrix, int row);
}
