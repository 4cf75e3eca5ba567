package org.lilgatsby.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The loops of the training step. {@link ScalarKernels} is the readable specification, {@link VectorKernels} is fast,
 * and {@link Bf16Kernels} uses the processor's bfloat16 instruction; all give the same bits, whatever the vector width,
 * the tile or the split into ranges of rows and columns.
 *
 * <p>Shapes: B sequences of T positions, C channels (width), V vocabulary, NH heads of HS channels.
 * Matrices are row-major ranges of a {@code float[]}: {@code at} is the index of the first element
 * and {@code ld} the distance between rows. Outputs come first, then inputs, then dimensions.
 * {@code rounded} says whether the result of the operation is rounded to bfloat16 where it is
 * stored ({@code compute: bf16}); everything before that is float32.
 *
 * <p>The order of sums is part of the contract, which {@code docs/numerics.md} states in full:
 * <ul>
 *   <li>matrix products and sums over positions start from the initial value and add one term after another with a
 *   fused multiply-add (or an addition), in ascending order;
 *   <li>sums along a row have 16 virtual lanes, element i in lane i mod 16, joined by the tree of
 *       {@link LaneTree};
 *   <li>no other order exists.
 * </ul>
 * Implementations have no state that a caller can see, and check bounds as Java does; a product has at most 2^20 terms.
 * Shapes are the caller's responsibility. The vector implementations allocate nothing but their scratch memory, once
 * per thread; the specification allocates a few floats per call.
 */
public interface Kernels {
    /**
     * Positions of a block of attention's triangle of masked pairs. Sums over keys or queries take whole blocks:
     * the masked pairs of a block on the diagonal contribute a probability of 0, those beyond it nothing.
     */
    int ATTENTION_BLOCK = 4;

    /**
     * Most values that a factor of a product may have: fewer than an array can hold, so that no index that runs ahead
     * overflows.
     */
    int MOST_VALUES = 2_000_000_000;

    /** Name for logs and manifests, for example {@code vector 512 bit}. */
    String description();

    /**
     * Room for a matrix in the layout that {@link #multiply} of these kernels reads; its content is set by
     * {@link #pack}.
     */
    PackedMatrix packed(int rows, int columns);

    /** Bytes that {@link #packed} allocates. */
    long packedBytes(int rows, int columns);

    /**
     * Packs {@code b[k][n] = w[at + k*ld + n]}, or {@code w[at + n*ld + k]} if {@code transposed}, into
     * the layout that {@link #multiply} reads.
     *
     * @param b of these kernels' {@link #packed}
     * @param rounded whether each factor is rounded to bfloat16 on the way
     */
    void pack(PackedMatrix b, float[] w, int at, int ld, boolean transposed, boolean rounded);

    /**
     * out[i][j] = r(residual[i][j] + r(bias[j] + sum over k of a[i][k]*b[k][j])) for i &lt; rows, with the
     * outer sum only if {@code residual} is not null and r the rounding if {@code rounded}.
     *
     * @param residual null, or a matrix laid out as {@code out} (same offset and row distance), but not out itself
     * @param bias null for 0, or the bias row
     */
    void multiply(
            float[] out, int outAt, int outLd, float[] residual,
            float[] a, int aAt, int aLd, PackedMatrix b, float[] bias, int biasAt,
            int rows, boolean rounded);

    /**
     * dw[i][j] = (accumulate ? dw[i][j] : 0) + sum over t of x[t][i]*dy[t][j], for from &lt;= i &lt; to and
     * j &lt; columns; never rounded.
     */
    void weightGradient(
            float[] dw, int dwAt, int dwLd, float[] x, int xAt, int xLd, float[] dy, int dyAt, int dyLd,
            int positions, int from, int to, int columns, boolean accumulate);

    /** db[j] = (accumulate ? db[j] : 0) + sum over t of dy[t][j], for from &lt;= j &lt; to; never rounded. */
    void columnSums(
            float[] db, int dbAt, float[] dy, int dyAt, int dyLd, int positions, int from, int to, boolean accumulate);

    /** x[t][c] = r(wte[ids[idsAt+t]][c] + wpe[position+t][c]), rows of C floats. */
    void embed(
            float[] x, int xAt, float[] wte, int wteAt, float[] wpe, int wpeAt,
            int[] ids, int idsAt, int rows, int channels, boolean rounded);

    /** dlookup[ids[idsAt+t]][c] += dx[t][c] for t ascending and from &lt;= c &lt; to; never rounded. */
    void embedBackward(
            float[] dlookup, int dlookupAt, float[] dx, int dxAt, int[] ids, int idsAt,
            int positions, int channels, int from, int to);

    /** target[i] = (accumulate ? target[i] : 0) + source[i] for i &lt; n; never rounded. */
    void add(float[] target, int targetAt, float[] source, int sourceAt, int n, boolean accumulate);

