package org.lilgatsby.training;

import java.util.List;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.random.TorchGenerator;

/**
 * Adds N(0, sigma²) to parameters after their update: w = r(w + normal · sigma), product and sum in float32, r as
 * parameters are stored. Each tensor is one draw of as many normals as it has values.
 */
public final class GaussianNoise implements Perturbation {
    private final float sigma;
    private final int every;
    private final Precision stored;
    private final ParameterTensor[] tensors;
    private final float[] noise; // of all tensors, one after the other
    private final TorchGenerator generator;
    private boolean due;

    /**
     * The noise of a run.
     *
     * @param layout holds the tensors that the configuration names
     * @param stored how parameters are stored
     * @param generator the run's
     */
    public GaussianNoise(
            PerturbationConfig config, ParameterLayout layout, Precision stored, TorchGenerator generator) {
        this.sigma = (float) config.sigma();
        this.every = config.every();
        this.stored = stored;
        this.tensors = tensors(config, layout).toArray(ParameterTensor[]::new);
        this.noise = new float[Math.toIntExact(size(config, layout))];
        this.generator = generator;
    }

    /** The perturbation of a configuration, which may be none. */
    public static Perturbation of(
            PerturbationConfig config, ParameterLayout layout, Precision stored, TorchGenerator generator) {
        return config.isOn() ? new GaussianNoise(config, layout, stored, generator) : Perturbation.none();
    }

    /** Bytes needed for the noise of a configuration. */
    public static long bytes(PerturbationConfig config, ParameterLayout layout) {
        return config.isOn() ? Float.BYTES * size(config, layout) : 0;
    }

    private static long size(PerturbationConfig config, ParameterLayout layout) {
        return tensors(config, layout).stream().mapToLong(ParameterTensor::size).sum();
    }

    private static List<ParameterTensor> tensors(PerturbationConfig config, ParameterLayout layout) {
        return config.tensors().stream()
                .map(name -> layout.find(name).orElseThrow())
                .toList();
    }

    @Override
    public void prepare(int step) {
        due = step % every == 0;
        if (due) {
            int at = 0;
            for (ParameterTensor tensor : tensors) {
                generator.normal(noise, at, tensor.size(), 0, 1);
                at += tensor.size();
            }
        }
    }

    @Override
    public void apply(ParameterTensor changed, float[] parameters) {
        int at = 0;
        for (ParameterTensor tensor : tensors) {
            if (due && tensor.at() == changed.at()) {
                for (int i = 0; i < tensor.size(); i++) {
                    int w = tensor.at() + i;
                    parameters[w] = stored.store(parameters[w] + noise[at + i] * sigma);
                }
            }
            at += tensor.size();
        }
    }
}
