package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.INTS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Threefry} for a range of elements, in scratch memory that holds integers as the bits of floats. Four rounds
 * are a pass over the counters: of more, the JIT would not inline all operations. The launcher has the passes compiled
 * on their own.
 */
final class VectorThreefry {
    /** Counters of 16 elements of each quarter of a group. */
    private static final int COUNTERS = 16;

    private static final int PASS = 4;
    private static final IntVector LANES = IntVector.zero(INTS).addIndex(1);

    private VectorThreefry() {}

    /** Floats of scratch memory for the bits of n elements: the elements of whole groups, and two words a counter. */
    static int scratch(int n) {
        int groups = Math.ceilDiv(n, Threefry.GROUP);
        return groups * (Threefry.GROUP + 2 * COUNTERS);
    }

    /**
     * Writes the 16 bits of each of n elements, one an int, from {@code at} on.
     *
     * @param scratch has {@link #scratch} floats there
     * @param first element, a multiple of {@link Threefry#GROUP}
     */
    static void ofElements(float[] scratch, int at, int n, int key0, int key1, int first, int tensor) {
        int groups = Math.ceilDiv(n, Threefry.GROUP);
        int counters = groups * COUNTERS;
        int x0 = at + groups * Threefry.GROUP;
        int x1 = x0 + counters;
        begin(scratch, x0, x1, counters, first / Threefry.GROUP * COUNTERS + key0, tensor + key1);
        for (int round = 0; round < Threefry.ROUNDS; round += PASS) {
            int times = round / PASS + 1;
            int add0 = Threefry.key(times % 3, key0, key1);
            int add1 = Threefry.key((times + 1) % 3, key0, key1) + times;
            fourRounds(
                    scratch, x0, x1, counters, Threefry.rotation(round), Threefry.rotation(round + 1),
                    Threefry.rotation(round + 2), Threefry.rotation(round + 3), add0, add1);
        }
        for (int group = 0; group < groups; group++) {
            int to = at + group * Threefry.GROUP;
            halves(scratch, to, x0 + group * COUNTERS);
            halves(scratch, to + 2 * COUNTERS, x1 + group * COUNTERS);
        }
    }

    private static void begin(float[] x, int x0, int x1, int n, int first, int second) {
        IntVector counters = LANES.add(first);
        FloatVector constant = IntVector.broadcast(INTS, second).reinterpretAsFloats();
        for (int i = 0; i < n; i += LENGTH) {
            counters.add(i).reinterpretAsFloats().intoArray(x, x0 + i);
            constant.intoArray(x, x1 + i);
        }
    }

    private static void fourRounds(
            float[] x, int x0, int x1, int n, int first, int second, int third, int fourth, int add0, int add1) {
        for (int i = 0; i < n; i += LENGTH) {
            IntVector a = FloatVector.fromArray(FLOATS, x, x0 + i).reinterpretAsInts();
            IntVector b = FloatVector.fromArray(FLOATS, x, x1 + i).reinterpretAsInts();
            a = a.add(b);
            b = b.lanewise(VectorOperators.ROL, first).lanewise(VectorOperators.XOR, a);
            a = a.add(b);
            b = b.lanewise(VectorOperators.ROL, second).lanewise(VectorOperators.XOR, a);
            a = a.add(b);
            b = b.lanewise(VectorOperators.ROL, third).lanewise(VectorOperators.XOR, a);
            a = a.add(b);
            b = b.lanewise(VectorOperators.ROL, fourth).lanewise(VectorOperators.XOR, a);
            a.add(add0).reinterpretAsFloats().intoArray(x, x0 + i);
            b.add(add1).reinterpretAsFloats().intoArray(x, x1 + i);
        }
    }

    /** The lower halves of 16 words, then their upper halves. */
    private static void halves(float[] x, int to, int from) {
        for (int i = 0; i < COUNTERS; i += LENGTH) {
            IntVector word = FloatVector.fromArray(FLOATS, x, from + i).reinterpretAsInts();
            word.and(0xFFFF).reinterpretAsFloats().intoArray(x, to + i);
            word.lanewise(VectorOperators.LSHR, 16).reinterpretAsFloats().intoArray(x, to + COUNTERS + i);
        }
    }
}
