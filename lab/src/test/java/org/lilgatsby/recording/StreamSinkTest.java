package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.Normal;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.training.AdamW;
import org.lilgatsby.training.LinearDecay;
import org.lilgatsby.training.TrainingConfig;

class StreamSinkTest {
    private static final int ROWS = 9;
    private static final int EVERY = 4;
    private static final ModelConfig MODEL = new ModelConfig(5, 4, 1, 1, 2, ModelConfig.Norm.LAYER_NORM, true);
    private static final RecordingConfig CONFIG = new RecordingConfig(
            List.of(
                    new RecordedTensor("w", Observables.EMBEDDINGS, Precision.BF16),
                    new RecordedTensor("g", Observables.GRADS, Precision.F32),
                    new RecordedTensor("loss", Observables.LOSSES, Precision.BF16)),
            List.of(Constants.RECORDED_STEPS),
            EVERY,
            RecordingConfig.Instant.AFTER,
            RecordingConfig.Layout.STREAM);

    @TempDir
    private Path directory;

    private static RecordingPlan plan(ModelConfig model, int rows) {
        TrainingConfig training = new TrainingConfig(
                (rows - 1) * EVERY,
                2,
                1,
                new AdamW(),
                1e-3,
                new LinearDecay(),
                0.01,
                0.9,
                0.999,
                1e-8,
                1,
                TrainingConfig.Targets.DOUBLE_SHIFT,
                TrainingConfig.LossScale.PER_LABEL,
                10);
        InitializationConfig start = new InitializationConfig(new Normal(), 0.02, 0);
        InitialState initial = Models.draw(model, start, Precision.BF16, 7);
        return new RecordingPlan(new RecordingSource(
                CONFIG,
                model,
                training,
                start,
                new PrecisionConfig(
                        Precision.BF16, Precision.BF16, Precision.BF16, Precision.BF16, PrecisionConfig.Update.FUSED),
                initial,
                new int[0],
                new int[0],
                Map.of("corpus", "{}")));
    }

    /** A recording's file as it is filled: rows whose values tell row and place go from a ring to the sink. */
    private static final class Filled implements AutoCloseable {
        private final StreamSink sink;
        private final ModelConfig model;
        private final RowRing ring;
        private int rows;

        Filled(Path file, ModelConfig model, int rows, int mostRows) throws IOException {
            this.sink = StreamSink.open(file, plan(model, rows), mostRows);
            this.model = model;
            this.ring = new RowRing(
                    CONFIG,
                    Extent.whole(model.vocabulary(), model.width()),
                    new ScalarKernels(),
                    2 * mostRows,
                    sink.block());
        }

        /** Fills and writes as many rows, as the ring has them lie together. */
        void write(int count) throws IOException {
            int left = count;
            while (left > 0) {
                int from = rows % ring.size();
                int together = ring.together(from, Math.min(left, sink.most()));
                for (int r = rows; r < rows + together; r++) {
                    fill(r);
                }
                sink.write(rows, ring, from, together);
                rows += together;
                left -= together;
            }
        }

        private void fill(int r) {
            int place = r % ring.size();
            ring.place(place, r, sink);
            Row row = ring.row(place);
            row.setStep(EVERY * r);
            for (int i = 0; i < CONFIG.tensors().size(); i++) {
                float[] values = new float
                        [(int) CONFIG.tensors().get(i).observable().valuesPerRow(model.vocabulary(), model.width())];
                for (int k = 0; k < values.length; k++) {
                    values[k] = CONFIG.tensors().get(i).format() == Precision.BF16
                            ? Bf16.toFloat((short) (100 * r + k))
                            : 100 * r + k + 0.5f;
                }
                row.values(i).set(values, 0);
            }
        }

        @Override
        public void close() throws IOException {
            ring.close();
            sink.close();
        }
    }

