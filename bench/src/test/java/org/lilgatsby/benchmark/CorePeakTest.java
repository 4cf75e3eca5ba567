package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.ScalarKernels;

class CorePeakTest {
    @Test
    void kernelsWithoutDotProductsAreComparedWithMultiplyAdds() {
        assertEquals(List.of(CorePeak.MULTIPLY_ADD), CorePeak.of(new ScalarKernels()));
        assertEquals(List.of(CorePeak.MULTIPLY_ADD), CorePeak.of(KernelChoice.VECTOR.create()));
    }

    @Test
    void kernelsOfBfloat16AreComparedWithBoth() {
        KernelChoice choice = new KernelChoice(KernelChoice.Implementation.BF16, KernelChoice.PREFERRED);
        assumeTrue(KernelChoice.refusalOfBf16().isEmpty());
        assertEquals(List.of(CorePeak.MULTIPLY_ADD, CorePeak.DOT_PRODUCT), CorePeak.of(choice.create()));
    }

    /** 190 of 240 GFLOP/s of dot products, twice the 95 of the vector kernels. */
    @Test
    void onlyProductsOfMatricesAreComparedWithDotProductsAndVectors() {
        KernelCase gelu = new KernelCase("gelu", "1 x 1", 2, false, () -> 0);
        KernelCase product = new KernelCase("forward", "1 x 1 x 1", 2, true, () -> 0);
        KernelCase vector = new KernelCase("forward", "1 x 1 x 1", 2, true, () -> 1);
        List<KernelCase> cases = KernelBenchmark.inTurn(List.of(gelu, product), List.of(gelu, vector));
        assertEquals(List.of(gelu, product, vector), cases);
        Measurement dots = against(190, 240);
        List<Map<CorePeak, Measurement>> measured = List.of(
                Map.of(CorePeak.MULTIPLY_ADD, against(50, 120), CorePeak.DOT_PRODUCT, against(50, 240)),
                Map.of(CorePeak.MULTIPLY_ADD, against(190, 120), CorePeak.DOT_PRODUCT, dots),
                Map.of(CorePeak.MULTIPLY_ADD, against(95, 120), CorePeak.DOT_PRODUCT, against(95, 240)));
        assertEquals(
                List.of(
                        new KernelBenchmark.Line(gelu, against(50, 120), Optional.empty()),
                        new KernelBenchmark.Line(
                                product, against(190, 120), Optional.of(new KernelBenchmark.DotProducts(dots, 2)))),
                KernelBenchmark.lines(cases, measured, true));
    }

    @Test
    void otherKernelsAreMeasuredAlone() {
        KernelCase product = new KernelCase("forward", "1 x 1 x 1", 2, true, () -> 0);
        List<KernelCase> cases = KernelBenchmark.inTurn(List.of(product), List.of());
        assertEquals(List.of(product), cases);
        assertEquals(
                List.of(new KernelBenchmark.Line(product, against(95, 120), Optional.empty())),
                KernelBenchmark.lines(cases, List.of(Map.of(CorePeak.MULTIPLY_ADD, against(95, 120))), false));
    }

    private static Measurement against(double rate, double peak) {
        return new Measurement(rate, peak, rate / peak, rate / peak);
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
