package org.lilgatsby.recording;

import java.util.List;

/** One row of a recording on its way from the training thread to the writer. Reused from step to step. */
final class Row {
    private final List<StoredValues> tensors;
    private int step;

    /** Values of every tensor of the recording, in their order. */
    Row(List<StoredValues> tensors) {
        this.tensors = tensors;
    }

    /** Bytes of a row. */
    static long bytes(RecordingConfig config, int vocabulary, int width) {
        return config.tensors().stream()
                .mapToLong(tensor -> tensor.bytesPerRow(vocabulary, width))
                .sum();
    }

    /** The step of the row. */
    int step() {
        return step;
    }

    void setStep(int step) {
        this.step = step;
    }

    /** The values of tensor i of the recording. */
    StoredValues values(int i) {
        return tensors.get(i);
    }
}
