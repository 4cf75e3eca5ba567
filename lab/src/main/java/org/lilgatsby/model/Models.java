package org.lilgatsby.model;

import org.lilgatsby.kernel.Kernels;

/** The one place where a configuration becomes a model. Everything else knows {@link Model} alone. */
public final class Models {
    private Models() {}

    /**
     * A model with room for batches.
     *
     * @param initial parameters as stored, laid out by {@link #layout}; copied
     * @param batch most sequences of a batch
     * @param workers workers of the team that will call
     */
    public static Model of(
            ModelConfig config, PrecisionConfig precision, Kernels kernels, float[] initial, int batch, int workers) {
        return new Gpt2(config, precision, kernels, initial, batch, workers);
    }

    /**
     * Names, shapes and places of a model's parameters.
     *
     * @throws org.lilgatsby.settings.SettingException if they are more than one array holds
     */
    public static ParameterLayout layout(ModelConfig config) {
        return new Gpt2Layout(config);
    }

    /**
     * Bytes that a model takes, its parameters and gradient included.
     *
     * @param batch most sequences of a batch
     * @param workers workers of the team that will call
     */
    public static long bytes(ModelConfig config, PrecisionConfig precision, Kernels kernels, int batch, int workers) {
        return Gpt2.bytes(config, precision, kernels, batch, workers);
    }
}
