package org.lilgatsby.experiment;

import java.util.Optional;
import org.lilgatsby.bf16.Format;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.model.SettingException;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.RecordedTensor;

/**
 * Keeps a recording from rounding what the run does not: a census of bf16 rows says nothing about a run whose
 * rows are float32.
 */
final class RecordedPrecision {
    private RecordedPrecision() {}

    /**
     * Checks every recorded tensor.
     *
     * @throws SettingException naming the first that would be rounded by being recorded
     */
    static void require(ExperimentConfig config) {
        for (RecordedTensor tensor : config.recording().tensors()) {
            boolean rounds = tensor.format() == Format.BF16
                    && stored(tensor.observable(), config.precision()).equals(Optional.of(Format.F32));
            if (rounds) {
                String key = "recording.tensors." + tensor.name() + ".format";
                throw new SettingException(
                        key, "%s is bf16, but the run stores its %s in f32, so that the recording would round them; set %s=f32"
                                .formatted(key, tensor.observable(), key));
            }
        }
    }

    /** How the run stores an observable; empty for what is computed and not stored. */
    private static Optional<Format> stored(Observable observable, PrecisionConfig precision) {
        return switch (observable) {
            case EMBEDDINGS, DELTAS -> Optional.of(precision.parameters());
            case GRADS -> Optional.of(precision.gradients());
            case MOMENTUM, VARIANCE -> Optional.of(precision.moments());
            case LOGITS, LOSSES, CLIP_COEFFICIENTS -> Optional.empty();
        };
    }
}
