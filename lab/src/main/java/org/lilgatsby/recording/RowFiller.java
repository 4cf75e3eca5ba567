package org.lilgatsby.recording;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lilgatsby.training.TrainingState;

/**
 * Has the observables of a run fill their rows. Values are rounded while they are copied if the recording's format asks
 * for it, which costs no more than the copy. What nothing records is not copied.
 */
final class RowFiller {
    /** An observable and its memory, which all tensors share that record it. */
    private record Source(Observable observable, float[] workspace) {}

    private final Source[] sources; // each observable once
    private final Source[] ofTensor; // that of each tensor of the recording

    RowFiller(RecordingConfig config, int vocabulary, int width) {
        Map<Observable, Source> once = new LinkedHashMap<>();
        for (Observable observable : observables(config)) {
            once.put(observable, new Source(observable, new float[observable.workspace(vocabulary, width)]));
        }
        sources = once.values().toArray(Source[]::new);
        ofTensor = config.tensors().stream()
                .map(tensor -> once.get(tensor.observable()))
                .toArray(Source[]::new);
    }

    /** Bytes of memory of its own. */
    static long bytes(RecordingConfig config, int vocabulary, int width) {
        return observables(config).stream()
                .mapToLong(observable -> (long) Float.BYTES * observable.workspace(vocabulary, width))
                .sum();
    }

    private static List<Observable> observables(RecordingConfig config) {
        return config.tensors().stream()
                .map(RecordedTensor::observable)
                .distinct()
                .toList();
    }

    /** The state before training. */
    void initial(Row row, TrainingState state) {
        row.setStep(0);
        for (int i = 0; i < ofTensor.length; i++) {
            ofTensor[i].observable.initial(state, row.values(i));
        }
    }

    /** What step t has before its update. */
    void afterBackward(Row row, TrainingState state) {
        row.setStep(state.stepNumber());
        for (int i = 0; i < ofTensor.length; i++) {
            ofTensor[i].observable.afterBackward(state, ofTensor[i].workspace, row.values(i));
        }
    }

    /** What is needed of W before its update. */
    void beforeUpdate(TrainingState state) {
        for (Source source : sources) {
            source.observable.beforeUpdate(state, source.workspace);
        }
    }

    /** What step t has once W is updated. */
    void afterUpdate(Row row, TrainingState state) {
        for (int i = 0; i < ofTensor.length; i++) {
            ofTensor[i].observable.afterUpdate(state, ofTensor[i].workspace, row.values(i));
        }
    }
}
