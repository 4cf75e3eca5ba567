package org.lilgatsby.config;

import static org.lilgatsby.settings.Settings.require;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.settings.SettingException;

/**
 * Prevents a recording from rounding what the run does not round: a census of bf16 rows says nothing about a run whose
 * rows are float32.
 */
public final class RecordedPrecision {
    private RecordedPrecision() {}

    /**
     * Checks every recorded tensor.
     *
     * @throws SettingException naming the first tensor that recording would round
     */
    public static void requireUnrounded(ExperimentConfig config) {
        for (RecordedTensor tensor : config.recording().tensors()) {
            boolean rounds = tensor.format() == Precision.BF16
                    && tensor.observable().stored(config.precision()).equals(Optional.of(Precision.F32));
            if (rounds) {
                String key = "recording.tensors." + tensor.name() + ".format";
                throw new SettingException(
                        key,
                        ("%s is bf16, but the run stores its %s in f32, so the recording would round "
                                        + "them; set %s=f32")
                                .formatted(key, tensor.observable().name(), key));
            }
        }
    }

    /**
     * The settings that add observables to what a run records, each under its own name, in the format in which the run
     * stores it, or in f32 if it is computed rather than stored.
     *
     * @param config the run's configuration without them
     * @throws SettingException if another tensor of the recording has an observable's name
     */
    public static List<String> adding(List<Observable> observables, ExperimentConfig config) {
        List<String> settings = new ArrayList<>();
        for (Observable observable : new LinkedHashSet<>(observables)) {
            List<RecordedTensor> tensors = config.recording().tensors();
            String name = observable.name();
            String key = "recording.tensors." + name;
            if (tensors.stream().anyMatch(tensor -> tensor.observable() == observable)) {
                continue;
            }
            require(
                    tensors.stream().noneMatch(tensor -> tensor.name().equals(name)),
                    key,
                    () -> "%s holds another observable already; give %s another name with --set recording.tensors.NAME"
                            .formatted(key, name));
            settings.add("%s={observe: %s, format: %s}".formatted(key, name, observable.format(config.precision())));
        }
        return settings;
    }
}
