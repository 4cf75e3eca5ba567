package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
        TrainingConfig training = new TrainingConfig(
                (ROWS - 1) * EVERY, 2, 1, TrainingConfig.Optimizer.ADAMW, 1e-3, TrainingConfig.Schedule.LINEAR, 0.01, 0.9, 0.999, 1e-8,
                1, TrainingConfig.Targets.DOUBLE_SHIFT, TrainingConfig.LossScale.PER_LABEL, 10);
        InitializationConfig start = new InitializationConfig(InitializationConfig.Mode.NORMAL, 0.02, 0);
        InitialState initial = Initialization.draw(MODEL, start, Format.BF16, 7);
        return new RecordingPlan(
                new RecordingSource(CONFIG, MODEL, training, start, Format.BF16, initial, new int[0], new int[0]));
    }

    /** Rows whose values tell row and place. */
    private static Row[] rows() {
        Row[] rows = new Row[ROWS];
        for (int r = 0; r < ROWS; r++) {
            rows[r] = new Row(CONFIG, MODEL.vocabulary(), MODEL.width());
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
        sink.write(from, rows(), from, count);
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
    void largeRowsGoOneByOne() throws IOException {
        ModelConfig large = new ModelConfig(4_096, 64, 1, 1, 2, ModelConfig.Norm.LAYER_NORM, true);
        InitializationConfig start = new InitializationConfig(InitializationConfig.Mode.NORMAL, 0.02, 0);
        RecordingSource source = plan().source();
        RecordingPlan plan = new RecordingPlan(new RecordingSource(
                CONFIG, large, source.training(), start, Format.BF16, Initialization.draw(large, start, Format.BF16, 7), new int[0],
                new int[0]));
        try (StreamSink sink = StreamSink.open(directory.resolve("large"), plan, 16)) {
            assertEquals(1, sink.most());
        }
    }
}
