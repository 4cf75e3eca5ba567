package org.lilgatsby.spark;

import java.io.Serializable;
import java.time.Duration;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.KernelChoice.Implementation;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.run.RunOptions;

/**
 * {@link RunOptions} for another machine, which has vectors of its own width.
 *
 * @param kernels implementation of the kernels
 */
record RemoteOptions(
        String program,
        Implementation kernels,
        int threads,
        Duration checkpointEvery,
        RunOptions.OnNonFinite onNonFinite,
        int sampleLength)
        implements Serializable {

    static RemoteOptions of(RunOptions options) {
        return new RemoteOptions(
                options.program(),
                Implementation.of(options.kernels()),
                options.threads(),
                options.checkpointEvery(),
                options.onNonFinite(),
                options.sampleLength());
    }

    /**
     * The options on this machine.
     *
     * @throws IllegalStateException if it cannot use these kernels
     */
    RunOptions here() {
        Kernels here = new KernelChoice(kernels, KernelChoice.PREFERRED).create();
        return new RunOptions(program, here, threads, checkpointEvery, onNonFinite, sampleLength);
    }
}
