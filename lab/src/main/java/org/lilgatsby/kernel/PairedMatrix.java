package org.lilgatsby.kernel;

import org.lilgatsby.kernel.x86.Bf16Processor;

/**
 * A packed matrix for the processor's bfloat16 instruction: the same panels, of pairs. A pair holds rows 2k and 2k + 1
 * of a column in 32 bits, the first in the upper half. The floats of {@link #values} are made on demand.
 */
final class PairedMatrix extends PackedMatrix {
    private static final int PANEL = Bf16Processor.PANEL;

    private final float[] pairs;
    private boolean paired;
    private int least;
    private volatile boolean unpacked;

    PairedMatrix(int rows, int columns) {
        super(rows, columns, PANEL);
        this.pairs = CacheLine.floats(Math.multiplyExact(pairRows(), Math.ceilDiv(columns, PANEL) * PANEL));
    }

    /** Bytes of such a matrix. */
    static long bytes(int rows, int columns) {
        return bytes(rows, columns, PANEL) + bytes(Math.ceilDiv(rows, 2), columns, PANEL);
    }

    /** Rows of pairs; if the number of rows is odd, the last pair holds only one. */
    int pairRows() {
        return Math.ceilDiv(rows(), 2);
    }

    /** The pairs, live, as the bits of floats. */
    float[] pairs() {
        return pairs;
    }

    /** Index in {@link #pairs} of the panel of column j. */
    int pairsAt(int j) {
        return CacheLine.ALIGNED_OFFSET + j * pairRows();
    }

    /** Whether the values are bfloat16, and the pairs hold them. */
    boolean isPaired() {
        return paired;
    }

    /** Least magnitude among the pairs, as of {@link Bf16Processor#least}. */
    int least() {
        return least;
    }

    /** The pairs hold the values. */
    void setPaired(int leastOfPairs, boolean floatsToo) {
        paired = true;
        least = leastOfPairs;
        unpacked = floatsToo;
    }

    /** Only the floats hold the values, or will. */
    void setUnpaired() {
        paired = false;
        unpacked = true;
    }

    @Override
    public float[] values() {
        if (!unpacked) {
            unpack();
        }
        return super.values();
    }

    private synchronized void unpack() {
        if (unpacked) {
            return;
        }
        float[] values = super.values();
        for (int j = 0; j < columns(); j++) {
            for (int k = 0; k < rows(); k++) {
                int bits = Float.floatToRawIntBits(pairs[pairsAt(j / PANEL * PANEL) + k / 2 * PANEL + j % PANEL]);
                values[at(k, j)] = Float.intBitsToFloat(k % 2 == 0 ? bits & 0xFFFF_0000 : bits << Short.SIZE);
            }
        }
        unpacked = true;
    }
}
