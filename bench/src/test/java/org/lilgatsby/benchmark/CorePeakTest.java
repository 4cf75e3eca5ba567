package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lilgatsby.kernel.Bf16Peak;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.ScalarKernels;

class CorePeakTest {
    private static final Measurement MEASURED = new Measurement(1, 2, 0.5, 0.6);

    @Test
    void kernelsWithoutDotProductsAreComparedWithMultiplyAdds() {
        assertEquals(List.of(CorePeak.MULTIPLY_ADD), CorePeak.of(new ScalarKernels()));
        assertEquals(List.of(CorePeak.MULTIPLY_ADD), CorePeak.of(KernelChoice.AUTO.create()));
    }

    @Test
    void kernelsOfBfloat16AreComparedWithBoth() {
        KernelChoice choice = new KernelChoice(KernelChoice.Implementation.BF16, KernelChoice.PREFERRED);
        assumeTrue(Bf16Peak.refusal().isEmpty()
                && KernelChoice.AUTO.create().description().contains("512"));
        assertEquals(List.of(CorePeak.MULTIPLY_ADD, CorePeak.DOT_PRODUCT), CorePeak.of(choice.create()));
    }

    @Test
    void onlyProductsOfMatricesAreComparedWithDotProducts() {
        Map<CorePeak, Measurement> both = Map.of(CorePeak.MULTIPLY_ADD, MEASURED, CorePeak.DOT_PRODUCT, MEASURED);
        KernelCase product = new KernelCase("forward", "1 x 1 x 1", 2, true, () -> 0);
        KernelCase gelu = new KernelCase("gelu", "1 x 1", 2, false, () -> 0);
        assertEquals(Optional.of(MEASURED), KernelBenchmark.line(product, both).dotProducts());
        assertEquals(Optional.empty(), KernelBenchmark.line(gelu, both).dotProducts());
        assertEquals(
                Optional.empty(),
                KernelBenchmark.line(product, Map.of(CorePeak.MULTIPLY_ADD, MEASURED))
                        .dotProducts());
    }

    /** A vector of float32 has 2 operations a lane, one of pairs of bfloat16 has 4. */
    @Test
    void operationsAreCountedByLane() {
        assertEquals(3 * CorePeak.MULTIPLY_ADD.flop(1), CorePeak.MULTIPLY_ADD.flop(3));
        assertEquals(5 * 24 * 16 * 4, CorePeak.DOT_PRODUCT.flop(5));
    }

    @Test
    void everyPeakOfThisMachineIsMeasured() {
        List<CorePeak> here = CorePeak.DOT_PRODUCT.refusal().isPresent()
                ? List.of(CorePeak.MULTIPLY_ADD)
                : List.of(CorePeak.MULTIPLY_ADD, CorePeak.DOT_PRODUCT);
        Map<CorePeak, Double> peaks = Measurement.peaks(here, 1);
        assertEquals(List.copyOf(peaks.keySet()), here);
        peaks.forEach((peak, rate) -> assertTrue(rate > 0, peak.title() + " " + rate));
        Map<CorePeak, Measurement> measured = Measurement.inTurn(
                        List.of(new KernelCase("nothing", "1", 1, true, () -> 0)), here, 1)
                .getFirst();
        assertEquals(List.copyOf(measured.keySet()), here);
    }
}
