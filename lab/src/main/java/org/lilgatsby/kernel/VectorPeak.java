package org.lilgatsby.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The most float32 work that one core can do here: independent fused multiply-adds in registers, nothing else. Every
 * rate of a kernel is a share of this.
 */
public final class VectorPeak {
    private static final VectorSpecies<Float> S =
            VectorSpecies.of(float.class, VectorShape.forBitSize(KernelChoice.preferredBits()));
    private static final int CHAINS = 12;

    private VectorPeak() {}

    /** FLOP of {@link #spin} for a number of rounds: two for each lane of each of twelve chains. */
    public static double flop(int rounds) {
        return 2.0 * CHAINS * S.length() * rounds;
    }

    /**
     * Twelve chains of fused multiply-adds, enough to hide the latency of two units; returns their sum. Each adds to
     * its own register, as sums of products do: if the addend is in another register the compiler copies it first, and
     * 16 registers then reach four fifths of the peak. The chains begin with different values, since the compiler could
     * merge equal ones.
     */
    public static float spin(int rounds) {
        FloatVector a = FloatVector.broadcast(S, 1.0001f);
        FloatVector b = FloatVector.broadcast(S, 0.5f);
        FloatVector c0 = a;
        FloatVector c1 = a.add(1);
        FloatVector c2 = a.add(2);
        FloatVector c3 = a.add(3);
        FloatVector c4 = a.add(4);
        FloatVector c5 = a.add(5);
        FloatVector c6 = a.add(6);
        FloatVector c7 = a.add(7);
        FloatVector c8 = a.add(8);
        FloatVector c9 = a.add(9);
        FloatVector c10 = a.add(10);
        FloatVector c11 = a.add(11);
        for (int i = 0; i < rounds; i++) {
            c0 = a.fma(b, c0);
            c1 = a.fma(b, c1);
            c2 = a.fma(b, c2);
            c3 = a.fma(b, c3);
            c4 = a.fma(b, c4);
            c5 = a.fma(b, c5);
            c6 = a.fma(b, c6);
            c7 = a.fma(b, c7);
            c8 = a.fma(b, c8);
            c9 = a.fma(b, c9);
            c10 = a.fma(b, c10);
            c11 = a.fma(b, c11);
        }
        FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4).add(c5).add(c6).add(c7).add(c8).add(c9).add(c10).add(c11);
        return sum.lane(0);
    }
}
