package org.lilgatsby.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.Recording;

/**
 * W rebuilt from its differences: W[t] = stored(W[t-1] + delta[t]). Storing undoes the rounding of differences that
 * float32 cannot hold, so the sum is exact at every step.
 *
 * <p>Every {@link #EVERY}th W is kept, and each thread continues from its last position: reading the places in order
 * costs one addition each, and only one state in {@link #EVERY} is held.
 */
final class RebuiltEmbeddings implements IntFunction<Matrix> {
    private static final int EVERY = 256;

    private final Recording recording;
    private final boolean bf16;
    private final int rows;
    private final int columns;
    private final List<float[]> kept = new ArrayList<>();
    private final ThreadLocal<Walk> walks = ThreadLocal.withInitial(Walk::new);

    /**
     * Reads the differences through once.
     *
     * @param start W before the first step, [rows * columns]
     * @param bf16 whether W is stored in bfloat16; in float32 otherwise
     * @throws IOException if a difference cannot be read
     */
    RebuiltEmbeddings(Recording recording, float[] start, boolean bf16, int rows, int columns) throws IOException {
        this.recording = recording;
        this.bf16 = bf16;
        this.rows = rows;
        this.columns = columns;
        kept.add(start.clone());
        Walk walk = walks.get();
        for (int place = EVERY; place < recording.rows(); place += EVERY) {
            walk.to(place);
            kept.add(walk.w.clone());
        }
    }

    @Override
    public Matrix apply(int place) {
        Walk walk = walks.get();
        try {
            walk.to(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bf16 ? Matrix.ofBits(bits(walk.w), rows, columns) : Matrix.ofFloats(walk.w, rows, columns);
    }

    private static short[] bits(float[] values) {
        short[] bits = new short[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Bf16.fromFloat(values[i]);
        }
        return bits;
    }

    /** The position of one thread. */
    private final class Walk {
        private final float[] w = kept.getFirst().clone();
        private final float[] delta = new float[w.length];
        private int at;

        void to(int place) throws IOException {
            if (place < at || place / EVERY > at / EVERY && place / EVERY < kept.size()) {
                at = place / EVERY * EVERY;
                System.arraycopy(kept.get(place / EVERY), 0, w, 0, w.length);
            }
            while (at < place) {
                at++;
                recording.row(Observables.DELTAS, at).toFloats(0, delta, 0, delta.length);
                for (int i = 0; i < w.length; i++) {
                    float sum = delta[i] == 0 ? w[i] : w[i] + delta[i]; // -0 + 0 would be +0
                    w[i] = bf16 ? Bf16.round(sum) : sum;
                }
            }
        }
    }
}
