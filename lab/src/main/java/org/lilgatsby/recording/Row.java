package org.lilgatsby.recording;

import java.util.Arrays;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.training.TrainingState;

/**
 * One row of a recording on its way from the training thread to the writer: plain copies, nothing
 * computed. Reused from step to step. What nothing records is not copied.
 */
final class Row {
    private final boolean[] wanted = new boolean[Observable.values().length];
    private final float[][] values = new float[Observable.values().length][];
    private final float[] before; // [V*D] W before the update, for deltas
    private int step;

    Row(RecordingConfig config, int vocabulary, int width) {
        for (RecordedTensor tensor : config.tensors()) {
            Observable observable = tensor.observable();
            wanted[observable.ordinal()] = true;
            values[observable.ordinal()] = new float[Math.toIntExact(observable.valuesPerRow(vocabulary, width))];
        }
        before = wants(Observable.DELTAS) ? new float[vocabulary * width] : null;
    }

    /** Bytes of a row in memory. */
    static long bytes(RecordingConfig config, int vocabulary, int width) {
        long values = 0;
        for (RecordedTensor tensor : config.tensors()) {
            int copies = tensor.observable() == Observable.DELTAS ? 2 : 1;
            values += copies * tensor.observable().valuesPerRow(vocabulary, width);
        }
        return values * Float.BYTES;
    }

    private boolean wants(Observable observable) {
        return wanted[observable.ordinal()];
    }

    /** Number of the step that the row is of. */
    int step() {
        return step;
    }

    /** The values of an observable; for deltas W after the update, see {@link #before}. */
    float[] values(Observable observable) {
        return values[observable.ordinal()];
    }

    /** W before the update. */
    float[] before() {
        return before;
    }

    /** The state before training: W; zeros for what there is none of yet; loss NaN. */
    void initial(TrainingState state) {
        step = 0;
        for (float[] array : values) {
            if (array != null) {
                Arrays.fill(array, 0f);
            }
        }
        ParameterTensor wte = state.layout().wte();
        copy(Observable.EMBEDDINGS, state.parameters(), wte.at());
        copy(Observable.DELTAS, state.parameters(), wte.at());
        if (before != null) {
            System.arraycopy(state.parameters(), wte.at(), before, 0, before.length);
        }
        if (wants(Observable.LOSSES)) {
            values(Observable.LOSSES)[0] = Float.NaN;
        }
    }

    /** What step t has before its update: gradient, logits, hidden state, loss, W. */
    void beforeUpdate(TrainingState state) {
        step = state.stepNumber();
        int wte = state.layout().wte().at();
        copy(Observable.GRADS, state.gradients(), wte);
        copy(Observable.LOGITS, state.logits(), 0);
        copy(Observable.HIDDEN, state.hidden(), 0);
        if (wants(Observable.LOSSES)) {
            values(Observable.LOSSES)[0] = (float) state.loss();
        }
        if (wants(Observable.CLIP_COEFFICIENTS)) {
            values(Observable.CLIP_COEFFICIENTS)[0] = (float) state.clipCoefficient();
        }
        if (before != null) {
            System.arraycopy(state.parameters(), wte, before, 0, before.length);
        }
    }

    /** What step t has after its update: W and its moments. */
    void afterUpdate(TrainingState state) {
        int wte = state.layout().wte().at();
        copy(Observable.EMBEDDINGS, state.parameters(), wte);
        copy(Observable.DELTAS, state.parameters(), wte);
        copy(Observable.MOMENTUM, state.expAvg(), wte);
        copy(Observable.VARIANCE, state.expAvgSq(), wte);
    }

    private void copy(Observable observable, float[] from, int at) {
        if (wants(observable)) {
            float[] to = values(observable);
            System.arraycopy(from, at, to, 0, to.length);
        }
    }
}
