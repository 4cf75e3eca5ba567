package org.lilgatsby.model;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;

import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.PackedMatrix;
import org.lilgatsby.kernel.Worker;

/**
 * GPT-2 (Radford et al. 2019), forward and backward for one sequence of T positions. The methods are run
 * by one worker, or by a team in step: rows of a matrix and heads are cut among the workers, who wait
 * for each other where one needs what another made. Every output of an operation is rounded where it is
 * stored, if {@code compute} is bf16; under autocast, the residual stream, what enters it and its gradient are not.
 */
final class Network {
    private static final float EPS = 1e-5f;

    private final Kernels k;
    private final Gpt2Layout layout;
    private final Weights w;
    private final boolean rounded; // products
    private final boolean streamRounded;
    private final boolean lossRounded;
    private final boolean centered;
    private final int positions; // T
    private final int width; // C
    private final int hiddenWidth; // F
    private final int vocabulary; // V
    private final int layers; // L
    private final int heads; // NH
    private final int headSize; // HS
    private final float scale; // 1/sqrt(HS)
    private final boolean erf; // whether the MLP's gelu is the one of erf
    private final float[] noShift; // [C] zeros, for layer norms without biases

    Network(ModelConfig config, PrecisionConfig precision, Gpt2Layout layout, Weights weights, Kernels kernels) {
        this.k = kernels;
        this.layout = layout;
        this.w = weights;
        this.rounded = precision.compute().roundsProducts();
        this.streamRounded = precision.compute().roundsStream();
        this.lossRounded = precision.loss() == PrecisionConfig.Loss.BF16;
        this.centered = config.norm() == ModelConfig.Norm.LAYER_NORM;
        this.positions = config.context();
        this.width = config.width();
        this.hiddenWidth = config.ffn();
        this.vocabulary = config.vocabulary();
        this.layers = config.layers();
        this.heads = config.heads();
        this.headSize = config.headSize();
        this.scale = (float) (1 / Math.sqrt(headSize));
        this.erf = config.activation() == ModelConfig.Activation.GELU;
        this.noShift = new float[width];
    }

    /** Token ids to the head's input: a.normFinal, rows of this worker. */
    void forward(Worker s, Activations a, int[] ids, int idsAt) {
        int from = s.from(positions);
        int rows = s.to(positions) - from;
        int x = ALIGNED_OFFSET + from * width;
        int wpe = layout.wpe().at() + from * width;
        k.embed(
                a.residual[0], x, w.stored, layout.wte().at(), w.stored, wpe, ids, idsAt + from, rows, width,
                streamRounded);
        for (int l = 0; l < layers; l++) {
            Gpt2Layout.Block p = layout.block(l);
            Weights.Block b = w.blocks[l];
            norm(a.norm1[l], a, 2 * l, p.norm1(), p.norm1Bias(), from, rows);
            multiply(a.qkv[l], null, a.norm1[l], b.attention(), p.attentionBias(), from, rows);
            s.await();
            for (int h = s.index(); h < heads; h += s.size()) {
                int q = ALIGNED_OFFSET + h * headSize;
                k.attention(
                        a.attention[l], q, width,
                        a.attentionExps[l][h], ALIGNED_OFFSET, a.attentionReciprocals[l], h * positions,
                        a.qkv[l], q, width + q, 2 * width + q, 3 * width,
                        a.scratch[h], positions, headSize, scale, rounded);
            }
            s.await();
            float[] before = a.residual[2 * l];
            float[] middle = a.residual[2 * l + 1];
            addProduct(middle, before, a.attention[l], b.projection(), p.projectionBias(), from, rows);
            norm(a.norm2[l], a, 2 * l + 1, p.norm2(), p.norm2Bias(), from, rows);
            multiply(a.hidden[l], null, a.norm2[l], b.mlpUp(), p.mlpUpBias(), from, rows);
            int at = ALIGNED_OFFSET + from * hiddenWidth;
            if (erf) {
                k.geluErf(a.activated[l], at, a.hidden[l], at, a.hidden[l], at, rows * hiddenWidth, rounded);
            } else {
                k.gelu(a.activated[l], at, a.hidden[l], at, a.hidden[l], at, rows * hiddenWidth, rounded);
            }
            addProduct(a.residual[2 * l + 2], middle, a.activated[l], b.mlpDown(), p.mlpDownBias(), from, rows);
        }
        norm(a.normFinal, a, 2 * layers, layout.finalNorm(), layout.finalNormBias(), from, rows);
    }

    /** Logits of positions first..first+count, rows of this worker, at the beginning of a.logits. */
    private void logits(Worker s, Activations a, int first, int count) {
        int from = s.from(count);
        k.multiply(
                a.logits, ALIGNED_OFFSET + from * vocabulary, vocabulary, null,
                a.normFinal, ALIGNED_OFFSET + (first + from) * width, width,
                w.head, null, 0, s.to(count) - from, rounded);
    }

