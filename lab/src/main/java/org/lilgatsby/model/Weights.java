package org.lilgatsby.model;

import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.PackedMatrix;

/**
 * The parameters as the kernels read them: matrices packed for the products of forward and backward, everything else
 * where it is stored. Unless compute is f32, factors of linear layers are bf16; parameters stored in float32 are
 * rounded here for these products only.
 */
final class Weights {
    /** The packed matrices of one block; {@code ...Back} are transposed, for the gradient of the input. */
    record Block(
            PackedMatrix attention,
            PackedMatrix attentionBack,
            PackedMatrix projection,
            PackedMatrix projectionBack,
            PackedMatrix mlpUp,
            PackedMatrix mlpUpBack,
            PackedMatrix mlpDown,
            PackedMatrix mlpDownBack) {}

    final Block[] blocks;
    final PackedMatrix head;
    final PackedMatrix headBack;
    /** Parameters for embeddings and normalisation: as stored. */
    final float[] stored;
    /** Parameters for the biases of linear layers: rounded unless compute is f32. */
    final float[] linear;

    private final Gpt2Layout layout;
    private final PackedMatrix[] asStored; // a place for each tensor, null unless it is a factor of a linear layer
    private final PackedMatrix[] transposed; // the same
    private final Kernels kernels;
    private final boolean rounding;

    Weights(ModelConfig config, Gpt2Layout layout, PrecisionConfig precision, Kernels kernels, float[] parameters) {
        this.layout = layout;
        this.kernels = kernels;
        this.stored = parameters;
        this.rounding = isRounded(precision);
        this.linear = rounding ? new float[parameters.length] : parameters;
        int c = config.width();
        int m = config.ffn();
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
        asStored = new PackedMatrix[layout.count()];
        transposed = new PackedMatrix[layout.count()];
        set(layout.head(), headBack, head);
        for (int l = 0; l < blocks.length; l++) {
            Gpt2Layout.Block from = layout.block(l);
            set(from.attention(), blocks[l].attention(), blocks[l].attentionBack());
            set(from.projection(), blocks[l].projection(), blocks[l].projectionBack());
            set(from.mlpUp(), blocks[l].mlpUp(), blocks[l].mlpUpBack());
            set(from.mlpDown(), blocks[l].mlpDown(), blocks[l].mlpDownBack());
        }
    }

    private static boolean isRounded(PrecisionConfig precision) {
        return precision.compute().roundsProducts() && precision.parameters() == Precision.F32;
    }

    /** Bytes of the packed and rounded copies. */
    static long bytes(ModelConfig config, Gpt2Layout layout, PrecisionConfig precision, Kernels kernels) {
        long bytes = isRounded(precision) ? (long) Float.BYTES * layout.length() : 0;
        for (ParameterTensor tensor : layout.tensors()) {
            if (layout.isFactor(tensor)) {
                bytes += kernels.packedBytes(tensor.rows(), tensor.columns())
                        + kernels.packedBytes(tensor.columns(), tensor.rows());
            }
        }
        return bytes;
    }

    private void set(ParameterTensor tensor, PackedMatrix asIs, PackedMatrix turned) {
        int i = layout.tensors().indexOf(tensor);
        asStored[i] = asIs;
        transposed[i] = turned;
    }

    /** Whether a tensor is packed. */
    boolean packs(int tensor) {
        return asStored[tensor] != null;
    }

    /** Packs a tensor again after a change. */
    void pack(int tensor) {
        ParameterTensor changed = layout.tensor(tensor);
        if (packs(tensor)) {
            int columns = changed.columns();
            kernels.pack(asStored[tensor], stored, changed.at(), columns, false, rounding);
            kernels.pack(transposed[tensor], stored, changed.at(), columns, true, rounding);
        }
        if (rounding) {
            for (int i = changed.at(); i < changed.end(); i++) {
                linear[i] = Precision.BF16.store(stored[i]);
            }
        }
    }
}
