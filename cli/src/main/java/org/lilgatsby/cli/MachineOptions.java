package org.lilgatsby.cli;

import java.util.List;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.settings.Settings;
import picocli.CommandLine.Option;

/** How the machine is used; none of it changes a bit of the results. */
public final class MachineOptions {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that work on a step (default: all processors, at most 8).")
    private Integer threads;

    @Option(
            names = "--kernels",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "Implementation of the kernels: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). All "
                    + "give the same bits.")
    private KernelChoice.Implementation implementation;

    @Option(
            names = "--vector-bits",
            paramLabel = "BITS",
            defaultValue = "0",
            description =
                    "Width of vectors: 128, 256 or 512 (default: what the processor prefers). All give the same bits.")
    private int vectorBits;

    /** The largest parts of a batch are an eighth of it; more workers would wait. */
    private static final int MOST_USEFUL = 8;

    /** What the command line says about the machine. */
    public RunOptions options() {
        int workers =
                threads == null ? Math.min(MOST_USEFUL, Runtime.getRuntime().availableProcessors()) : threads;
        Settings.requireWithin("--threads", workers, 1, 64);
        Settings.require(
                List.of(0, 128, 256, 512).contains(vectorBits),
                "--vector-bits",
                "--vector-bits is %d; allowed are 128, 256 and 512".formatted(vectorBits));
        return new RunOptions(Version.ofProgram(), new KernelChoice(implementation, vectorBits).create(), workers);
    }
}
