package org.lilgatsby.model;

import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.Kernels;

/**
 * The one place where a configuration becomes a model, its layout and its state before training. All other code knows
 * only {@link Model}, {@link ParameterLayout} and {@link InitialState}.
 */
public final class Models {
    private Models() {}

    /**
     * A model with room for batches.
     *
     * @param initial parameters as stored, laid out by {@link #layout}; copied
     * @param batch maximum number of sequences in a batch
     * @param workers number of workers in the calling team
     */
    public static Model of(
            ModelConfig config, PrecisionConfig precision, Kernels kernels, float[] initial, int batch, int workers) {
        return new Gpt2(config, precision, kernels, initial, batch, workers);
    }

    /**
     * A model's state before training; the same arguments give the same state on every machine.
     *
     * @param how the recipe for the embeddings
     * @param stored how parameters are stored
     */
    public static InitialState draw(ModelConfig config, InitializationConfig how, Precision stored, long seed) {
        return draw(config, how, stored, seed, 0);
    }

    /**
     * As above, after something else was drawn from the same generator.
     *
     * @param drawn draws of 32 bits
     */
    public static InitialState draw(
            ModelConfig config, InitializationConfig how, Precision stored, long seed, int drawn) {
        return new Gpt2Initialization(config, true).draw(how, stored, seed, drawn);
    }

    /**
     * The same with the embeddings alone, for a model that nobody trains: all other parameters are NaN. They are drawn
     * past, since W comes after them, but not computed.
     *
     * @param drawn draws of 32 bits
     */
    public static InitialState drawEmbeddings(
            ModelConfig config, InitializationConfig how, Precision stored, long seed, int drawn) {
        return new Gpt2Initialization(config, false).draw(how, stored, seed, drawn);
    }

    /**
     * Names, shapes and offsets of a model's parameters.
     *
     * @throws org.lilgatsby.settings.SettingException if one array cannot hold them
     */
    public static ParameterLayout layout(ModelConfig config) {
        return new Gpt2Layout(config);
    }

    /**
     * Bytes that a model needs, including its parameters and gradient.
     *
     * @param batch maximum number of sequences in a batch
     * @param workers number of workers in the calling team
     */
    public static long bytes(ModelConfig config, PrecisionConfig precision, Kernels kernels, int batch, int workers) {
        return Gpt2.bytes(config, precision, kernels, batch, workers);
    }
}
