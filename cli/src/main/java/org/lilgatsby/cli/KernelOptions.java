package org.lilgatsby.cli;

import java.util.List;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.settings.Settings;
import picocli.CommandLine.Option;

/** Which kernels compute; none of it changes a bit of the results. */
final class KernelOptions {
    @Option(
            names = "--kernels",
            paramLabel = "NAME",
            defaultValue = "auto",
            description =
                    "Implementation of the kernels: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, which is bf16 "
                            + "where the processor can, otherwise vector). All give the same bits.")
    private KernelChoice.Implementation implementation;

    @Option(
            names = "--vector-bits",
            paramLabel = "BITS",
            defaultValue = "0",
            description =
                    "Width of vectors: 128, 256 or 512 (default: what the processor prefers). All give the same bits.")
    private int vectorBits;

    /** Begins to find out what the processor can, while something else is done. */
    void prepare() {
        new KernelChoice(implementation, KernelChoice.PREFERRED).prepare();
    }

    /** How runs are carried out, each by so many threads. */
    RunOptions options(int threads) {
        Settings.require(
                List.of(0, 128, 256, 512).contains(vectorBits),
                "--vector-bits",
                "--vector-bits is %d; allowed are 128, 256 and 512".formatted(vectorBits));
        return new RunOptions(Version.ofProgram(), new KernelChoice(implementation, vectorBits).create(), threads);
    }
}
