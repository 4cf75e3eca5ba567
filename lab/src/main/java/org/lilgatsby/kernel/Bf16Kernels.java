package org.lilgatsby.kernel;

import java.util.Optional;
import org.lilgatsby.kernel.x86.Bf16Processor;

/**
 * The vector kernels, with products of bfloat16 factors computed by the processor's own instruction. It computes the
 * contract's chain of fused multiply-adds, two terms at a time. Where factors are not bfloat16, or factors or sums are
 * so small that the instruction would turn a subnormal number into 0, the vector kernels compute the block.
 */
final class Bf16Kernels extends VectorKernels {
    /** Vector width, in bits, that the layout of the panels needs, since the vector kernels read them too. */
    private static final int BITS = 512;

    private static final class SelfTest {
        static final Optional<String> FAILURE = Bf16SelfTest.run();
    }

    Bf16Kernels() {
        super(Bf16Attention::scores);
    }

    /** Why these kernels cannot be used on this machine; empty if they can. */
    static Optional<String> refusal() {
        if (KernelChoice.preferredBits() != BITS) {
            return Optional.of("this JVM does not use vectors of " + BITS + " bits");
        }
        return Bf16Processor.refusal().or(() -> SelfTest.FAILURE);
    }

    @Override
    public String description() {
        return "bfloat16 products, " + super.description();
    }

    @Override
    public PackedMatrix packed(int rows, int columns) {
        return new PairedMatrix(rows, columns);
    }

    @Override
    public long packedBytes(int rows, int columns) {
        return PairedMatrix.bytes(rows, columns);
    }

    @Override
    public void pack(PackedMatrix b, float[] w, int at, int ld, boolean transposed, boolean rounded) {
        Bf16Matmul.pack((PairedMatrix) b, w, at, ld, transposed, rounded);
    }

    @Override
    public void multiply(
            float[] out, int outAt, int outLd, float[] residual,
            float[] a, int aAt, int aLd, PackedMatrix b, float[] bias, int biasAt,
            int rows, boolean rounded) {
        Bf16Matmul.multiply(out, outAt, outLd, residual, a, aAt, aLd, (PairedMatrix) b, bias, biasAt, rows, rounded);
    }

    @Override
    public void weightGradient(
            float[] dw, int dwAt, int dwLd, float[] x, int xAt, int xLd, float[] dy, int dyAt, int dyLd,
            int positions, int from, int to, int columns, boolean accumulate) {
        Bf16Matmul.weightGradient(
                dw, dwAt, dwLd, x, xAt, xLd, dy, dyAt, dyLd, positions, from, to, columns, accumulate);
    }
}
