package org.lilgatsby.recording;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.training.TrainingState;

/**
 * Lets the observables of a run fill their rows. Values are rounded during the copy where the recording's format
 * requires it, at no more cost than the copy. Quantities that are not recorded are not copied.
 */
final class RowFiller {
    /** An observable and its memory, shared by all tensors that record it. */
    private record Source(Observable observable, float[] workspace) {}

    private final Source[] sources; // each observable once
    private final Source[] ofTensor; // that of each slot

    RowFiller(RecordingConfig config, Extent extent) {
        Map<Observable, Source> once = new LinkedHashMap<>();
        for (Observable observable : observables(config, extent)) {
            int workspace = observable.workspace(extent.vocabulary(), extent.width());
            once.put(observable, new Source(observable, new float[workspace]));
        }
        sources = once.values().toArray(Source[]::new);
        ofTensor = Slot.of(config, extent).stream()
                .map(slot -> once.get(slot.observable()))
                .toArray(Source[]::new);
    }

    /** Bytes of its own memory. */
    static long bytes(RecordingConfig config, Extent extent) {
        return observables(config, extent).stream()
                .mapToLong(observable -> (long) Float.BYTES * observable.workspace(extent.vocabulary(), extent.width()))
                .sum();
    }

    private static List<Observable> observables(RecordingConfig config, Extent extent) {
        return Slot.of(config, extent).stream().map(Slot::observable).distinct().toList();
    }

    /** Fills the row of the state before training. */
    void initial(Row row, TrainingState state) {
        row.setStep(0);
        for (int i = 0; i < ofTensor.length; i++) {
            ofTensor[i].observable.initial(state, row.values(i));
        }
    }

    /** Takes what a step provides before its update, into the row with a number of updates before it. */
    void afterBackward(Row row, int step, TrainingState state) {
        row.setStep(step);
        for (int i = 0; i < ofTensor.length; i++) {
            ofTensor[i].observable.afterBackward(state, ofTensor[i].workspace, row.values(i));
        }
    }

    /** Takes what is needed of a parameter before its update. */
    void beforeUpdate(ParameterTensor tensor, TrainingState state) {
        for (Source source : sources) {
            if (source.observable.of(state.layout()) == tensor) {
                source.observable.beforeUpdate(state, source.workspace);
            }
        }
    }

    /** Takes what the step provides of a parameter at the recording's instant. */
    void atInstant(Row row, ParameterTensor tensor, TrainingState state) {
        for (int i = 0; i < ofTensor.length; i++) {
            if (ofTensor[i].observable.of(state.layout()) == tensor) {
                ofTensor[i].observable.atInstant(state, ofTensor[i].workspace, row.values(i));
            }
        }
    }
}
