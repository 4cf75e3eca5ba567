package org.lilgatsby.model;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;
import static org.lilgatsby.settings.Settings.requireWithin;

import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.SettingException;

/**
 * The shape of a GPT-2: learned positions, pre-norm blocks of causal attention and an MLP, no dropout.
 *
 * @param vocabulary V, number of token ids
 * @param width D, components of an embedding
 * @param layers L, number of blocks
 * @param heads NH, attention heads a block; divides {@code width}
 * @param context T, the longest sequence and the number of learned positions
 * @param norm the normalisation before attention, before the MLP and at the end
 * @param tied whether the output head is the embedding matrix itself
 * @param activation the function between the two layers of the MLP
 * @param ffn hidden units of the MLP
 * @param biases whether linear layers and norms have biases; without, the sums start from 0
 */
public record ModelConfig(
        int vocabulary,
        @Setting("components of an embedding") int width,
        int layers,
        int heads,
        int context,
        Norm norm,
        boolean tied,
        Activation activation,
        @Setting("hidden units of the MLP") int ffn,

        boolean biases) {
    /** Width of GPT-2's own MLP, as a multiple of the model's. */
    public static final int USUAL_FFN = 4;

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

    /** The function between the two layers of the MLP; its name in configurations is Hugging Face's. */
    public enum Activation {
        /** x times the normal distribution function, its tanh form (Hendrycks and Gimpel 2016). */
        GELU_NEW("gelu_new"),
        /** x times the normal distribution function itself, by erf. */
        GELU("gelu");

        private final String key;

        Activation(String key) {
            this.key = key;
        }

        /** The name in configurations: {@code gelu_new}, {@code gelu}. */
        @Override
        public String toString() {
            return key;
        }
    }

    /** A model with GPT-2's own MLP, 4 D wide with gelu_new, and all biases. */
    public ModelConfig(int vocabulary, int width, int layers, int heads, int context, Norm norm, boolean tied) {
        this(vocabulary, width, layers, heads, context, norm, tied, Activation.GELU_NEW, USUAL_FFN * width, true);
    }

    /** @throws SettingException if a value is out of its range or the heads do not divide the width */
    public ModelConfig {
        requireWithin("model.vocabulary", vocabulary, 2, 1 << 20);
        requireWithin("model.width", width, 1, 1 << 16);
        requireWithin("model.layers", layers, 1, 1 << 10);
        requireWithin("model.heads", heads, 1, 1 << 10);
        requireWithin("model.context", context, 2, 1 << 16);
        requirePresent("model.norm", norm);
        requirePresent("model.activation", activation);
        requireWithin("model.ffn", ffn, 1, 1 << 18);
        require(
                width % heads == 0,
                "",
                () -> "model.heads is %d, which does not divide model.width, %d".formatted(heads, width));
    }

    /** Components of one head's queries, keys and values: D / NH. */
    public int headSize() {
        return width / heads;
    }

    /** Whether norms have a shift: a layer norm with biases. */
    public boolean shiftsNorms() {
        return norm == Norm.LAYER_NORM && biases;
    }

    /**
     * Number of trained parameters. A block has 4 D² + 2 D F weights in its four linear layers, F = {@code ffn}, 5 D +
     * F biases, and two norms; one more norm follows the last block.
     */
    public long parameterCount() {
        long d = width;
        long aNorm = shiftsNorms() ? 2 * d : d;
        long aBlock = 4 * d * d + 2 * d * ffn + (biases ? 5 * d + ffn : 0) + 2 * aNorm;
        long matrices = tied ? 1 : 2;
        return matrices * vocabulary * d + context * d + layers * aBlock + aNorm;
    }
}
