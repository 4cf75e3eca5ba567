package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.kernel.KernelChoice.Implementation;

class KernelChoiceTest {
    @Test
    void autoIsTheProcessorsBfloat16ProductsWhereThereAreSome() {
        String vector = "vector " + KernelChoice.preferredBits() + " bit";
        assertEquals(vector, KernelChoice.VECTOR.create().description());
        assertEquals(
                KernelChoice.refusalOfBf16().isEmpty() ? "bfloat16 products, " + vector : vector,
                KernelChoice.AUTO.create().description());
    }

    @Test
    void autoOfAWidthIsVector() {
        assertEquals("vector 128 bit", new KernelChoice(Implementation.AUTO, 128).create().description());
    }

    @Test
    void bfloat16ProductsAreGivenOrRefused() {
        KernelChoice choice = new KernelChoice(Implementation.BF16, KernelChoice.PREFERRED);
        Optional<String> refusal = Bf16Kernels.refusal();
        if (refusal.isEmpty()) {
            assertEquals("bfloat16 products, vector 512 bit", choice.create().description());
        } else {
            IllegalStateException refused = assertThrows(IllegalStateException.class, choice::create);
            assertTrue(refused.getMessage().contains(refusal.get()), refused.getMessage());
        }
    }

    @Test
    void bfloat16ProductsNeedThePreferredWidth() {
        int other = KernelChoice.preferredBits() == 128 ? 256 : 128;
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> new KernelChoice(Implementation.BF16, other).create());
        assertTrue(refused.getMessage().contains(other + " were asked for"), refused.getMessage());
    }

    @Test
    void scalarIsScalar() {
        assertEquals("scalar", new KernelChoice(Implementation.SCALAR, KernelChoice.PREFERRED).create().description());
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void aWidthIsGivenOrRefused(int bits) {
        KernelChoice choice = new KernelChoice(Implementation.VECTOR, bits);
        if (bits <= KernelChoice.preferredBits()) {
            assertEquals("vector " + bits + " bit", choice.create().description());
        } else {
            IllegalStateException refused = assertThrows(IllegalStateException.class, choice::create);
            assertTrue(
                    refused.getMessage().contains("vectors of " + bits + " bits were asked for"), refused.getMessage());
        }
    }

    /** ARM has 32 registers at any width; on x86 16, unless vectors have 512 bits. */
    @ParameterizedTest
    @CsvSource({
        "aarch64, 128, true", "amd64, 128, false", "amd64, 256, false", "x86_64, 256, false", "amd64, 512, true",
    })
    void theArchitectureSaysHowManyRegistersThereAre(String architecture, int bits, boolean many) {
        assertEquals(many, VectorWidth.hasManyRegisters(architecture, bits));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 64, 384, 1024})
    void otherWidthsDoNotExist(int bits) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new KernelChoice(Implementation.AUTO, bits));
        assertEquals("vector width is " + bits + " bits; it can be 128, 256 or 512", refused.getMessage());
    }
}
