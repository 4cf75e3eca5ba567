package org.lilgatsby.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lilgatsby.kernel.CacheLine;

class Gpt2LayoutTest {
    private static final int LINE = 64 / Float.BYTES;

    @Test
    void tensorsFollowEachOtherFromTheFirstLineOfTheCacheOn() {
        for (boolean tied : new boolean[] {true, false}) {
            for (ModelConfig.Norm norm : ModelConfig.Norm.values()) {
                ModelConfig config = new ModelConfig(128, 64, 2, 2, 128, norm, tied);
                Gpt2Layout layout = new Gpt2Layout(config);
                int end = CacheLine.ALIGNED_OFFSET;
                for (ParameterTensor tensor : layout.tensors()) {
                    assertEquals(end, tensor.at(), tensor.name());
                    assertEquals(
                            CacheLine.ALIGNED_OFFSET % LINE, tensor.at() % LINE, tensor.name() + " begins on a line");
                    end = tensor.end();
                }
                assertEquals(end, layout.length());
                assertEquals(config.parameterCount(), layout.length() - CacheLine.ALIGNED_OFFSET);
            }
        }
    }
}