    /** The head's input to all logits, [T*V], by one worker. */
    void logits(Worker alone, Activations a, float[] logits) {
        for (int first = 0; first < positions; first += a.headRows) {
            int count = Math.min(a.headRows, positions - first);
            logits(alone, a, first, count);
            System.arraycopy(a.logits, ALIGNED_OFFSET, logits, first * vocabulary, count * vocabulary);
        }
    }

    /**
     * The head, forward and backward: a few positions at a time, so that their logits stay in the cache. Sums over
     * positions continue where those of the positions before ended, in the same order.
     *
     * @param last takes the logits of the last position, [V], unless null
     */
    private void head(
            Worker s, Activations a, int[] targets, int targetsAt, float[] part, boolean accumulate, float lossScale,
            float[] last) {
        ParameterTensor weight = layout.head();
        for (int first = 0; first < positions; first += a.headRows) {
            int count = Math.min(a.headRows, positions - first);
            int from = s.from(count);
            int rows = s.to(count) - from;
            int v = ALIGNED_OFFSET + from * vocabulary;
            int x = ALIGNED_OFFSET + (first + from) * width;
            logits(s, a, first, count);
            if (last != null && rows > 0 && first + from + rows == positions) {
                System.arraycopy(a.logits, v + (rows - 1) * vocabulary, last, 0, vocabulary);
            }
            if (lossRounded) {
                k.crossEntropyOfBf16(
                        a.losses, first + from, a.logits, v, a.logits, v, targets, targetsAt + first + from,
                        rows, vocabulary, lossScale);
            } else {
                k.crossEntropy(
                        a.losses, first + from, a.logits, v, a.logits, v, targets, targetsAt + first + from,
                        rows, vocabulary, lossScale, rounded);
            }
            k.multiply(a.dnormFinal, x, width, null, a.logits, v, vocabulary, w.headBack, null, 0, rows, rounded);
            s.await();
            int token = s.from(vocabulary);
            if (token < s.to(vocabulary)) {
                k.weightGradient(
                        part, weight.at(), width, a.logits, ALIGNED_OFFSET, vocabulary,
                        a.normFinal, ALIGNED_OFFSET + first * width, width,
                        count, token, s.to(vocabulary), width, accumulate || first > 0);
            }
            s.await();
        }
    }

    /**
     * The head's input and targets to the sums of every gradient, and the loss of each position.
     *
     * @param part where the sums go, laid out by {@link ParameterLayout}, the lookups at {@code lookupAt}
     * @param accumulate whether to add to what is there
     * @param lossScale factor of each position's loss in the gradient
     * @param last takes the logits of the last position, [V], unless null
     */
    void backward(
            Worker s, Activations a, int[] ids, int idsAt, int[] targets, int targetsAt,
            float[] part, int lookupAt, boolean accumulate, float lossScale, float[] last) {
        int from = s.from(positions);
        int rows = s.to(positions) - from;
        if (s.size() > 1 && a.headRows < positions) {
            s.await(); // the head's rows are cut otherwise than those of forward
        }
        head(s, a, targets, targetsAt, part, accumulate, lossScale, last);
        float[] dout = a.dresidual[0];
        normBackward(dout, null, a.dnormFinal, a, 2 * layers, layout.finalNorm(), from, rows);

        for (int l = layers - 1; l >= 0; l--) {
            Gpt2Layout.Block p = layout.block(l);
            Weights.Block b = w.blocks[l];
            // rows: back through the MLP to the output of attention
            float[] doutFactor = factor(a, 0, dout, from, rows);
            multiply(a.dhidden, null, doutFactor, b.mlpDownBack(), null, from, rows);
            int at = ALIGNED_OFFSET + from * hiddenWidth;
            k.geluBackward(a.dhidden, at, a.dhidden, at, a.hidden[l], at, rows * hiddenWidth, rounded);
            multiply(a.dnorm2, null, a.dhidden, b.mlpUpBack(), null, from, rows);
            normBackward(a.dmiddle, dout, a.dnorm2, a, 2 * l + 1, p.norm2(), from, rows);
            float[] dmiddleFactor = factor(a, 1, a.dmiddle, from, rows);
            multiply(a.dattention, null, dmiddleFactor, b.projectionBack(), null, from, rows);
            s.await();
            // heads, and the parameter gradients whose inputs are complete
            for (int h = s.index(); h < heads; h += s.size()) {
                int q = ALIGNED_OFFSET + h * headSize;
                k.attentionBackward(
                        a.dqkv, a.dattention, q, width,
                        a.attentionExps[l][h], ALIGNED_OFFSET, a.attentionReciprocals[l], h * positions,
                        a.qkv[l], q, width + q, 2 * width + q, 3 * width,
                        a.scratch[h], positions, headSize, scale, rounded);
            }
            // two of equal cost: of two workers each has one, and reads less than for half of each
            linearGradient(s, 0, 2, part, p.mlpUp(), p.mlpUpBias(), a.norm2[l], a.dhidden, accumulate);
            linearGradient(s, 1, 2, part, p.mlpDown(), p.mlpDownBias(), a.activated[l], doutFactor, accumulate);
            normGradient(s, part, p.norm2(), p.norm2Bias(), a.dnorm2, a, 2 * l + 1, accumulate);
            linearGradient(
                    s, 0, 1, part, p.projection(), p.projectionBias(), a.attention[l], dmiddleFactor, accumulate);
            if (l == layers - 1) {
                normGradient(
                        s, part, layout.finalNorm(), layout.finalNormBias(), a.dnormFinal, a, 2 * layers, accumulate);
            } else {
                firstNormGradient(s, part, l + 1, a, accumulate);
            }
            s.await();
            // rows: back through attention's input to the input of the block
            linearGradient(s, 0, 1, part, p.attention(), p.attentionBias(), a.norm1[l], a.dqkv, accumulate);
            multiply(a.dnorm1, null, a.dqkv, b.attentionBack(), null, from, rows);
            float[] din = a.dresidual[(layers - l) % 2];
            normBackward(din, a.dmiddle, a.dnorm1, a, 2 * l, p.norm1(), from, rows);
            dout = din;
        }
        s.await();
        firstNormGradient(s, part, 0, a, accumulate);
        int x = from * width;
        k.add(part, layout.wpe().at() + x, dout, ALIGNED_OFFSET + x, rows * width, accumulate);
        int columns = s.from(width);
        k.embedBackward(part, lookupAt, dout, ALIGNED_OFFSET, ids, idsAt, positions, width, columns, s.to(width));
        s.await();
    }

