package org.lilgatsby.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.model.ModelConfig.Norm;
import org.lilgatsby.settings.SettingException;

class ModelConfigTest {
    /** Counts published for these GPT-2 shapes (124M is the smallest released one); the last two by hand. */
    @ParameterizedTest
    @CsvSource({
        "128, 64, 2, 2, 128, LAYER_NORM, true, 116480",
        "50257, 768, 12, 12, 1024, LAYER_NORM, true, 124439808",
        "50257, 1600, 48, 25, 1024, LAYER_NORM, true, 1557611200",
        "128, 64, 2, 2, 128, LAYER_NORM, false, 124672",
        "128, 64, 2, 2, 128, RMS_NORM, true, 116160"
    })
    void countsParameters(
            int vocabulary, int width, int layers, int heads, int context, Norm norm, boolean tied, long expected) {
        ModelConfig model = new ModelConfig(vocabulary, width, layers, heads, context, norm, tied);
        assertEquals(expected, model.parameterCount());
    }

    @Test
    void derivesSizes() {
        ModelConfig model = new ModelConfig(128, 96, 2, 3, 128, Norm.LAYER_NORM, true);
        assertEquals(32, model.headSize());
        assertEquals(384, model.ffn());
    }

    @Test
    void countsTheLargestWithoutOverflow() {
        ModelConfig model = new ModelConfig(1 << 20, 1 << 16, 1 << 10, 1, 1 << 16, Norm.LAYER_NORM, false);
        long width = 1L << 16;
        long blocks = (1L << 10) * (12 * width * width + 13 * width);
        assertEquals(blocks + 2 * (1L << 36) + width * width + 2 * width, model.parameterCount());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 64 | 2 | 2 | 128 | model.vocabulary is 1; allowed are whole numbers from 2 to 1048576",
                "128 | 0 | 2 | 2 | 128 | model.width is 0; allowed are whole numbers from 1 to 65536",
                "128 | 64 | 0 | 2 | 128 | model.layers is 0; allowed are whole numbers from 1 to 1024",
                "128 | 64 | 2 | -2 | 128 | model.heads is -2; allowed are whole numbers from 1 to 1024",
                "128 | 64 | 2 | 2 | 1 | model.context is 1; allowed are whole numbers from 2 to 65536",
                "128 | 64 | 2 | 3 | 128 | model.heads is 3, which does not divide model.width, 64"
            })
    void refusesWhatIsOutOfRange(int vocabulary, int width, int layers, int heads, int context, String message) {
        SettingException e = assertThrows(
                SettingException.class,
                () -> new ModelConfig(vocabulary, width, layers, heads, context, Norm.LAYER_NORM, true));
        assertEquals(message, e.getMessage());
    }
}