    /**
     * Layer normalisation (Ba et al. 2016), or root mean square normalisation (Zhang and Sennrich 2019)
     * if not {@code centered}: out = r(fma((x - mean)*rstd, weight, bias)), rstd = 1/sqrt(var + eps); without
     * centering mean is 0 and bias is not read. Stores mean and rstd of row t in stats[statsAt+2t] and
     * stats[statsAt+2t+1].
     */
    void norm(
            float[] out, int outAt, float[] stats, int statsAt, float[] x, int xAt,
            float[] weight, int weightAt, float[] bias, int biasAt,
            int rows, int channels, float eps, boolean centered, boolean rounded);

    /**
     * Gradient of {@link #norm} with respect to its input, added to the gradient that goes around it: dx = r(around +
     * r(rstd*(g - (sum(g) + xhat*sum(g*xhat))/C))), g = dout*weight, xhat = (x-mean)*rstd, the first sum only if
     * {@code centered}.
     *
     * @param around null, or the residual's gradient, laid out as {@code dx}, but not dx itself
     */
    void normBackward(
            float[] dx, int dxAt, float[] around, float[] dout, int doutAt, float[] x, int xAt,
            float[] stats, int statsAt, float[] weight, int weightAt,
            int rows, int channels, boolean centered, boolean rounded);

    /**
     * dweight[c] = (accumulate ? dweight[c] : 0) + sum over t of dout[t][c]*xhat[t][c]; dbias likewise the sum of
     * dout, if {@code shifted}; for from &lt;= c &lt; to; never rounded.
     */
    void normParameterGradient(
            float[] dweight, int dweightAt, float[] dbias, int dbiasAt, float[] dout, int doutAt,
            float[] x, int xAt, float[] stats, int statsAt, int positions, int channels, int from, int to,
            boolean shifted, boolean accumulate);

    /** Floats that {@link #attention} leaves behind for each head. */
    int attentionExps(int positions);

    /** Floats of scratch memory that the attention kernels need for the given sizes. */
    int attentionScratch(int positions, int headSize);

    /**
     * Causal attention of one head: out = r(softmax(scale*q*k^T)*v), everything inside in float32. Rows of
     * q, k and v are {@code qkvLd} apart, the head's first channel at qAt, kAt and vAt of {@code qkv}. Scores are
     * sums over channels in ascending order; p = exp(fma(score, scale, -max)) with max the greatest score times
     * scale; row sums and outputs go over keys in ascending order, outputs in whole blocks of
     * {@link #ATTENTION_BLOCK}; the division by the row sum is one multiplication of the output by its reciprocal.
     * Stores the reciprocal row sum of row t in reciprocals[reciprocalsAt+t].
     *
     * @param exps {@link #attentionExps} floats from expsAt on, where the exps stay, in an order of the
     *     implementation's own
     * @param scale positive
     */
    void attention(
            float[] out, int outAt, int outLd, float[] exps, int expsAt, float[] reciprocals, int reciprocalsAt,
            float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded);

    /**
     * Gradients of {@link #attention}, from the exps and reciprocals that it left: with p = exp*reciprocal, dp =
     * dout*v^T and ds = p*(dp - sum over keys of p*dp)*scale: dq = r(ds*k), dk = r(ds^T*q), dv = r(p^T*dout); sums over
     * keys and queries in ascending order, the three outputs in whole blocks. dqkv is laid out as qkv.
     */
    void attentionBackward(
            float[] dqkv, float[] dout, int doutAt, int doutLd, float[] exps, int expsAt, float[] reciprocals,
            int reciprocalsAt, float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded);

    /**
     * gelu_new (Hendrycks and Gimpel 2016, the tanh form): 0.5x(1 + tanh(u)) with u = sqrt(2/pi)(x + 0.044715x^3),
     * computed as x*logistic(2u); one rounding at the output. Beyond 9.5 in magnitude the logistic is 0 or 1 to float
     * precision, and x is cut off where more of it could only overflow. The derivative, which needs the same exp, is
     * stored on the way, in float32.
     *
     * @param derivative gelu'(x); may be x
     */
    void gelu(float[] out, int outAt, float[] derivative, int derivativeAt, float[] x, int xAt, int n, boolean rounded);

    /**
     * gelu (Hendrycks and Gimpel 2016): x times the normal distribution function, x*(1 + erf(x/sqrt(2)))/2; one
     * rounding at the output. The function's smaller tail is exp(-x^2/2) times a polynomial, so that nothing cancels
     * for negative x. Beyond 12.5 in magnitude the tail is 0 to float precision. The derivative is stored on the way,
     * in float32.
     *
     * @param derivative gelu'(x); may be x
     */
    void geluErf(
            float[] out, int outAt, float[] derivative, int derivativeAt, float[] x, int xAt, int n, boolean rounded);

    /** dx = r(dout*derivative), with that of {@link #gelu} or {@link #geluErf}; dx may be dout. */
    void geluBackward(
            float[] dx, int dxAt, float[] dout, int doutAt, float[] derivative, int derivativeAt, int n,
            boolean rounded);

