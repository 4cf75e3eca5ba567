package org.lilgatsby.model;

/**
 * The start of a model whose blocks are PyTorch's {@code nn.TransformerEncoderLayer}: tokens and positions as
 * {@code nn.Embedding} draws them, which are replaced; then the layers, each the draws of its constructor; then tokens
 * and positions from their own normals. {@code nn.TransformerEncoder} draws one layer and clones it, so that all are
 * equal. A head of its own is drawn last, N(0, 0.02).
 */
final class EncoderLayers {
    private final ModelConfig model;
    private final Gpt2Layout layout;
    private final ParameterDraws draws;

    EncoderLayers(ModelConfig model, Gpt2Layout layout, ParameterDraws draws) {
        this.model = model;
        this.layout = layout;
        this.draws = draws;
    }

    /**
     * Draws all parameters.
     *
     * @param cloned whether all layers are copies of the first
     * @param tokens standard deviation of the token embeddings
     * @param positions standard deviation of the position embeddings
     */
    void draw(boolean cloned, float tokens, float positions) {
        draws.skipNormal(layout.wte());
        draws.skipNormal(layout.wpe());
        for (Gpt2Layout.Block block : layout.blocks()) {
            if (cloned && block != layout.block(0)) {
                copy(layout.block(0), block);
            } else {
                layer(block);
            }
        }
        draws.ones(layout.finalNorm());
        draws.rows(layout.wte(), tokens);
        draws.normal(layout.wpe(), positions);
        if (!model.tied()) {
            draws.normal(layout.head(), Gpt2Initialization.STD);
        }
    }

    /**
     * In the order of the constructors: out_proj, in_proj, linear1, linear2. Biases of attention are set to 0 after
     * that.
     */
    private void layer(Gpt2Layout.Block block) {
        int width = model.width();
        int ffn = model.ffn();
        draws.uniformTransposed(block.projection(), ofWeight(width));
        if (model.biases()) {
            draws.skipUniform(width);
        }
        draws.uniformTransposed(block.attention(), xavier(width, 3 * width));
        linear(block.mlpUp(), block.mlpUpBias(), width);
        linear(block.mlpDown(), block.mlpDownBias(), ffn);
        draws.ones(block.norm1());
        draws.ones(block.norm2());
    }

    private void linear(ParameterTensor weight, ParameterTensor bias, int in) {
        draws.uniformTransposed(weight, ofWeight(in));
        if (bias != null) {
            draws.uniform(bias, 1 / Math.sqrt(in));
        }
    }

    /** {@code kaiming_uniform_} with a = sqrt(5), as {@code nn.Linear} calls it: 1/sqrt(in), by way of gain and std. */
    private static double ofWeight(int in) {
        double a = Math.sqrt(5);
        double gain = Math.sqrt(2 / (1 + a * a));
        return Math.sqrt(3) * (gain / Math.sqrt(in));
    }

    /** {@code xavier_uniform_}: sqrt(6/(in + out)), by way of std. */
    private static double xavier(int in, int out) {
        return Math.sqrt(3) * Math.sqrt(2.0 / (in + out));
    }

    private void copy(Gpt2Layout.Block from, Gpt2Layout.Block to) {
        for (int i = 0; i < from.tensors().size(); i++) {
            draws.copy(from.tensors().get(i), to.tensors().get(i));
        }
    }
}
