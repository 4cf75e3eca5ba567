package org.lilgatsby.model;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;
import static org.lilgatsby.settings.Settings.requireWithin;

import org.lilgatsby.settings.SettingException;

/**
 * The shape of a GPT-2: learned positions, pre-norm blocks of causal attention and a gelu_new MLP, no dropout.
 *
 * @param vocabulary V, number of token ids
 * @param width D, components of an embedding
 * @param layers L, number of blocks
 * @param heads NH, attention heads a block; divides {@code width}
 * @param context T, the longest sequence and the number of learned positions
 * @param norm the normalisation before attention, before the MLP and at the end
 * @param tied whether the output head is the embedding matrix itself
 */
public record ModelConfig(int vocabulary, int width, int layers, int heads, int context, Norm norm, boolean tied) {
    /** The normalisation of the residual stream. */
    public enum Norm {
        /** Mean and variance, with scale and shift; epsilon 1e-5. */
        LAYER_NORM("layernorm"),
        /** Root mean square, with scale only; epsilon 1e-5. */
        RMS_NORM("rmsnorm");

        private final String key;

        Norm(String key) {
            this.key = key;
        }

        /** The name in configurations: {@code layernorm}, {@code rmsnorm}. */
        @Override
        public String toString() {
            return key;
        }
    }

    /** @throws SettingException if a value is out of its range or the heads do not divide the width */
    public ModelConfig {
        requireWithin("model.vocabulary", vocabulary, 2, 1 << 20);
        requireWithin("model.width", width, 1, 1 << 16);
        requireWithin("model.layers", layers, 1, 1 << 10);
        requireWithin("model.heads", heads, 1, 1 << 10);
        requireWithin("model.context", context, 2, 1 << 16);
        requirePresent("model.norm", norm);
        require(
                width % heads == 0,
                "",
                "model.heads is %d, which does not divide model.width, %d".formatted(heads, width));
    }

    /** Components of one head's queries, keys and values: D / NH. */
    public int headSize() {
        return width / heads;
    }

    /** Width of the MLP's hidden layer: 4 D. */
    public int mlpWidth() {
        return 4 * width;
    }

    /**
     * Number of trained parameters. A block has 12 D² weights and 9 D biases in its four linear layers, and two norms;
     * one more norm follows the last block.
     */
    public long parameterCount() {
        long d = width;
        long aNorm = norm == Norm.LAYER_NORM ? 2 * d : d;
        long aBlock = 12 * d * d + 9 * d + 2 * aNorm;
        long matrices = tied ? 1 : 2;
        return matrices * vocabulary * d + context * d + layers * aBlock + aNorm;
    }
}
