package org.lilgatsby.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lilgatsby.benchmark.KernelCase;
import org.lilgatsby.benchmark.KernelCases;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.kernel.KernelChoice;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One kernel of the experiments' model; {@link KernelTable} runs them all. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 10, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 100, time = 10, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class KernelRun {
    /** Index of a case. */
    @Param("0")
    public int kernel;

    /** Sequences of a step. */
    @Param({"1", "32"})
    public int batch;

    private KernelCase measured;

    static List<KernelCase> cases(int batch) {
        return KernelCases.of(
                KernelChoice.AUTO.create(),
                BuiltIn.load("float32-edition", List.of()).model(),
                batch);
    }

    @Setup
    public void prepare() {
        measured = cases(batch).get(kernel);
    }

    @Benchmark
    public float run(Peak peak) {
        return measured.work().run();
    }
}