    private void norm(
            float[] out, Activations a, int i, ParameterTensor weight, ParameterTensor bias, int from, int rows) {
        int at = ALIGNED_OFFSET + from * width;
        k.norm(
                out, at, a.stats[i], 2 * from, a.residual[i], at, w.stored, weight.at(),
                bias == null ? noShift : w.stored, bias == null ? 0 : bias.at(), rows, width, EPS, centered, rounded);
    }

    private void normBackward(
            float[] dx, float[] around, float[] dout, Activations a, int i, ParameterTensor weight,
            int from, int rows) {
        int at = ALIGNED_OFFSET + from * width;
        k.normBackward(
                dx, at, around, dout, at, a.residual[i], at, a.stats[i], 2 * from, w.stored, weight.at(),
                rows, width, centered, streamRounded);
    }

    /** Adds a product to the residual stream; both are rounded, or the product alone. */
    private void addProduct(
            float[] out, float[] residual, float[] in, PackedMatrix b, ParameterTensor bias, int from, int rows) {
        if (rounded == streamRounded) {
            multiply(out, residual, in, b, bias, from, rows);
        } else {
            multiply(out, null, in, b, bias, from, rows);
            int at = ALIGNED_OFFSET + from * width;
            k.add(out, at, residual, at, rows * width, true);
        }
    }

    /** A gradient of the residual stream as a factor of products: itself, or a rounded copy of this worker's rows. */
    private float[] factor(Activations a, int place, float[] gradient, int from, int rows) {
        if (rounded == streamRounded) {
            return gradient;
        }
        int at = ALIGNED_OFFSET + from * width;
        k.round(a.dfactor[place], at, gradient, at, rows * width);
        return a.dfactor[place];
    }

    private void multiply(
            float[] out, float[] residual, float[] in, PackedMatrix b, ParameterTensor bias,
            int from, int rows) {
        k.multiply(
                out, ALIGNED_OFFSET + from * b.columns(), b.columns(), residual,
                in, ALIGNED_OFFSET + from * b.rows(), b.rows(), b,
                bias == null ? null : w.linear, bias == null ? 0 : bias.at(), rows, rounded);
    }

    /** dW = in^T * dout for a weight [in, out], this worker's rows of it; db = column sums of dout. */
    private void linearGradient(
            Worker s, int place, int count, float[] part, ParameterTensor weight, ParameterTensor bias,
            float[] in, float[] dout, boolean accumulate) {
        int from = s.from(weight.rows(), place, count);
        int to = s.to(weight.rows(), place, count);
        if (from < to) {
            k.weightGradient(
                    part, weight.at(), weight.columns(),
                    in, ALIGNED_OFFSET, weight.rows(), dout, ALIGNED_OFFSET, weight.columns(),
                    positions, from, to, weight.columns(), accumulate);
        }
        if (bias != null) {
            int n = bias.size();
            k.columnSums(
                    part, bias.at(), dout, ALIGNED_OFFSET, n, positions,
                    s.from(n, place, count), s.to(n, place, count), accumulate);
        }
    }

    private void firstNormGradient(Worker s, float[] part, int l, Activations a, boolean accumulate) {
        Gpt2Layout.Block p = layout.block(l);
        normGradient(s, part, p.norm1(), p.norm1Bias(), a.dnorm1, a, 2 * l, accumulate);
    }

    private void normGradient(
            Worker s, float[] part, ParameterTensor weight, ParameterTensor bias, float[] dout, Activations a, int i,
            boolean accumulate) {
        k.normParameterGradient(
                part, weight.at(), part, bias == null ? 0 : bias.at(),
                dout, ALIGNED_OFFSET, a.residual[i], ALIGNED_OFFSET, a.stats[i], 0,
                positions, width, s.from(width), s.to(width), bias != null, accumulate);
    }
}
