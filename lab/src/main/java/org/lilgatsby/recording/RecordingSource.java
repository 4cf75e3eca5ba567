package org.lilgatsby.recording;

import java.util.Map;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.training.TrainingConfig;

/**
 * Everything that determines the layout of a recording; all of it is known before the first step.
 *
 * @param recording what is recorded
 * @param model shape of the model
 * @param training number of steps, and the constants of the optimizer
 * @param initialization source of sigma and scale
 * @param precision how parameters are stored, and W is seen
 * @param initial the initial state
 * @param live ids that occur in the corpus, ascending
 * @param dead ids that do not, ascending
 * @param description texts for the header of each file that describe the recording
 */
public record RecordingSource(
        RecordingConfig recording,
        ModelConfig model,
        TrainingConfig training,
        InitializationConfig initialization,
        PrecisionConfig precision,
        InitialState initial,
        int[] live,
        int[] dead,
        Map<String, String> description) {
    /** An immutable copy of the description. */
    public RecordingSource {
        description = Map.copyOf(description);
    }

    /** Rows of the recording. */
    public int rows() {
        return recording.rows(training.steps());
    }
}
