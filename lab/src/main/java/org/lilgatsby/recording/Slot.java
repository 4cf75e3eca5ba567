package org.lilgatsby.recording;

import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.bf16.Precision;

/**
 * A place of a row on its way from training to the writer: a recorded tensor's, or one of what figures are computed
 * from, which is not written.
 *
 * @param observable what fills it
 * @param format how it is stored
 * @param extent of its values
 * @param isWritten whether it is a recorded tensor's
 */
record Slot(Observable observable, Precision format, Extent extent, boolean isWritten) {
    /** The slots of a recording: first its tensors, in their order, then what their figures read, each once. */
    static List<Slot> of(RecordingConfig config, Extent extent) {
        List<Slot> slots = new ArrayList<>();
        for (RecordedTensor tensor : config.tensors()) {
            slots.add(new Slot(tensor.observable(), tensor.format(), extent, true));
        }
        config.tensors().stream()
                .filter(tensor -> tensor.observable() instanceof Figure)
                .flatMap(tensor -> ((Figure) tensor.observable()).reads().stream())
                .distinct()
                .forEach(input -> slots.add(new Slot(input.observable(), input.format(extent), extent.whole(), false)));
        return slots;
    }

    /** Bytes in a row. */
    long bytes() {
        return extent.values(observable) * format.bytes();
    }

    /** The parts of the observable's values that are stored. */
    int[] pieces() {
        return extent.pieces(observable);
    }
}