    /**
     * Softmax cross-entropy of rows of V logits and its gradient: losses[t] = log(sum(exp(logits))) - logits[target],
     * dlogits = r((softmax - onehot)*scale). A row with a negative target counts nothing: loss and gradient 0.
     * dlogits may be logits.
     */
    void crossEntropy(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, float[] logits, int logitsAt,
            int[] targets, int targetsAt, int rows, int vocabulary, float scale, boolean rounded);

    /**
     * {@link #crossEntropy} where every operation's output is rounded, as PyTorch computes it on the CPU for bf16
     * logits: the sum of exps, its log, log-probabilities o = r((logits - max) - r(log(r(sum)))) and the factor f =
     * r(scale); losses[t] = -o[target], dlogits = r(exp(o)*f - onehot*f).
     */
    void crossEntropyOfBf16(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, float[] logits, int logitsAt,
            int[] targets, int targetsAt, int rows, int vocabulary, float scale);

    /**
     * g[at+i] = r(sum over parts of parts[p][partsAt+i]), the parts joined by the fixed pairwise tree of
     * {@link LaneTree#joinParts}; with {@code accumulate}, r(g + that).
     */
    void joinParts(
            float[] g, int at, float[][] parts, int count, int partsAt, int n, boolean rounded, boolean accumulate);

    /** to[toAt+i] = r(x[at+i]) for i &lt; n. */
    void round(float[] to, int toAt, float[] x, int at, int n);

    /**
     * The bits of r(x[at+i]) for i &lt; n, two bytes each, the lower first, from byte toAt on: how values are recorded
     * in bfloat16.
     */
    void toBf16(MemorySegment to, long toAt, float[] x, int at, int n);

    /** As {@link #toBf16} of x[at+i] - y[yAt+i]. */
    void differencesToBf16(MemorySegment to, long toAt, float[] x, int at, float[] y, int yAt, int n);

    /** The bits of x[at+i] - y[yAt+i] for i &lt; n, four bytes each, the lowest first, from byte toAt on. */
    void differences(MemorySegment to, long toAt, float[] x, int at, float[] y, int yAt, int n);

    /** Sum of squares of n values, one fused multiply-add each, 16 virtual lanes. */
    float sumOfSquares(float[] x, int at, int n);

    /**
     * AdamW (Loshchilov and Hutter 2019) with one rounding per stored tensor, as in PyTorch's fused kernel: p -=
     * p*(lr*wd), m = fma(1-b1, g-m, m), v = fma((1-b2)*g, g, b2*v), p -= (lr/(1-b1^t))*m/(sqrt(v)/sqrt(1-b2^t)+eps), in
     * float32, where g is first multiplied by the clipping coefficient and rounded as gradients are. The two fused
     * multiply-adds are PyTorch's own: its compiler contracts them, and the reference trajectories differ without them.
     */
    void adamwFused(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep step);

    /**
     * AdamW as PyTorch's single-tensor sequence, each operation rounded as its tensor is stored: p.mul_(1-lr*wd),
     * m.lerp_(g, 1-b1), v.mul_(b2).addcmul_(g, g, 1-b2), (v.sqrt()/sqrt(1-b2^t)).add_(eps), p.addcdiv_(m, denom,
     * -lr/(1-b1^t)); lerp and addcmul fused as in {@link #adamwFused}, eps rounded as moments are.
     */
    void adamwPerOp(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep step);

    /**
     * {@link #adamwFused} with a parameter that is rounded to bfloat16 stochastically: up in magnitude with the
     * probability of its distance from the lower of its two neighbours, in units of theirs (Gupta et al. 2015). Each
     * element's bits come from the key of {@code step} and its own place, by {@link Threefry}.
     *
     * @param tensor what tells this tensor from others
     */
    void adamwStochastic(float[] p, float[] m, float[] v, float[] g, int at, int n, int tensor, AdamWStep step);

    /**
     * {@link #adamwFused} with bfloat16 parameters and a compensation c, also bfloat16, of what their rounding took
     * (Kahan 1965; for bfloat16 weights Zamirai et al. 2020): y = -p*(lr*wd) - (step as fused) + c, p' = r(p + y), c' =
     * r(y - (p' - p)).
     */
    void adamwKahan(float[] p, float[] c, float[] m, float[] v, float[] g, int at, int n, AdamWStep step);

    /**
     * Plain gradient descent without momentum: p = r(p - lr*g), after p = r(p - lr*wd*p) if there is decay. Reads the
     * learning rate, decay, clipping and roundings of {@code step}.
     */
    void sgd(float[] p, float[] g, int at, int n, AdamWStep step);

    /** p - lr*wd*p - lr*g, rounded as in {@link #adamwStochastic}. */
    void sgdStochastic(float[] p, float[] g, int at, int n, int tensor, AdamWStep step);

    /** y = -p*(lr*wd) - lr*g + c, and from there as {@link #adamwKahan}. */
    void sgdKahan(float[] p, float[] c, float[] g, int at, int n, AdamWStep step);
}
