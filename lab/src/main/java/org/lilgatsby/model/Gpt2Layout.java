package org.lilgatsby.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.lilgatsby.settings.SettingException;

/**
 * The parameters of a GPT-2 in Hugging Face's order: wte, wpe, the blocks, ln_f, and the output head if it is not tied.
 * Weights of linear layers are [in, out] (Conv1D).
 */
public final class Gpt2Layout extends ParameterLayout {
    /** The tensors of one block. Biases are null where the model has none; those of norms under RMSNorm, too. */
    public record Block(
            ParameterTensor norm1,
            ParameterTensor norm1Bias,
            ParameterTensor attention,
            ParameterTensor attentionBias,
            ParameterTensor projection,
            ParameterTensor projectionBias,
            ParameterTensor norm2,
            ParameterTensor norm2Bias,
            ParameterTensor mlpUp,
            ParameterTensor mlpUpBias,
            ParameterTensor mlpDown,
            ParameterTensor mlpDownBias) {
        /** Those that are there. */
        List<ParameterTensor> tensors() {
            return Stream.of(
                            norm1,
                            norm1Bias,
                            attention,
                            attentionBias,
                            projection,
                            projectionBias,
                            norm2,
                            norm2Bias,
                            mlpUp,
                            mlpUpBias,
                            mlpDown,
                            mlpDownBias)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    private final List<Block> blocks = new ArrayList<>();
    private final ParameterTensor wte;
    private final ParameterTensor wpe;
    private final ParameterTensor finalNorm;
    private final ParameterTensor finalNormBias;
    private final ParameterTensor head;

    /**
     * Lays out the parameters of a model.
     *
     * @throws SettingException if one array cannot hold them
     */
    public Gpt2Layout(ModelConfig config) {
        if (config.parameterCount() > Integer.MAX_VALUE - 64) {
            throw new SettingException(
                    "model",
                    "the model has %d parameters; at most %d are possible"
                            .formatted(config.parameterCount(), Integer.MAX_VALUE - 64));
        }
        boolean shifts = config.shiftsNorms();
        boolean biases = config.biases();
        int c = config.width();
        wte = matrix("transformer.wte.weight", config.vocabulary(), c);
        wpe = matrix("transformer.wpe.weight", config.context(), c);
        for (int l = 0; l < config.layers(); l++) {
            String h = "transformer.h." + l + ".";
            blocks.add(new Block(
                    vector(h + "ln_1.weight", c),
                    shifts ? vector(h + "ln_1.bias", c) : null,
                    matrix(h + "attn.c_attn.weight", c, 3 * c),
                    biases ? vector(h + "attn.c_attn.bias", 3 * c) : null,
                    matrix(h + "attn.c_proj.weight", c, c),
                    biases ? vector(h + "attn.c_proj.bias", c) : null,
                    vector(h + "ln_2.weight", c),
                    shifts ? vector(h + "ln_2.bias", c) : null,
                    matrix(h + "mlp.c_fc.weight", c, config.ffn()),
                    biases ? vector(h + "mlp.c_fc.bias", config.ffn()) : null,
                    matrix(h + "mlp.c_proj.weight", config.ffn(), c),
                    biases ? vector(h + "mlp.c_proj.bias", c) : null));
        }
        finalNorm = vector("transformer.ln_f.weight", c);
        finalNormBias = shifts ? vector("transformer.ln_f.bias", c) : null;
        head = config.tied() ? wte : matrix("lm_head.weight", config.vocabulary(), c);
    }

    /** Block l of {@link #blocks}. */
    public Block block(int l) {
        return blocks.get(l);
    }

    @Override
    public ParameterTensor wte() {
        return wte;
    }

    /** The position embeddings, [T, C]. */
    public ParameterTensor wpe() {
        return wpe;
    }

    /** The blocks, first to last. */
    public List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /** Scale of the last normalisation, [C]. */
    public ParameterTensor finalNorm() {
        return finalNorm;
    }

    /** Shift of the last normalisation, [C], or null. */
    public ParameterTensor finalNormBias() {
        return finalNormBias;
    }

    @Override
    public ParameterTensor head() {
        return head;
    }

    /** Whether a tensor is a factor of a linear layer or the output head, which kernels read packed. */
    boolean isFactor(ParameterTensor tensor) {
        return tensor == head || !tensor.vector() && tensor != wte && tensor != wpe;
    }

    /** Whether a tensor is such a factor or the bias of a linear layer: whether its gradient comes from a product. */
    boolean isOfProduct(ParameterTensor tensor) {
        return isFactor(tensor) || tensor.vector() && !tensor.name().contains(".ln_");
    }
}
