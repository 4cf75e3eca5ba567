package org.lilgatsby.benchmark;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.kernel.Bf16Peak;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.VectorPeak;

/** What one core can do at most, by the instruction that does it; a multiply-add is two floating point operations. */
public enum CorePeak {
    /** Fused multiply-adds of float32 vectors. */
    MULTIPLY_ADD("fused multiply-adds") {
        @Override
        public Optional<String> refusal() {
            return Optional.empty();
        }

        @Override
        float spin(int rounds) {
            return VectorPeak.spin(rounds);
        }

        @Override
        double flop(int rounds) {
            return VectorPeak.flop(rounds);
        }
    },
    /** Dot products of pairs of bfloat16, added to float32. */
    DOT_PRODUCT("bfloat16 dot products") {
        @Override
        public Optional<String> refusal() {
            return Bf16Peak.refusal();
        }

        @Override
        float spin(int rounds) {
            Bf16Peak.spin(rounds);
            return 0;
        }

        @Override
        double flop(int rounds) {
            return Bf16Peak.flop(rounds);
        }
    };

    private final String title;

    CorePeak(String title) {
        this.title = title;
    }

    /** The peaks that kernels are compared with: that of dot products only if they compute them. */
    static List<CorePeak> of(Kernels kernels) {
        return Bf16Peak.bounds(kernels) ? List.of(MULTIPLY_ADD, DOT_PRODUCT) : List.of(MULTIPLY_ADD);
    }

    /** What is counted, in the plural. */
    public String title() {
        return title;
    }

    /** Why this machine has no such peak; empty if it has. */
    public abstract Optional<String> refusal();

    /** Does nothing else for so many rounds; returns a number that depends on the result. */
    abstract float spin(int rounds);

    /** Floating point operations of so many rounds. */
    abstract double flop(int rounds);
}
