package org.lilgatsby.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.ModelConfig;

/** The kernels of one sequence of a model, each compared with the core's peaks: a first look, in about a minute. */
public final class KernelBenchmark {
    private static final int ROUNDS = 200;
    private static final double WARM_UP_SECONDS = 6;

    /**
     * One kernel.
     *
     * @param kernel what was measured
     * @param measured its rate, beside the peak of fused multiply-adds
     * @param dotProducts what there is to say more if the kernels compute this one by dot products
     */
    public record Line(KernelCase kernel, Measurement measured, Optional<DotProducts> dotProducts) {}

    /**
     * A product that is computed by bfloat16 dot products.
     *
     * @param measured its rate, beside the peak of such dot products
     * @param timesVector its rate as a multiple of that of the vector kernels, measured in turn
     */
    public record DotProducts(Measurement measured, double timesVector) {}

    private KernelBenchmark() {}

    /**
     * Measures every kernel at the model's shapes; the products of bfloat16 kernels in turn with those of the vector
     * kernels.
     */
    public static List<Line> of(Kernels kernels, ModelConfig model) {
        List<CorePeak> peaks = CorePeak.of(kernels);
        boolean dotProducts = peaks.contains(CorePeak.DOT_PRODUCT);
        List<KernelCase> vector =
                dotProducts ? KernelCases.of(KernelChoice.VECTOR.create(), model, 1) : List.<KernelCase>of();
        List<KernelCase> cases = inTurn(KernelCases.of(kernels, model, 1), vector);
        Measurement.warmUp(cases.stream().map(KernelCase::work).toList(), WARM_UP_SECONDS);
        return lines(cases, Measurement.inTurn(cases, peaks, ROUNDS), dotProducts);
    }

    /** Behind each product of matrices the same one of other kernels, if there are others. */
    static List<KernelCase> inTurn(List<KernelCase> cases, List<KernelCase> others) {
        List<KernelCase> all = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            all.add(cases.get(i));
            if (cases.get(i).dense() && !others.isEmpty()) {
                all.add(others.get(i));
            }
        }
        return all;
    }

    /** @param dotProducts whether behind each product of matrices there is that of the vector kernels */
    static List<Line> lines(List<KernelCase> cases, List<Map<CorePeak, Measurement>> measured, boolean dotProducts) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            KernelCase kernel = cases.get(i);
            Measurement here = measured.get(i).get(CorePeak.MULTIPLY_ADD);
            Optional<DotProducts> more = Optional.empty();
            if (dotProducts && kernel.dense()) {
                Measurement dots = measured.get(i).get(CorePeak.DOT_PRODUCT);
                Measurement vector = measured.get(++i).get(CorePeak.MULTIPLY_ADD);
                more = Optional.of(new DotProducts(dots, here.gflopPerSecond() / vector.gflopPerSecond()));
            }
            lines.add(new Line(kernel, here, more));
        }
        return lines;
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
