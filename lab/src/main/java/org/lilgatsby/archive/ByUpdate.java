package org.lilgatsby.archive;

import java.util.stream.IntStream;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.RecordingConfig;

/**
 * Presents recordings as if every row had been recorded after its update, so that nobody who reads them needs to know
 * the instant. What a step computes, such as its gradient, is then found in the place of the state that its update led
 * to, or before it if the states in between were not recorded; place 0, of no update, is zero, or NaN for a loss.
 */
public final class ByUpdate {
    private ByUpdate() {}

    /** The rows of an observable, in the order in which they were recorded, as a history by update. */
    public static History history(History rows, Observable observable, RecordingConfig config) {
        if (!isMoved(observable, config)) {
            return rows;
        }
        int[] updates = IntStream.concat(
                        IntStream.of(0), IntStream.range(0, rows.size()).map(config::update))
                .toArray();
        Matrix zero = zero(rows.format(), rows.rows(), rows.columns());
        return History.of(updates, place -> place == 0 ? zero : rows.matrix(place - 1));
    }

    /** The losses, in the order in which they were recorded, by update. */
    public static float[] losses(float[] rows, RecordingConfig config) {
        if (config.instant() == RecordingConfig.Instant.AFTER) {
            return rows;
        }
        float[] losses = new float[rows.length + 1];
        losses[0] = Float.NaN;
        System.arraycopy(rows, 0, losses, 1, rows.length);
        return losses;
    }

    private static boolean isMoved(Observable observable, RecordingConfig config) {
        return config.instant() == RecordingConfig.Instant.BEFORE && observable.kind() == Observable.Kind.COMPUTED;
    }

    private static Matrix zero(FloatFormat format, int rows, int columns) {
        int values = Math.multiplyExact(rows, columns);
        return format == FloatFormat.BF16
                ? Matrix.ofBits(new short[values], rows, columns)
                : Matrix.ofFloats(new float[values], rows, columns);
    }
}
