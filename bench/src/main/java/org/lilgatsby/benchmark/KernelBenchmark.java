package org.lilgatsby.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.ModelConfig;

/** The kernels of one sequence of a model, each compared with the core's peaks: a first look, in less than a minute. */
public final class KernelBenchmark {
    private static final int ROUNDS = 200;
    private static final double WARM_UP_SECONDS = 6;

    /**
     * One kernel.
     *
     * @param kernel what was measured
     * @param measured its rate, beside the peak of fused multiply-adds
     * @param dotProducts the same beside that of bfloat16 dot products, if the kernels compute this one by them
     */
    public record Line(KernelCase kernel, Measurement measured, Optional<Measurement> dotProducts) {}

    private KernelBenchmark() {}

    /** Measures every kernel at the model's shapes. */
    public static List<Line> of(Kernels kernels, ModelConfig model) {
        List<KernelCase> cases = KernelCases.of(kernels, model, 1);
        Measurement.warmUp(cases.stream().map(KernelCase::work).toList(), WARM_UP_SECONDS);
        List<Map<CorePeak, Measurement>> measured = Measurement.inTurn(cases, CorePeak.of(kernels), ROUNDS);
        return IntStream.range(0, cases.size())
                .mapToObj(i -> line(cases.get(i), measured.get(i)))
                .toList();
    }

    static Line line(KernelCase kernel, Map<CorePeak, Measurement> measured) {
        return new Line(
                kernel,
                measured.get(CorePeak.MULTIPLY_ADD),
                Optional.ofNullable(measured.get(CorePeak.DOT_PRODUCT)).filter(_ -> kernel.dense()));
    }

    /** Median GFLOP/s of every peak that this machine's cores have, measured in turn. */
    public static Map<CorePeak, Double> peaks() {
        return Measurement.peaks(
                Stream.of(CorePeak.values())
                        .filter(peak -> peak.refusal().isEmpty())
                        .toList(),
                ROUNDS);
    }
}
