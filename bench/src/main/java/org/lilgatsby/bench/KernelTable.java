package org.lilgatsby.bench;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.lilgatsby.benchmark.KernelCase;
import org.lilgatsby.benchmark.Measurement;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Prints the rate of every kernel of the experiments' model on one core, measured by JMH in a separate JVM, with the
 * fused multiply-add peak measured before each of its iterations, the median of the ratios, and the best tenth of the
 * rates over the best tenth of the peaks. The argument is a regular expression that selects kernels by name.
 */
public final class KernelTable {
    private KernelTable() {}

    public static void main(String[] arguments) throws RunnerException {
        Pattern wanted = Pattern.compile(arguments.length > 0 ? arguments[0] : "");
        List<KernelCase> cases = KernelRun.cases(1);
        String[] indices = IntStream.range(0, cases.size())
                .filter(i -> wanted.matcher(cases.get(i).name()).find())
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
        if (indices.length == 0) {
            System.err.println("no kernel has a name like \"" + wanted + "\"; there are: "
                    + String.join(
                            ", ",
                            cases.stream().map(KernelCase::name).distinct().toList()));
            System.exit(2);
        }
        print(
                "%-26s%-20s%8s%12s%12s%12s%12s%12s",
                "kernel", "shape", "batch", "MFLOP", "GFLOP/s", "peak", "% of peak", "best tenth");
        for (String index : indices) {
            for (RunResult result : new Runner(new OptionsBuilder()
                            .include(KernelRun.class.getName())
                            .param("kernel", index)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run()) {
                line(result);
            }
        }
    }

    private static void line(RunResult result) {
        BenchmarkParams params = result.getParams();
        int batch = Integer.parseInt(params.getParam("batch"));
        KernelCase kernel = KernelRun.cases(batch).get(Integer.parseInt(params.getParam("kernel")));
        Iterator<IterationResult> iterations = result.getBenchmarkResults()
                .iterator()
                .next()
                .getIterationResults()
                .iterator();
        int n = params.getMeasurement().getCount();
        double[] rates = new double[n];
        double[] peaks = new double[n];
        double[] shares = new double[n];
        for (int i = 0; i < n; i++) {
            IterationResult iteration = iterations.next();
            rates[i] = iteration.getPrimaryResult().getScore() * kernel.flop() / 1e9;
            peaks[i] = iteration.getSecondaryResults().get("peak").getScore();
            shares[i] = rates[i] / peaks[i];
        }
        print(
                "%-26s%-20s%8d%12.3f%12.1f%12.1f%12.0f%12.0f",
                kernel.name(),
                kernel.shape(),
                batch,
                kernel.flop() / 1e6,
                Measurement.median(rates),
                Measurement.median(peaks),
                100 * Measurement.median(shares),
                100 * Measurement.best(rates) / Measurement.best(peaks));
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
