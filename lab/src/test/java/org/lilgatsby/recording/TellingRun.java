package org.lilgatsby.recording;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.training.TrainingState;

/** A run whose every value tells its step and its place, and is no bfloat16. */
final class TellingRun implements TrainingState {
    static final ModelConfig MODEL = new ModelConfig(5, 4, 1, 1, 2, ModelConfig.Norm.LAYER_NORM, true);

    private final ParameterLayout layout = Models.layout(MODEL);
    private final float[] parameters = new float[layout.length()];
    private final float[] gradients = new float[layout.length()];
    private final AtomicInteger step = new AtomicInteger();

    TellingRun() {
        fill(parameters, 0);
    }

    /** How its rows are recorded in {@link CheckedRows}: W, its movement in several formats, gradient and loss. */
    static RecordingConfig config(int every) {
        return new RecordingConfig(
                List.of(
                        new RecordedTensor("w", Observables.EMBEDDINGS, Precision.BF16),
                        new RecordedTensor("moved", Observables.DELTAS, Precision.F32),
                        new RecordedTensor("moved_shortly", Observables.DELTAS, Precision.BF16),
                        new RecordedTensor("g", Observables.GRADS, Precision.F32),
                        new RecordedTensor("loss", Observables.LOSSES, Precision.F32),
                        new RecordedTensor("moved_again", Observables.DELTAS, Precision.F32)),
                List.of(),
                every,
                RecordingConfig.Instant.AFTER,
                RecordingConfig.Layout.STREAM);
    }

    static float parameter(int step, int i) {
        return 1 + step * 0.0137f + i * 0.00001f;
    }

    private static void fill(float[] values, int step) {
        for (int i = 0; i < values.length; i++) {
            values[i] = parameter(step, i);
        }
    }

    /** Steps up to and including {@code last}. */
    void train(Recorder recorder, int last) {
        if (step.get() == 0) {
            recorder.initial(this);
        }
        while (step.get() < last) {
            recorder.beforeStep(step.get() + 1);
            fill(gradients, -step.incrementAndGet());
            recorder.afterBackward(this);
            for (ParameterTensor tensor : layout.tensors()) {
                recorder.beforeUpdate(tensor, this);
                for (int i = tensor.at(); i < tensor.end(); i++) {
                    parameters[i] = parameter(step.get(), i);
                }
                recorder.afterUpdate(tensor, this);
            }
            recorder.afterUpdate(this);
        }
    }

    @Override
    public int stepNumber() {
        return step.get();
    }

    @Override
    public float[] hiddenVariance() {
        throw new AssertionError("nobody reads it");
    }

    @Override
    public float[] headGradients() {
        throw new AssertionError("nobody reads it");
    }

    @Override
    public float[] lookupGradients() {
        throw new AssertionError("nobody reads it");
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public float[] gradients() {
        return gradients;
    }

    @Override
    public float[] expAvg() {
        throw new UnsupportedOperationException("no tensor of the recording holds it");
    }

    @Override
    public float[] expAvgSq() {
        throw new UnsupportedOperationException("no tensor of the recording holds it");
    }

    @Override
    public float[] logits() {
        throw new UnsupportedOperationException("no tensor of the recording holds it");
    }

    @Override
    public float[] hidden() {
        throw new UnsupportedOperationException("no tensor of the recording holds it");
    }

    @Override
    public double loss() {
        return 10 + step.get();
    }

    @Override
    public double learningRate() {
        return 0;
    }

    @Override
    public double gradientNorm() {
        return 0;
    }

    @Override
    public double clipCoefficient() {
        return 0;
    }
}
