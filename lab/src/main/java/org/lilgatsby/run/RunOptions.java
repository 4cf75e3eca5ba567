package org.lilgatsby.run;

import java.time.Duration;
import java.util.Locale;
import org.lilgatsby.kernel.Kernels;

/**
 * How a run is carried out; nothing here changes a bit of what it computes, as long as all of it is finite.
 *
 * @param program version of the program, for the manifest
 * @param kernels implementation of the kernels
 * @param threads workers of a step
 * @param checkpointEvery time between checkpoints, which is what a crash costs at most; zero for one after every step
 * @param onNonFinite what a run does whose loss, gradient or parameters become NaN or infinite
 * @param sampleLength ids of the text that the trained model generates at the end, each a forward pass
 */
public record RunOptions(
        String program,
        Kernels kernels,
        int threads,
        Duration checkpointEvery,
        OnNonFinite onNonFinite,
        int sampleLength) {
    /** Little against a run of minutes, and a checkpoint takes milliseconds. */
    public static final Duration USUAL_CHECKPOINTS = Duration.ofSeconds(15);

    /** Some lines of text. */
    public static final int USUAL_SAMPLE = 400;

    /** What to do about NaN and infinity. */
    public enum OnNonFinite {
        /** Stop, and say where the first one is. */
        STOP,
        /** Go on, and record them. */
        CONTINUE;

        /** The name on the command line: {@code stop}, {@code continue}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checkpoints at the usual distance; NaN and infinity stop the run; a sample of the usual length. */
    public RunOptions(String program, Kernels kernels, int threads) {
        this(program, kernels, threads, USUAL_CHECKPOINTS, OnNonFinite.STOP, USUAL_SAMPLE);
    }

    /** The same with checkpoints at another distance, and another answer to NaN and infinity. */
    public RunOptions with(Duration checkpointEvery, OnNonFinite onNonFinite) {
        return new RunOptions(program, kernels, threads, checkpointEvery, onNonFinite, sampleLength);
    }

    /** The same with another number of workers. */
    public RunOptions with(int workers) {
        return new RunOptions(program, kernels, workers, checkpointEvery, onNonFinite, sampleLength);
    }

    /** The same with a sample of another length. */
    public RunOptions withSample(int ids) {
        return new RunOptions(program, kernels, threads, checkpointEvery, onNonFinite, ids);
    }
}
