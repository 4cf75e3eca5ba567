package org.lilgatsby.recording;

import java.util.List;

/** One row of a recording on its way from the training thread to the writer. Reused from step to step. */
final class Row {
    private final List<StoredValues> tensors;
    private int step;

    /** Values of every slot, in their order. */
    Row(List<StoredValues> tensors) {
        this.tensors = tensors;
    }

    /** Bytes of a row, with what its figures are computed from. */
    static long bytes(RecordingConfig config, Extent extent) {
        return Slot.of(config, extent).stream().mapToLong(Slot::bytes).sum();
    }

    /** The step of the row. */
    int step() {
        return step;
    }

    void setStep(int step) {
        this.step = step;
    }

    /** The values of slot i: the tensors of the recording come first. */
    StoredValues values(int i) {
        return tensors.get(i);
    }
}
