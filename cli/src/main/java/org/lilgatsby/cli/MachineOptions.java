package org.lilgatsby.cli;

import org.lilgatsby.run.RunOptions;
import org.lilgatsby.settings.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the machine is used; none of it changes a bit of the results. */
public final class MachineOptions {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that work on a step (default: all processors, at most 8).")
    private Integer threads;

    @Mixin
    private KernelOptions kernels;

    /** The largest parts of a batch are an eighth of it; more workers would wait. */
    private static final int MOST_USEFUL = 8;

    /** Begins to find out what the processor can, while something else is done. */
    void prepare() {
        kernels.prepare();
    }

    /** What the command line says about the machine. */
    public RunOptions options() {
        int workers =
                threads == null ? Math.min(MOST_USEFUL, Runtime.getRuntime().availableProcessors()) : threads;
        Settings.requireWithin("--threads", workers, 1, 64);
        return kernels.options(workers);
    }
}
