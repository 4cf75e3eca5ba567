package org.lilgatsby.kernel;

import java.lang.foreign.MemorySegment;

/** The fast implementation: each family of loops in a class of its own, all of one vector width. */
class VectorKernels implements Kernels {
    private final Scores scores;

    VectorKernels() {
        this(VectorAttention::scores);
    }

    VectorKernels(Scores scores) {
        this.scores = scores;
    }

    @Override
    public String description() {
        return "vector " + VectorWidth.FLOATS.vectorBitSize() + " bit";
    }

    @Override
    public PackedMatrix packed(int rows, int columns) {
        return new PackedMatrix(rows, columns, VectorWidth.PANEL);
    }

    @Override
    public long packedBytes(int rows, int columns) {
        return PackedMatrix.bytes(rows, columns, VectorWidth.PANEL);
    }

    @Override
    public void pack(PackedMatrix b, float[] w, int at, int ld, boolean transposed, boolean rounded) {
        VectorMatmul.pack(b, w, at, ld, transposed, rounded);
    }

    @Override
    public void multiply(
            float[] out, int outAt, int outLd, float[] residual,
            float[] a, int aAt, int aLd, PackedMatrix b, float[] bias, int biasAt,
            int rows, boolean rounded) {
        VectorMatmul.multiply(out, outAt, outLd, residual, a, aAt, aLd, b, bias, biasAt, rows, rounded);
    }

    @Override
    public void weightGradient(
            float[] dw, int dwAt, int dwLd, float[] x, int xAt, int xLd, float[] dy, int dyAt, int dyLd,
            int positions, int from, int to, int columns, boolean accumulate) {
        VectorMatmul.weightGradient(
                dw, dwAt, dwLd, x, xAt, xLd, dy, dyAt, dyLd, positions, from, to, columns, accumulate);
    }

    @Override
    public void columnSums(
            float[] db, int dbAt, float[] dy, int dyAt, int dyLd, int positions, int from, int to, boolean accumulate) {
        VectorMatmul.columnSums(db, dbAt, dy, dyAt, dyLd, positions, from, to, accumulate);
    }

    @Override
    public void embed(
            float[] x, int xAt, float[] wte, int wteAt, float[] wpe, int wpeAt,
            int[] ids, int idsAt, int rows, int channels, boolean rounded) {
        VectorElementwise.embed(x, xAt, wte, wteAt, wpe, wpeAt, ids, idsAt, rows, channels, rounded);
    }

    @Override
    public void embedBackward(
            float[] dlookup, int dlookupAt, float[] dx, int dxAt, int[] ids, int idsAt,
            int positions, int channels, int from, int to) {
        VectorElementwise.embedBackward(dlookup, dlookupAt, dx, dxAt, ids, idsAt, positions, channels, from, to);
    }

    @Override
    public void add(float[] target, int targetAt, float[] source, int sourceAt, int n, boolean accumulate) {
        VectorElementwise.add(target, targetAt, source, sourceAt, n, accumulate);
    }

    @Override
    public void norm(
            float[] out, int outAt, float[] stats, int statsAt, float[] x, int xAt,
            float[] weight, int weightAt, float[] bias, int biasAt,
            int rows, int channels, float eps, boolean centered, boolean rounded) {
        VectorNorm.norm(
                out, outAt, stats, statsAt, x, xAt, weight, weightAt, bias, biasAt, rows, channels, eps, centered,
                rounded);
    }

    @Override
    public void normBackward(
            float[] dx, int dxAt, float[] around, float[] dout, int doutAt, float[] x, int xAt,
            float[] stats, int statsAt, float[] weight, int weightAt,
            int rows, int channels, boolean centered, boolean rounded) {
        VectorNorm.normBackward(
                dx, dxAt, around, dout, doutAt, x, xAt, stats, statsAt, weight, weightAt, rows, channels, centered,
                rounded);
    }

    @Override
    public void normParameterGradient(
            float[] dweight, int dweightAt, float[] dbias, int dbiasAt, float[] dout, int doutAt,
            float[] x, int xAt, float[] stats, int statsAt, int positions, int channels, int from, int to,
            boolean shifted, boolean accumulate) {
        VectorNorm.normParameterGradient(
                dweight, dweightAt, dbias, dbiasAt, dout, doutAt, x, xAt, stats, statsAt, positions, channels, from, to,
                shifted, accumulate);
    }

    @Override
    public int attentionExps(int positions) {
        return VectorAttention.exps(positions);
    }

    @Override
    public int attentionScratch(int positions, int headSize) {
        return VectorAttention.scratch(positions, headSize);
    }

