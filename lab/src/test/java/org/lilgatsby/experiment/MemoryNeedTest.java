package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lilgatsby.bf16.Format;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.ModelConfig.Norm;
import org.lilgatsby.model.SettingException;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.RecordingConfig;

class MemoryNeedTest {
    private static final RecordingConfig LOSSES = new RecordingConfig(
            List.of(new RecordedTensor("losses", Observable.LOSSES, Format.F32)), List.of(), 1, RecordingConfig.Layout.STREAM);
    private static final ModelConfig SMALL = new ModelConfig(128, 64, 2, 2, 128, Norm.LAYER_NORM, true);

    @Test
    void countsWhatIsTrainedAndWhatEachWorkerHolds() {
        long trained = 16 * 116_480L;
        long pairs = 128 * 129 / 2 * 2 * 2;
        long aWorker = 4 * (116_480L + 128 * 2 * 16 * 64 + pairs + 2 * 128 * 128);
        assertEquals(trained + aWorker, MemoryNeed.leastBytes(SMALL, 1));
        assertEquals(trained + 5 * aWorker, MemoryNeed.leastBytes(SMALL, 5));
    }

    @Test
    void refusesAModelThatCannotFit() {
        long needed = MemoryNeed.leastBytes(SMALL, 2) + 256 * Float.BYTES;
        assertDoesNotThrow(() -> MemoryNeed.requireFits(SMALL, LOSSES, 2, needed));
        SettingException e = assertThrows(SettingException.class, () -> MemoryNeed.requireFits(SMALL, LOSSES, 2, needed - 1));
        assertEquals(
                "the model has 116,480 parameters and takes at least 5,420,032 bytes to train with 2 threads, 1,024 of them for rows on "
                        + "their way to the recording, but the heap has 5,420,031; take a smaller model, fewer threads, fewer recorded "
                        + "tensors, or a larger heap (LILGATSBY_JAVA_OPTS=-Xmx...)",
                e.getMessage());
    }

    @Test
    void countsTheRowsOnTheirWayToTheRecording() {
        RecordingConfig deltas = new RecordingConfig(
                List.of(
                        new RecordedTensor("embeddings", Observable.EMBEDDINGS, Format.BF16),
                        new RecordedTensor("deltas", Observable.DELTAS, Format.F32)),
                List.of(), 1, RecordingConfig.Layout.STREAM);
        long matrix = 128 * 64;
        long rows = 256 * matrix * (Short.BYTES + Float.BYTES);
        long before = matrix * Float.BYTES;
        long needed = MemoryNeed.leastBytes(SMALL, 2) + rows + before;
        assertDoesNotThrow(() -> MemoryNeed.requireFits(SMALL, deltas, 2, needed));
        assertThrows(SettingException.class, () -> MemoryNeed.requireFits(SMALL, deltas, 2, needed - 1));
    }

    @Test
    void refusesAMatrixThatNoArrayHolds() {
        ModelConfig wide = new ModelConfig(1 << 20, 1 << 16, 1, 1, 2, Norm.LAYER_NORM, true);
        SettingException e = assertThrows(SettingException.class, () -> MemoryNeed.requireFits(wide, LOSSES, 1, Long.MAX_VALUE));
        assertEquals(
                "model.vocabulary x model.width is 68,719,476,736 values; a matrix has at most 2,000,000,000", e.getMessage());
    }

    @Test
    void refusesActivationsThatNoArrayHolds() {
        ModelConfig wide = new ModelConfig(128, 16_384, 1, 1, 40_000, Norm.LAYER_NORM, true);
        SettingException e = assertThrows(SettingException.class, () -> MemoryNeed.requireFits(wide, LOSSES, 1, Long.MAX_VALUE));
        assertEquals("model.context x 4 model.width is 2,621,440,000 values; a matrix has at most 2,000,000,000", e.getMessage());
    }

    @Test
    void refusesAContextWhosePairsNoArrayHolds() {
        ModelConfig longWindow = new ModelConfig(128, 64, 1, 1, 46_341, Norm.LAYER_NORM, true);
        SettingException e =
                assertThrows(SettingException.class, () -> MemoryNeed.requireFits(longWindow, LOSSES, 1, Long.MAX_VALUE));
        assertEquals("model.context x model.context is 2,147,488,281 values; a matrix has at most 2,000,000,000", e.getMessage());
    }
}
