package org.lilgatsby.run;

import java.time.Duration;
import java.util.Locale;
import org.lilgatsby.kernel.Kernels;

/**
 * How a run is carried out; as long as all values are finite, none of it changes a bit of the results.
 *
 * @param program version of the program, for the manifest
 * @param kernels implementation of the kernels
 * @param threads workers of a step
 * @param checkpointEvery time between checkpoints, the most that a crash can lose; zero for one after every step
 * @param onNonFinite what to do when a loss, gradient or parameter becomes NaN or infinite
 * @param sampleLength number of ids that the trained model generates at the end, one forward pass each
 */
public record RunOptions(
        String program,
        Kernels kernels,
        int threads,
        Duration checkpointEvery,
        OnNonFinite onNonFinite,
        int sampleLength) {
    /** Little compared with a run of minutes; a checkpoint takes milliseconds. */
    public static final Duration USUAL_CHECKPOINTS = Duration.ofSeconds(15);

    /** A few lines of text. */
    public static final int USUAL_SAMPLE = 400;

    /** What to do about NaN and infinity. */
    public enum OnNonFinite {
        /** Stop, and report where the first one is. */
        STOP,
        /** Continue, and record them. */
        CONTINUE;

        /** The name on the command line: {@code stop}, {@code continue}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checkpoints at the usual interval; NaN and infinity stop the run; a sample of the usual length. */
    public RunOptions(String program, Kernels kernels, int threads) {
        this(program, kernels, threads, USUAL_CHECKPOINTS, OnNonFinite.STOP, USUAL_SAMPLE);
    }

    /** The same with another checkpoint interval and another response to NaN and infinity. */
    public RunOptions with(Duration checkpointEvery, OnNonFinite onNonFinite) {
        return new RunOptions(program, kernels, threads, checkpointEvery, onNonFinite, sampleLength);
    }

    /** The same with another number of workers. */
    public RunOptions with(int workers) {
        return new RunOptions(program, kernels, workers, checkpointEvery, onNonFinite, sampleLength);
    }

    /** The same with another implementation of the kernels. */
    public RunOptions with(Kernels other) {
        return new RunOptions(program, other, threads, checkpointEvery, onNonFinite, sampleLength);
    }

    /** The same with a sample of another length. */
    public RunOptions withSample(int ids) {
        return new RunOptions(program, kernels, threads, checkpointEvery, onNonFinite, ids);
    }
}
