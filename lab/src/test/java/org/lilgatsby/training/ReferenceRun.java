package org.lilgatsby.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.safetensors.SafetensorsException;
import org.lilgatsby.safetensors.SafetensorsFile;

/** A case of the second implementation: its settings, stored as metadata in its file, and its tensors by step. */
final class ReferenceRun implements AutoCloseable {
    private final SafetensorsFile file;
    private final Map<String, String> settings;

    ReferenceRun(String name) throws IOException {
        try {
            file = SafetensorsFile.open(Path.of(getClass()
                    .getResource("/reference/second/" + name + ".safetensors")
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        settings = file.metadata();
    }

    /** Tensors of the file. */
    int tensors() {
        return file.tensors().size();
    }

    /** A row of a tensor with one row a step. */
    float[] row(String tensor, int row) {
        try {
            return file.tensor(tensor).row(row).toFloats();
        } catch (SafetensorsException e) {
            throw new UncheckedIOException(e);
        }
    }

    double[] losses() throws SafetensorsException {
        return file.tensor("loss").toDoubles();
    }

    byte[] corpus() throws SafetensorsException {
        return file.tensor("corpus").data().toArray(ValueLayout.JAVA_BYTE);
    }

    long seed() {
        return Long.parseLong(settings.get("seed"));
    }

    ModelConfig model() {
        return new ModelConfig(
                whole("model.vocabulary"),
                whole("model.width"),
                whole("model.layers"),
                whole("model.heads"),
                whole("model.context"),
                choice(ModelConfig.Norm.class, "model.norm"),
                Boolean.parseBoolean(settings.get("model.tied")),
                settings.containsKey("model.activation")
                        ? choice(ModelConfig.Activation.class, "model.activation")
                        : ModelConfig.Activation.GELU_NEW,
                settings.containsKey("model.ffn") ? whole("model.ffn") : ModelConfig.USUAL_FFN * whole("model.width"),
                !settings.containsKey("model.biases"));
    }

    PrecisionConfig precision() {
        return new PrecisionConfig(
                format("parameters"),
                format("gradients"),
                format("moments"),
                choice(PrecisionConfig.Compute.class, "precision.compute"),
                choice(PrecisionConfig.Update.class, "precision.update"),
                PrecisionConfig.View.STORED,
                settings.containsKey("precision.loss")
                        ? choice(PrecisionConfig.Loss.class, "precision.loss")
                        : PrecisionConfig.Loss.F32);
    }

    TrainingConfig training() {
        return new TrainingConfig(
                whole("training.steps"),
                whole("training.batch"),
                whole("training.accumulation"),
                Optimizer.catalog().get("training.optimizer", settings.get("training.optimizer")),
                number("training.learning_rate"),
                Schedule.catalog().get("training.schedule", settings.get("training.schedule")),
                whole("training.steps"),
                Integer.parseInt(settings.getOrDefault("training.warmup", "0")),
                Double.parseDouble(settings.getOrDefault("training.warmup_from", "0")),
                Double.parseDouble(settings.getOrDefault("training.floor", "0")),
                number("training.weight_decay"),
                decayed(settings.getOrDefault("training.decayed", "matrices")),
                number("training.beta1"),
                number("training.beta2"),
                number("training.epsilon"),
                number("training.clip"),
                choice(TrainingConfig.Targets.class, "training.targets"),
                choice(TrainingConfig.LossScale.class, "training.loss_scale"),
                1);
    }

    InitializationConfig initialization() {
        return new InitializationConfig(
                Initialization.catalog().get("initialization.mode", settings.get("initialization.mode")),
                number("initialization.scale"),
                number("initialization.sigma"));
    }

    private static Decayed decayed(String name) {
        return Arrays.stream(Decayed.Group.values())
                .filter(group -> group.toString().equals(name))
                .map(Decayed.class::cast)
                .findFirst()
                .orElseGet(() -> new Decayed.Named(List.of(name)));
    }

    private Precision format(String what) {
        return choice(Precision.class, "precision." + what);
    }

    private int whole(String key) {
        return Integer.parseInt(settings.get(key));
    }

    private double number(String key) {
        return Double.parseDouble(settings.get(key));
    }

    /** The choice whose name in configurations is the setting. */
    private <E extends Enum<E>> E choice(Class<E> choices, String key) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> choice.toString().equals(settings.get(key)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(key + " is " + settings.get(key)));
    }

    @Override
    public void close() {
        file.close();
    }
}
