package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.ModelConfig.Norm;
import org.lilgatsby.model.SettingException;

class MemoryNeedTest {
    private static final ModelConfig SMALL = new ModelConfig(128, 64, 2, 2, 128, Norm.LAYER_NORM, true);

    @Test
    void countsWhatIsTrainedAndWhatEachWorkerHolds() {
        long trained = 16 * 116_480L;
        long aWorker = 4 * (116_480L + 128 * 2 * 16 * 64 + 2 * 128 * 128);
        assertEquals(trained + aWorker, MemoryNeed.leastBytes(SMALL, 1));
        assertEquals(trained + 5 * aWorker, MemoryNeed.leastBytes(SMALL, 5));
    }

    @Test
    void refusesAModelThatCannotFit() {
        long needed = MemoryNeed.leastBytes(SMALL, 2);
        assertDoesNotThrow(() -> MemoryNeed.requireFits(SMALL, 2, needed));
        SettingException e = assertThrows(SettingException.class, () -> MemoryNeed.requireFits(SMALL, 2, needed - 1));
        assertEquals(
                "the model has 116,480 parameters and takes at least 5,154,816 bytes to train with 2 threads, but the heap has 5,154,815; "
                        + "take a smaller model, fewer threads, or a larger heap (LILGATSBY_JAVA_OPTS=-Xmx...)",
                e.getMessage());
    }

    @Test
    void refusesAMatrixThatNoArrayHolds() {
        ModelConfig wide = new ModelConfig(1 << 20, 1 << 16, 1, 1, 2, Norm.LAYER_NORM, true);
        SettingException e = assertThrows(SettingException.class, () -> MemoryNeed.requireFits(wide, 1, Long.MAX_VALUE));
        assertEquals(
                "model.vocabulary x model.width is 68,719,476,736 values; a matrix has at most 2,147,483,639", e.getMessage());
    }
}
