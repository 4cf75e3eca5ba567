package org.lilgatsby.kernel;

import org.lilgatsby.kernel.x86.Bf16Processor;

/** The most bfloat16 products that one core can do here, as {@link VectorPeak} is for float32. */
public final class Bf16Peak {
    private Bf16Peak() {}

    /** Whether this machine has the bfloat16 instruction. */
    public static boolean exists() {
        return Bf16Kernels.refusal().isEmpty();
    }

    /** FLOP of {@link #spin} for a number of rounds. */
    public static double flop(int rounds) {
        return rounds * Bf16Processor.flopOfSpin();
    }

    /** Independent dot products in registers, nothing else. */
    public static void spin(int rounds) {
        Bf16Processor.spin(rounds, Bf16Scratch.ofThread().parameters);
    }
}
