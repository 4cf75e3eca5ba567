package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class CacheLineTest {
    @Test
    void theFirstFloatIsAWholeLineBehindTheStartOfItsObject() throws ReflectiveOperationException {
        Class<?> unsafe = Class.forName("sun.misc.Unsafe");
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        int base = (int) unsafe.getMethod("arrayBaseOffset", Class.class).invoke(instance.get(null), float[].class);

        assertEquals(0, (base + CacheLine.ALIGNED_OFFSET * Float.BYTES) % 64);
    }

    @Test
    void packedMatricesStartThere() {
        PackedMatrix matrix = new PackedMatrix(3, 20, 16);

        assertEquals(CacheLine.ALIGNED_OFFSET, matrix.at(0, 0));
        assertEquals(CacheLine.ALIGNED_OFFSET + (3 + 2) * 16 + 1, matrix.at(2, 17));
        assertEquals(CacheLine.ALIGNED_OFFSET + 3 * 32, matrix.values().length);
    }
}
