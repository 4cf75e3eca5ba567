package org.lilgatsby.recording;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.PrecisionConfig;

/**
 * An observable that is computed from others, such as a census of W, by the recorder's own thread: training only copies
 * what it {@linkplain #reads reads}. What it reads need not be recorded.
 */
public interface Figure extends Observable {
    /** What it is computed from; all tokens of it, whatever is recorded. */
    List<FigureInput> reads();

    /** Whether it continues from its own values in the row before, so that they are read when a run is resumed. */
    default boolean continues() {
        return false;
    }

    /** Most bytes of heap that {@link #compute} has in use at a time. */
    long heapBytes(Extent extent);

    /**
     * Computes a row. Not called for the state before training unless the figure is of a {@linkplain Kind#STATE state}:
     * other figures are zero there.
     *
     * @param row what it reads
     * @param values the row, as many as {@link #axes} say, with all tokens of the vocabulary; holds the values of the
     *     row before, zeros in the first
     */
    void compute(FigureRow row, float[] values);

    /** A figure is recorded in float32, in which counts are exact up to 16,777,216. */
    @Override
    default Optional<Precision> stored(PrecisionConfig precision) {
        return Optional.of(Precision.F32);
    }
}
