package org.lilgatsby.model;

import org.lilgatsby.bf16.Format;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.PackedMatrix;
import org.lilgatsby.kernel.Slice;

/**
 * The parameters as the kernels read them: matrices packed for the products of forward and backward,
 * everything else where it is stored. Under bf16 compute, factors of linear layers are bf16, as under
 * PyTorch's autocast; parameters stored in float32 are rounded here for them, and only for them.
 */
final class Weights {
    /** The packed matrices of one block; {@code ...Back} are transposed, for the gradient of the input. */
    record Block(
            PackedMatrix attention, PackedMatrix attentionBack,
            PackedMatrix projection, PackedMatrix projectionBack,
            PackedMatrix hidden, PackedMatrix hiddenBack,
            PackedMatrix contraction, PackedMatrix contractionBack) {}

    final Block[] blocks;
    final PackedMatrix head;
    final PackedMatrix headBack;
    /** Parameters for embeddings and normalisation: as stored. */
    final float[] stored;
    /** Parameters for the biases of linear layers: rounded under bf16 compute. */
    final float[] linear;

    private final ParameterLayout layout;
    private final Kernels kernels;
    private final boolean rounding;

    Weights(ModelConfig config, ParameterLayout layout, PrecisionConfig precision, Kernels kernels, float[] parameters) {
        this.layout = layout;
        this.kernels = kernels;
        this.stored = parameters;
        this.rounding = precision.compute() == Format.BF16 && precision.parameters() == Format.F32;
        this.linear = rounding ? new float[parameters.length] : parameters;
        int c = config.width();
        int m = config.mlpWidth();
        blocks = new Block[config.layers()];
        for (int l = 0; l < blocks.length; l++) {
            blocks[l] = new Block(
                    kernels.packed(c, 3 * c), kernels.packed(3 * c, c),
                    kernels.packed(c, c), kernels.packed(c, c),
                    kernels.packed(c, m), kernels.packed(m, c),
                    kernels.packed(m, c), kernels.packed(c, m));
        }
        head = kernels.packed(c, config.vocabulary());
        headBack = kernels.packed(config.vocabulary(), c);
    }

    /** Packs again after the parameters changed; each worker its share of the matrices. */
    void pack(Slice slice) {
        pack(slice, 0, head, layout.head(), true);
        pack(slice, 1, headBack, layout.head(), false);
        for (int l = 0; l < blocks.length; l++) {
            ParameterLayout.Block from = layout.block(l);
            Block to = blocks[l];
            pack(slice, 0, to.attention, from.attention(), false);
            pack(slice, 1, to.attentionBack, from.attention(), true);
            pack(slice, 0, to.projection, from.projection(), false);
            pack(slice, 1, to.projectionBack, from.projection(), true);
            pack(slice, 0, to.hidden, from.hidden(), false);
            pack(slice, 1, to.hiddenBack, from.hidden(), true);
            pack(slice, 1, to.contraction, from.contraction(), false);
            pack(slice, 0, to.contractionBack, from.contraction(), true);
        }
        if (rounding) {
            int end = slice.to(linear.length);
            for (int i = slice.from(linear.length); i < end; i++) {
                linear[i] = Format.BF16.store(stored[i]);
            }
        }
    }

    /** Packs one matrix if it is of this worker's half; more than two workers gain nothing here. */
    private void pack(Slice slice, int half, PackedMatrix packed, ParameterTensor tensor, boolean transposed) {
        if (half % slice.size() == slice.index()) {
            kernels.pack(packed, stored, tensor.at(), tensor.columns(), transposed, rounding);
        }
    }
}
