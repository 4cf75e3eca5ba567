package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterTensor;

/** Checks every row of a {@link TellingRun} as it comes. */
class CheckedRows implements RowSink {
    private final int every;
    private final ParameterTensor wte = Models.layout(TellingRun.MODEL).wte();
    private final List<RecordedTensor> tensors = TellingRun.config(1).tensors();
    final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger rows = new AtomicInteger();
    int forced = -1;
    boolean isClosed;

    CheckedRows(int every) {
        this.every = every;
    }

    @Override
    public float[] read(int i, int index) {
        throw new IllegalStateException("nothing is resumed here");
    }

    @Override
    public int most() {
        return 7;
    }

    @Override
    public void write(int index, RowRing ring, int from, int count) throws IOException {
        if (count < 1 || count > most() || index != rows.get()) {
            wrong.add(count + " rows from index " + index + " on, where " + rows + " are written");
        }
        for (int r = 0; r < count; r++) {
            check(rows.getAndIncrement() * every, ring, from + r, from, count);
        }
    }

    private void check(int step, RowRing ring, int place, int from, int count) {
        int at = wte.at();
        float[] w = new float[wte.size()];
        float[] moved = new float[wte.size()];
        float[] g = new float[wte.size()];
        for (int i = 0; i < wte.size(); i++) {
            w[i] = TellingRun.parameter(step, at + i);
            moved[i] = step == 0 ? 0f : w[i] - TellingRun.parameter(step - 1, at + i);
            g[i] = step == 0 ? 0f : TellingRun.parameter(-step, at + i);
        }
        try {
            assertEquals(step, ring.row(place).step());
            for (int i = 0; i < tensors.size(); i++) {
                float[] values = i == 4
                        ? new float[] {step == 0 ? Float.NaN : 10 + step}
                        : List.of(w, moved, moved, g, g, moved).get(i);
                ByteBuffer expected = encoded(values, tensors.get(i).format());
                ByteBuffer together = ring.bytes(i, from, count);
                int start = together.position() + (place - from) * expected.remaining();
                assertEquals(
                        -1,
                        expected.mismatch(together.slice(start, expected.remaining())),
                        tensors.get(i).name());
            }
        } catch (AssertionError e) {
            wrong.add("step " + step + ": " + e.getMessage());
        }
    }

    private static ByteBuffer encoded(float[] values, Precision format) {
        ByteBuffer bytes = RecordingPlan.little(format.bytes() * values.length);
        for (float value : values) {
            if (format == Precision.BF16) {
                bytes.putShort(Bf16.fromFloat(value));
            } else {
                bytes.putFloat(value);
            }
        }
        return bytes.flip();
    }

    @Override
    public int block() {
        return 64;
    }

    /** Another one each time that a place is used again. */
    @Override
    public int phase(int i, int index) {
        return (10 * i + index / 7) % 64;
    }

    @Override
    public void force() {
        forced = rows.get();
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