    @Override
    public void attention(
            float[] out, int outAt, int outLd, float[] exps, int expsAt, float[] reciprocals, int reciprocalsAt,
            float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded) {
        VectorAttention.attention(
                out, outAt, outLd, exps, expsAt, reciprocals, reciprocalsAt, qkv, qAt, kAt, vAt, qkvLd, scratch,
                positions, headSize, scale, rounded, scores);
    }

    @Override
    public void attentionBackward(
            float[] dqkv, float[] dout, int doutAt, int doutLd, float[] exps, int expsAt, float[] reciprocals,
            int reciprocalsAt, float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded) {
        VectorAttention.attentionBackward(
                dqkv, dout, doutAt, doutLd, exps, expsAt, reciprocals, reciprocalsAt, qkv, qAt, kAt, vAt, qkvLd,
                scratch, positions, headSize, scale, rounded, scores);
    }

    @Override
    public void gelu(
            float[] out, int outAt, float[] derivative, int derivativeAt, float[] x, int xAt, int n, boolean rounded) {
        VectorGelu.gelu(out, outAt, derivative, derivativeAt, x, xAt, n, rounded);
    }

    @Override
    public void geluErf(
            float[] out, int outAt, float[] derivative, int derivativeAt, float[] x, int xAt, int n, boolean rounded) {
        VectorGeluErf.gelu(out, outAt, derivative, derivativeAt, x, xAt, n, rounded);
    }

    @Override
    public void geluBackward(
            float[] dx, int dxAt, float[] dout, int doutAt, float[] derivative, int derivativeAt, int n,
            boolean rounded) {
        VectorGelu.geluBackward(dx, dxAt, dout, doutAt, derivative, derivativeAt, n, rounded);
    }

    @Override
    public void crossEntropy(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, float[] logits, int logitsAt,
            int[] targets, int targetsAt, int rows, int vocabulary, float scale, boolean rounded) {
        VectorLoss.crossEntropy(
                losses, lossesAt, dlogits, dlogitsAt, logits, logitsAt, targets, targetsAt, rows, vocabulary, scale,
                rounded);
    }

    @Override
    public void crossEntropyOfBf16(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, float[] logits, int logitsAt,
            int[] targets, int targetsAt, int rows, int vocabulary, float scale) {
        VectorLoss.crossEntropyOfBf16(
                losses, lossesAt, dlogits, dlogitsAt, logits, logitsAt, targets, targetsAt, rows, vocabulary, scale);
    }

    @Override
    public void joinParts(
            float[] g, int at, float[][] parts, int count, int partsAt, int n, boolean rounded, boolean accumulate) {
        VectorElementwise.joinParts(g, at, parts, count, partsAt, n, rounded, accumulate);
    }

    @Override
    public void round(float[] to, int toAt, float[] x, int at, int n) {
        VectorMath.round(to, toAt, x, at, n);
    }

    @Override
    public void toBf16(MemorySegment to, long toAt, float[] x, int at, int n) {
        VectorRows.toBf16(to, toAt, x, at, null, 0, n);
    }

    @Override
    public void differencesToBf16(MemorySegment to, long toAt, float[] x, int at, float[] y, int yAt, int n) {
        VectorRows.toBf16(to, toAt, x, at, y, yAt, n);
    }

    @Override
    public void differences(MemorySegment to, long toAt, float[] x, int at, float[] y, int yAt, int n) {
        VectorRows.differences(to, toAt, x, at, y, yAt, n);
    }

    @Override
    public float sumOfSquares(float[] x, int at, int n) {
        return VectorLanes.squares(VectorScratch.atLeast(LaneTree.LANES), x, at, n, 0f);
    }

    @Override
    public void adamwFused(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep step) {
        VectorOptimizer.adamwFused(p, m, v, g, at, n, step);
    }

    @Override
    public void adamwPerOp(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep step) {
        VectorOptimizer.adamwPerOp(p, m, v, g, at, n, step);
    }

    @Override
    public void sgd(float[] p, float[] g, int at, int n, AdamWStep step) {
        VectorOptimizer.sgd(p, g, at, n, step);
    }

    @Override
    public void adamwStochastic(float[] p, float[] m, float[] v, float[] g, int at, int n, int tensor, AdamWStep step) {
        VectorOptimizer.adamwStochastic(p, m, v, g, at, n, tensor, step);
    }

    @Override
    public void adamwKahan(float[] p, float[] c, float[] m, float[] v, float[] g, int at, int n, AdamWStep step) {
        VectorOptimizer.adamwKahan(p, c, m, v, g, at, n, step);
    }

    @Override
    public void sgdStochastic(float[] p, float[] g, int at, int n, int tensor, AdamWStep step) {
        VectorOptimizer.sgdStochastic(p, g, at, n, tensor, step);
    }

    @Override
    public void sgdKahan(float[] p, float[] c, float[] g, int at, int n, AdamWStep step) {
        VectorOptimizer.sgdKahan(p, c, g, at, n, step);
    }
}
