package org.lilgatsby.recording;

import java.util.List;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.training.TrainingState;

/**
 * Fills rows. Values are rounded while they are copied if the recording's format asks for it, which costs no more than
 * the copy. What nothing records is not copied.
 */
final class RowFiller {
    private final List<RecordedTensor> tensors;
    private final Kernels kernels;
    private final float[] before; // [V*D] W before the update, if it is recorded how far it moves
    private final float[] scalar = new float[1];

    RowFiller(RecordingConfig config, int vocabulary, int width, Kernels kernels) {
        this.tensors = config.tensors();
        this.kernels = kernels;
        this.before = new float[recordsDeltas(config) ? vocabulary * width : 0];
    }

    /** Bytes of memory of its own. */
    static long bytes(RecordingConfig config, int vocabulary, int width) {
        return recordsDeltas(config) ? (long) Float.BYTES * vocabulary * width : 0;
    }

    private static boolean recordsDeltas(RecordingConfig config) {
        return config.tensors().stream().anyMatch(tensor -> tensor.observable() == Observable.DELTAS);
    }

    /** The state before training: W; zeros for what there is none of yet; loss NaN. */
    void initial(Row row, TrainingState state) {
        row.setStep(0);
        for (int i = 0; i < tensors.size(); i++) {
            StoredValues values = row.values(i);
            switch (tensors.get(i).observable()) {
                case EMBEDDINGS ->
                    values.set(kernels, state.parameters(), state.layout().wte().at());
                case LOSSES -> set(values, Float.NaN);
                case GRADS, DELTAS, MOMENTUM, VARIANCE, LOGITS, CLIP_COEFFICIENTS, MEAN_HIDDEN -> values.clear();
            }
        }
    }

    /** Notes W before the update. */
    void beforeUpdate(TrainingState state) {
        System.arraycopy(state.parameters(), state.layout().wte().at(), before, 0, before.length);
    }

    /** What step t has before its update, but for the gradient: logits, hidden state, loss, clipping coefficient. */
    void afterBackward(Row row, TrainingState state) {
        row.setStep(state.stepNumber());
        for (int i = 0; i < tensors.size(); i++) {
            StoredValues values = row.values(i);
            switch (tensors.get(i).observable()) {
                case LOGITS -> values.set(kernels, state.logits(), 0);
                case MEAN_HIDDEN -> values.set(kernels, state.hidden(), 0);
                case LOSSES -> set(values, (float) state.loss());
                case CLIP_COEFFICIENTS -> set(values, (float) state.clipCoefficient());
                case EMBEDDINGS, GRADS, DELTAS, MOMENTUM, VARIANCE -> {}
            }
        }
    }

    /** The gradient, which the update leaves as it is, W after the update, its moments, and how far it moved. */
    void afterUpdate(Row row, TrainingState state) {
        int wte = state.layout().wte().at();
        float[] parameters = state.parameters();
        for (int i = 0; i < tensors.size(); i++) {
            StoredValues values = row.values(i);
            switch (tensors.get(i).observable()) {
                case EMBEDDINGS -> values.set(kernels, parameters, wte);
                case GRADS -> values.set(kernels, state.gradients(), wte);
                case DELTAS -> values.setDifferences(kernels, parameters, wte, before);
                case MOMENTUM -> values.set(kernels, state.expAvg(), wte);
                case VARIANCE -> values.set(kernels, state.expAvgSq(), wte);
                case LOGITS, MEAN_HIDDEN, LOSSES, CLIP_COEFFICIENTS -> {}
            }
        }
    }

    private void set(StoredValues values, float value) {
        scalar[0] = value;
        values.set(kernels, scalar, 0);
    }
}
