package org.lilgatsby.model;

import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.BalancedPartition;
import org.lilgatsby.kernel.CacheLine;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.Worker;

/**
 * The gradient of every parameter. The sequences of a batch are cut by {@link BatchPartition}; each part sums its
 * sequences in order, in float32, and the parts are joined in a fixed tree. The result does not depend on the number of
 * workers, nor on which worker computes which part.
 */
final class Gradients {
    private static final float[] NONE = {};

    private final float[][] parts; // [parts], laid out by Gpt2Layout, then V*C lookups if tied
    private final float[] joined; // laid out by Gpt2Layout
    private final float[][] tiedPair; // [2][V*C] from FIRST on if tied: from the head, from the lookups
    private final Gpt2Layout layout;
    private final Kernels kernels;
    private final boolean rounded;
    private final boolean productsRounded; // under autocast, whatever is stored
    private final boolean tied;

    Gradients(ModelConfig config, PrecisionConfig precision, Gpt2Layout layout, Kernels kernels, int batch) {
        this(config, precision, layout, kernels, batch, Room.made());
    }

    private Gradients(
            ModelConfig config, PrecisionConfig precision, Gpt2Layout layout, Kernels kernels, int batch, Room room) {
        this.layout = layout;
        this.kernels = kernels;
        this.rounded = precision.gradients() == Precision.BF16;
        this.productsRounded = rounded || precision.compute() == PrecisionConfig.Compute.AUTOCAST;
        this.tied = config.tied();
        int lookups = tied ? layout.wte().size() : 0;
        parts = room.plain(BatchPartition.most(batch), Math.addExact(layout.length(), lookups));
        joined = room.plain(layout.length());
        tiedPair = room.floats(2, lookups);
    }

    /** Bytes of all these arrays. */
    static long bytes(ModelConfig config, PrecisionConfig precision, Gpt2Layout layout, Kernels kernels, int batch) {
        Room room = Room.counted();
        new Gradients(config, precision, layout, kernels, batch, room);
        return room.bytes();
    }

    /** The sums of part {@code index}, laid out by {@link ParameterLayout}, then the lookups if tied. */
    float[] part(int index) {
        return parts[index];
    }

    /** Offset in a part of the gradient from the lookups: wte's own offset unless the head uses that too. */
    int lookupAt() {
        return tied ? layout.length() : layout.wte().at();
    }

    /**
     * Joins the parts of one micro-batch into the gradient; each worker joins its own tensors. The tied matrix is
     * r(r(from the head) + r(from the lookups)). Under autocast, what comes from products is rounded before it is
     * stored in float32, as PyTorch casts it back.
     *
     * @param accumulate whether to add to the existing gradient, in the stored precision
     */
    void join(Worker slice, BalancedPartition shares, int sequences, boolean accumulate) {
        int count = BatchPartition.count(sequences);
        for (int i = 0; i < layout.count(); i++) {
            if (!shares.belongsTo(slice, i)) {
                continue;
            }
            ParameterTensor tensor = layout.tensor(i);
            int n = tensor.size();
            if (tied && tensor == layout.wte()) {
                kernels.joinParts(
                        tiedPair[0], CacheLine.ALIGNED_OFFSET, parts, count, tensor.at(), n, productsRounded, false);
                kernels.joinParts(tiedPair[1], CacheLine.ALIGNED_OFFSET, parts, count, lookupAt(), n, rounded, false);
                kernels.joinParts(joined, tensor.at(), tiedPair, 2, CacheLine.ALIGNED_OFFSET, n, rounded, accumulate);
            } else if (productsRounded != rounded && layout.isOfProduct(tensor)) {
                float[] sum = accumulate ? parts[0] : joined;
                kernels.joinParts(sum, tensor.at(), parts, count, tensor.at(), n, true, false);
                if (accumulate) {
                    kernels.add(joined, tensor.at(), sum, tensor.at(), n, true);
                }
            } else {
                kernels.joinParts(joined, tensor.at(), parts, count, tensor.at(), n, rounded, accumulate);
            }
        }
    }

    /** Part of the gradient of a tied matrix: 0 from the head, 1 from the lookups; empty if it is not tied. */
    float[] tiedPart(int part) {
        return tied ? tiedPair[part] : NONE;
    }

    /** The gradient, laid out by {@link ParameterLayout}; rounded if gradients are stored as bf16. */
    float[] values() {
        return joined;
    }
}
