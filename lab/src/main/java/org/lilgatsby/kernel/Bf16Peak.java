package org.lilgatsby.kernel;

import org.lilgatsby.kernel.x86.Bf16Processor;

/** The most products of bfloat16 that one core does here, as {@link VectorPeak} of float32. */
public final class Bf16Peak {
    private Bf16Peak() {}

    /** Whether this machine has such products. */
    public static boolean exists() {
        return Bf16Kernels.refusal().isEmpty();
    }

    /** FLOP of {@link #spin} for a number of rounds. */
    public static double flop(int rounds) {
        return rounds * Bf16Processor.flopOfSpin();
    }

    /** Independent dot products on registers, nothing else. */
    public static void spin(int rounds) {
        Bf16Processor.spin(rounds, Bf16Scratch.ofThread().parameters);
    }
}
