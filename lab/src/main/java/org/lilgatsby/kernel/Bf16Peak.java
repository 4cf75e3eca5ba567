package org.lilgatsby.kernel;

import java.util.Optional;
import org.lilgatsby.kernel.x86.Bf16Processor;

/** The most bfloat16 products that one core can do here, as {@link VectorPeak} is for float32. */
public final class Bf16Peak {
    private Bf16Peak() {}

    /** Why there is no such peak on this machine; empty if its processor has the instruction. */
    public static Optional<String> refusal() {
        return Bf16Processor.refusal();
    }

    /** Whether this is the most that these kernels' products can reach; otherwise {@link VectorPeak} is. */
    public static boolean bounds(Kernels kernels) {
        return kernels instanceof Bf16Kernels;
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
