package org.lilgatsby.torture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** When a process is killed. */
enum Moment {
    /** Anywhere between its start and its end. */
    ANY(null, 0),
    /** Before or while it makes its first files. */
    BEGINNING("run.lock", 60),
    /** When the recording is open, before or in the first step. */
    FIRST_STEP("recording.progress", 20),
    /** While a checkpoint is written. */
    CHECKPOINT("checkpoint/state.safetensors.partial", 3),
    /** While the manifest is replaced. */
    MANIFEST("manifest.json.partial", 3),
    /** While the trained model is written. */
    MODEL("model.partial", 10),
    /** While the reports are written. */
    REPORT("report.json", 10),
    /** While the files are sealed. */
    SEAL("report.txt", 40),
    /** While or after its tensors are summed up. */
    SUMS("checksums.safetensors", 20);

    private final String file;
    private final int jitterMillis;

    Moment(String file, int jitterMillis) {
        this.file = file;
        this.jitterMillis = jitterMillis;
    }

    /**
     * Kills the process.
     *
     * @param usualMillis how long the process takes if it is let
     * @return whether it came to be killed before its end
     */
    boolean kill(Process process, Path directory, long usualMillis, RandomGenerator random)
            throws InterruptedException {
        boolean killed = await(process, directory, usualMillis, random);
        process.destroyForcibly().waitFor();
        return killed;
    }

    /**
     * Waits for the moment.
     *
     * @param usualMillis how long the process takes if it is let
     * @return whether the process has not ended before
     */
    boolean await(Process process, Path directory, long usualMillis, RandomGenerator random) {
        if (file != null) {
            await(process, directory.resolve(file));
        }
        long most = file == null ? usualMillis : jitterMillis;
        LockSupport.parkNanos((long) (random.nextDouble() * most * 1e6));
        return process.isAlive();
    }

    private static void await(Process process, Path file) {
        while (process.isAlive() && Files.notExists(file)) {
            LockSupport.parkNanos(200_000);
        }
    }
}
