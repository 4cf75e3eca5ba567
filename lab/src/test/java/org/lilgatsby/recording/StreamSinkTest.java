package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.bf16.Format;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.training.TrainingConfig;

class StreamSinkTest {
    private static final int ROWS = 9;
    private static final int EVERY = 4;
    private static final ModelConfig MODEL = new ModelConfig(5, 4, 1, 1, 2, ModelConfig.Norm.LAYER_NORM, true);
    private static final RecordingConfig CONFIG = new RecordingConfig(
            List.of(
                    new RecordedTensor("w", Observable.EMBEDDINGS, Format.BF16),
                    new RecordedTensor("g", Observable.GRADS, Format.F32),
                    new RecordedTensor("loss", Observable.LOSSES, Format.BF16)),
            List.of(Constant.RECORDED_STEPS), EVERY, RecordingConfig.Layout.STREAM);

    @TempDir
    private Path directory;

    private static RecordingPlan plan() {
        return plan(MODEL, ROWS);
    }

    private static RecordingPlan plan(ModelConfig model, int rows) {
        TrainingConfig training = new TrainingConfig(
                (rows - 1) * EVERY, 2, 1, TrainingConfig.Optimizer.ADAMW, 1e-3, TrainingConfig.Schedule.LINEAR, 0.01, 0.9, 0.999, 1e-8,
                1, TrainingConfig.Targets.DOUBLE_SHIFT, TrainingConfig.LossScale.PER_LABEL, 10);
        InitializationConfig start = new InitializationConfig(InitializationConfig.Mode.NORMAL, 0.02, 0);
        InitialState initial = Initialization.draw(model, start, Format.BF16, 7);
        return new RecordingPlan(
                new RecordingSource(CONFIG, model, training, start, Format.BF16, initial, new int[0], new int[0]));
    }

    /** Rows whose values tell row and place. */
    private static Row[] rows(ModelConfig model, int count) {
        Row[] rows = new Row[count];
        for (int r = 0; r < count; r++) {
            rows[r] = new Row(CONFIG, model.vocabulary(), model.width());
            rows[r].setStep(EVERY * r);
            for (int i = 0; i < CONFIG.tensors().size(); i++) {
                fill(rows[r].values(i), 100 * r);
            }
        }
        return rows;
    }

    private static void fill(StoredValues tensor, int first) {
        switch (tensor) {
            case StoredValues.InBf16(short[] values) -> {
                for (int k = 0; k < values.length; k++) {
                    values[k] = (short) (first + k);
                }
            }
            case StoredValues.InF32(float[] values) -> {
                for (int k = 0; k < values.length; k++) {
                    values[k] = first + k + 0.5f;
                }
            }
        }
    }

    private static void write(RowSink sink, int from, int count) throws IOException {
        sink.write(from, rows(MODEL, ROWS), from, count);
    }

    @Test
    void rowsWrittenTogetherAreRowsWrittenOneByOne() throws IOException {
        Path single = directory.resolve("single");
        Path together = directory.resolve("together");
        try (StreamSink sink = StreamSink.open(single, plan(), 4)) {
            for (int r = 0; r < ROWS; r++) {
                write(sink, r, 1);
            }
        }
        try (StreamSink sink = StreamSink.open(together, plan(), 4)) {
            assertEquals(4, sink.most());
            write(sink, 0, 3);
            write(sink, 3, 4);
            write(sink, 7, 2);
        }
        assertArrayEquals(Files.readAllBytes(single), Files.readAllBytes(together));
        try (SafetensorsFile file = SafetensorsFile.open(together)) {
            assertArrayEquals(new long[] {0, 4, 8, 12, 16, 20, 24, 28, 32}, file.tensor("recorded_steps").toLongs());
            short[] w = file.tensor("w").row(5).toShorts();
            assertEquals(500, w[0]);
            assertEquals(519, w[19]);
            assertEquals(819.5f, file.tensor("g").row(8).toFloats()[19]);
            assertArrayEquals(new short[] {0, 100, 200, 300, 400, 500, 600, 700, 800}, file.tensor("loss").toShorts());
        }
    }

    @Test
    void manyRowsWrittenAroundThePageCacheAreRowsWrittenOneByOne() throws IOException {
        ModelConfig model = new ModelConfig(129, 63, 1, 1, 2, ModelConfig.Norm.LAYER_NORM, true);
        int count = 200;
        Row[] rows = rows(model, count);
        Path single = directory.resolve("single");
        Path together = directory.resolve("together");
        try (StreamSink sink = StreamSink.open(single, plan(model, count), 64)) {
            sink.hurry();
            for (int r = 0; r < count; r++) {
                sink.write(r, rows, r, 1);
            }
        }
        try (StreamSink sink = StreamSink.open(together, plan(model, count), 64)) {
            int most = sink.most();
            for (int r = 0; r < count; r += most) {
                sink.write(r, rows, r, Math.min(most, count - r));
            }
            sink.hurry();
            assertTrue(sink.most() <= most, "through the page cache a write has no more rows");
        }
        assertEquals(-1, Files.mismatch(single, together));
    }

    @Test
    void largeRowsGoOneByOne() throws IOException {
        ModelConfig large = new ModelConfig(8_192, 128, 1, 1, 2, ModelConfig.Norm.LAYER_NORM, true);
        try (StreamSink sink = StreamSink.open(directory.resolve("large"), plan(large, ROWS), 16)) {
            assertEquals(1, sink.most());
        }
    }
}
