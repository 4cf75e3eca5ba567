package org.lilgatsby.benchmark;

import java.util.List;
import java.util.stream.IntStream;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.ModelConfig;

/** The kernels of one sequence of a model, each compared with the core's peak: a first look, in less than a minute. */
public final class KernelBenchmark {
    private static final int ROUNDS = 200;
    private static final double WARM_UP_SECONDS = 6;

    /**
     * One kernel.
     *
     * @param kernel what was measured
     * @param measured its rate
     */
    public record Line(KernelCase kernel, Measurement measured) {}

    private KernelBenchmark() {}

    /** Measures every kernel at the model's shapes. */
    public static List<Line> of(Kernels kernels, ModelConfig model) {
        List<KernelCase> cases = KernelCases.of(kernels, model, 1);
        Measurement.warmUp(cases.stream().map(KernelCase::work).toList(), WARM_UP_SECONDS);
        List<Measurement> measured = Measurement.inTurn(cases, ROUNDS);
        return IntStream.range(0, cases.size())
                .mapToObj(i -> new Line(cases.get(i), measured.get(i)))
                .toList();
    }
}
