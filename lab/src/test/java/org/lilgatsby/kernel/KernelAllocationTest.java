package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.kernel.KernelChoice.Implementation;

/** Compiled vector kernels allocate nothing: no vector is boxed, whatever they are inlined into. */
@Tag("own-jvm")
class KernelAllocationTest {
    private static final int T = 16;
    private static final int C = 64;
    private static final int V = 128;
    private static final int SIZE = 2 * C * C;
    /** Of a hundred calls each; in this test's JVM, a caller waits for the compiler. */
    private static final int MOST_ROUNDS = 1_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Kernels vector = KernelChoice.VECTOR.create();
    private final float[] a = TestKernels.values(new SplittableRandom(1), SIZE, false);
    private final float[] b = TestKernels.values(new SplittableRandom(2), SIZE, false);
    private final float[] c = TestKernels.values(new SplittableRandom(3), SIZE, false);
    private final float[] positive = new float[SIZE];
    private final float[] stats = new float[2 * T];
    private final float[] exps = new float[vector.attentionExps(T)];
    private final float[] scratch = new float[vector.attentionScratch(T, C / 2)];
    private final float[][] parts = {a, b, a, b, a, b, a, b, a, b, a, b};
    private final MemorySegment bits = Arena.ofAuto().allocate(Short.BYTES * T * C);
    private final MemorySegment floats = Arena.ofAuto().allocate(Float.BYTES * T * C);
    private final double[] losses = new double[T];
    private final int[] ids = new int[T];
    private final AdamWStep step = new AdamWStep(true, true, true);

    private record Kernel(String name, Runnable call) {}

    private List<Kernel> kernels(Kernels k) {
        PackedMatrix packed = k.packed(C, C);
        step.set(1, 1e-3, 0.01, 0.9, 0.999, 1e-8, 1f);
        List<Kernel> all = new ArrayList<>();
        all.add(new Kernel("pack", () -> k.pack(packed, a, 0, C, false, true)));
        all.add(new Kernel("pack transposed", () -> k.pack(packed, c, 0, C, true, true)));
        all.add(new Kernel("multiply", () -> k.multiply(c, 0, C, b, a, 0, C, packed, a, 0, T, true)));
        all.add(new Kernel("weightGradient", () -> k.weightGradient(c, 0, C, a, 0, C, b, 0, C, T, 0, C, C, true)));
        all.add(new Kernel("columnSums", () -> k.columnSums(c, 0, a, 0, C, T, 0, C, true)));
        all.add(new Kernel("embed", () -> k.embed(c, 0, a, 0, b, 0, ids, 0, T, C, true)));
        all.add(new Kernel("embedBackward", () -> k.embedBackward(c, 0, a, 0, ids, 0, T, C, 0, C)));
        all.add(new Kernel("norm", () -> k.norm(c, 0, stats, 0, a, 0, b, 0, b, 0, T, C, 1e-5f, true, true)));
        all.add(new Kernel(
                "normBackward", () -> k.normBackward(c, 0, b, a, 0, a, 0, stats, 0, b, 0, T, C, true, true)));
        all.add(new Kernel("normParameterGradient", () -> k.normParameterGradient(
                c, 0, c, C, a, 0, b, 0, stats, 0, T, C, 0, C, true, true)));
        all.add(new Kernel("attention", () -> k.attention(
                c, 0, C, exps, 0, stats, 0, a, 0, C, 2 * C, 3 * C, scratch, T, C / 2, 0.1f, true)));
        all.add(new Kernel("attentionBackward", () -> k.attentionBackward(
                b, c, 0, C, exps, 0, stats, 0, a, 0, C, 2 * C, 3 * C, scratch, T, C / 2, 0.1f, true)));
        all.add(new Kernel("gelu", () -> k.gelu(c, 0, b, 0, a, 0, T * C, true)));
        all.add(new Kernel("geluErf", () -> k.geluErf(c, 0, b, 0, a, 0, T * C, true)));
        all.add(new Kernel("geluBackward", () -> k.geluBackward(c, 0, b, 0, a, 0, T * C, true)));
        all.add(new Kernel("crossEntropy", () -> k.crossEntropy(losses, 0, c, 0, a, 0, ids, 0, T, V, 0.1f, true)));
        all.add(new Kernel(
                "crossEntropyOfBf16", () -> k.crossEntropyOfBf16(losses, 0, c, 0, a, 0, ids, 0, T, V, 0.1f)));
        all.add(new Kernel("joinParts", () -> k.joinParts(c, 0, parts, 3, 0, T * C, true, true)));
        all.add(new Kernel("joinParts of twelve", () -> k.joinParts(c, 0, parts, 12, 0, T * C, true, true)));
        all.add(new Kernel("round", () -> k.round(c, 0, a, 0, T * C)));
        all.add(new Kernel("toBf16", () -> k.toBf16(bits, 0, a, 0, T * C)));
        all.add(new Kernel("differencesToBf16", () -> k.differencesToBf16(bits, 0, a, 0, b, 0, T * C)));
        all.add(new Kernel("differences", () -> k.differences(floats, 0, a, 0, b, 0, T * C)));
        all.add(new Kernel("sumOfSquares", () -> k.sumOfSquares(a, 0, T * C)));
        all.add(new Kernel("adamwFused", () -> k.adamwFused(c, b, positive, a, 0, T * C, step)));
        all.add(new Kernel("adamwPerOp", () -> k.adamwPerOp(c, b, positive, a, 0, T * C, step)));
        all.add(new Kernel("sgd", () -> k.sgd(c, a, 0, T * C, step)));
        all.add(new Kernel("adamwStochastic", () -> k.adamwStochastic(c, b, positive, a, 0, T * C, 0, step)));
        all.add(new Kernel("adamwKahan", () -> k.adamwKahan(c, scratch, b, positive, a, 0, T * C, step)));
        all.add(new Kernel("sgdStochastic", () -> k.sgdStochastic(c, a, 0, T * C, 0, step)));
        all.add(new Kernel("sgdKahan", () -> k.sgdKahan(c, b, a, 0, T * C, step)));
        return all;
    }

    @Test
    void noKernelAllocatesOnceItIsCompiled() {
        requireNoAllocation(vector);
    }

    @Test
    void noProductOfBfloat16AllocatesOnceItIsCompiled() {
        assumeTrue(Bf16Kernels.refusal().isEmpty(), () -> Bf16Kernels.refusal().get());
        for (float[] values : new float[][] {a, b, c}) {
            for (int i = 0; i < SIZE; i++) {
                values[i] = Bf16.round(values[i]);
            }
        }
        requireNoAllocation(new Bf16Kernels());
    }

    private void requireNoAllocation(Kernels k) {
        for (Kernel kernel : kernels(k)) {
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < MOST_ROUNDS && allocated > 0; round++) {
                allocated = allocatedByCalls(kernel.call());
            }
            assertEquals(0, allocated, kernel.name() + " still allocates (bytes of 100 calls)");
        }
    }

    private long allocatedByCalls(Runnable call) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            call.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
