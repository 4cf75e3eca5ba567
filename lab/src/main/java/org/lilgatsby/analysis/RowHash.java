package org.lilgatsby.analysis;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A number that equal rows share. Unequal rows may share it too: whoever uses it compares them in full. */
@FunctionalInterface
interface RowHash {
    /** Eight bytes at a time, multiplied and mixed (the finalizer of Steele, Lea and Flood's SplitMix64). */
    RowHash OF_BYTES = (matrix, row) -> {
        MemorySegment bytes = matrix.row(row);
        long size = bytes.byteSize();
        long hash = size;
        long at = 0;
        for (; at + 8 <= size; at += 8) {
            hash = (hash ^ bytes.get(Matrix.LONG, at)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 32;
        }
        for (; at < size; at++) {
            hash = (hash ^ bytes.get(ValueLayout.JAVA_BYTE, at)) * 0x9E37_79B9_7F4A_7C15L;
        }
        hash = (hash ^ hash >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D0_49BB_1331_11EBL;
        return hash ^ hash >>> 31;
    };

    /** The hash of a row's bytes. */
    long of(Matrix matrix, int row);
}