    @Test
    void rowsWrittenTogetherAreRowsWrittenOneByOne() throws IOException {
        Path single = directory.resolve("single");
        Path together = directory.resolve("together");
        try (Filled filled = new Filled(single, MODEL, ROWS, 4)) {
            for (int r = 0; r < ROWS; r++) {
                filled.write(1);
            }
        }
        try (Filled filled = new Filled(together, MODEL, ROWS, 4)) {
            assertEquals(4, filled.sink.most());
            filled.write(3);
            filled.write(4);
            filled.write(2);
        }
        assertArrayEquals(Files.readAllBytes(single), Files.readAllBytes(together));
        try (SafetensorsFile file = SafetensorsFile.open(together)) {
            assertArrayEquals(
                    new long[] {0, 4, 8, 12, 16, 20, 24, 28, 32},
                    file.tensor("recorded_steps").toLongs());
            short[] w = file.tensor("w").row(5).toShorts();
            assertEquals(500, w[0]);
            assertEquals(519, w[19]);
            assertEquals(819.5f, file.tensor("g").row(8).toFloats()[19]);
            assertArrayEquals(
                    new short[] {0, 100, 200, 300, 400, 500, 600, 700, 800},
                    file.tensor("loss").toShorts());
        }
    }

    @Test
    void rowsThatAreNotWrittenYetHaveNoStep() throws IOException {
        Path file = directory.resolve("growing");
        try (Filled filled = new Filled(file, MODEL, ROWS, 4)) {
            assertArrayEquals(new long[] {-1, -1, -1, -1, -1, -1, -1, -1, -1}, steps(file));
            filled.write(3);
            assertArrayEquals(new long[] {0, 4, 8, -1, -1, -1, -1, -1, -1}, steps(file));
        }
        StreamSink.open(file, plan(MODEL, ROWS), 4).close();
        assertArrayEquals(new long[] {0, 4, 8, -1, -1, -1, -1, -1, -1}, steps(file), "resumed");
    }

    private static long[] steps(Path path) throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            return file.tensor("recorded_steps").toLongs();
        }
    }

    @Test
    void millionsOfRowsAreMarkedInPieces() throws IOException {
        int rows = 40_001;
        Path file = directory.resolve("long");
        StreamSink.open(file, plan(MODEL, rows), 4).close();
        long[] steps = steps(file);
        assertEquals(rows, steps.length);
        assertTrue(Arrays.stream(steps).allMatch(step -> step == -1));
    }

    @Test
    void manyRowsWrittenAroundThePageCacheAreRowsWrittenOneByOne() throws IOException {
        ModelConfig model = new ModelConfig(129, 63, 1, 1, 2, ModelConfig.Norm.LAYER_NORM, true);
        int count = 200;
        Path single = directory.resolve("single");
        Path together = directory.resolve("together");
        try (Filled filled = new Filled(single, model, count, 64)) {
            filled.sink.hurry();
            for (int r = 0; r < count; r++) {
                filled.write(1);
            }
        }
        try (Filled filled = new Filled(together, model, count, 64)) {
            int most = filled.sink.most();
            filled.write(count - 10);
            assertEquals(most, filled.sink.most(), "no write was refused");
            assertEquals(filled.sink.block() > 1 ? 64 : 8, most);
            filled.sink.hurry();
            assertEquals(8, filled.sink.most(), "256 KiB of g at once");
            filled.write(10);
        }
        assertEquals(-1, Files.mismatch(single, together));
    }

    @Test
    void aRecordingLaidOutOtherwiseIsNotWrittenTo() throws IOException {
        Path file = directory.resolve("other");
        StreamSink.open(file, plan(MODEL, ROWS + 1), 4).close();
        byte[] before = Files.readAllBytes(file);
        IOException e = assertThrows(IOException.class, () -> StreamSink.open(file, plan(MODEL, ROWS), 4));
        assertTrue(e.getMessage().contains("another version started it"), e.getMessage());
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void largeRowsGoOneByOne() throws IOException {
        ModelConfig large = new ModelConfig(8_192, 128, 1, 1, 2, ModelConfig.Norm.LAYER_NORM, true);
        try (StreamSink sink = StreamSink.open(directory.resolve("large"), plan(large, ROWS), 16)) {
            assertEquals(1, sink.most());
        }
    }
}
