package org.lilgatsby.recording;

import java.time.Instant;
import java.util.List;

/**
 * {@code manifest.json}: where a run's numbers come from and how far it has come. Wall-clock fields ({@code
 * started}, {@code ended}, {@code seconds}, {@code stepsPerSecond}) and {@code machine} are the only ones that differ
 * between two runs of the same configuration, corpus and seed.
 *
 * @param schema version of this file's layout
 * @param program version of the program
 * @param arithmetic version of the arithmetic: raised whenever the same configuration gives other bits
 * @param machine what it ran on
 * @param corpus what it was trained on
 * @param state how far it has come
 * @param completedSteps updates carried out and recorded
 * @param parameters number of trained parameters
 * @param started when the run began
 * @param ended when it ended; null while it runs
 * @param seconds wall-clock seconds of training, all sessions of a resumed run together
 * @param stepsPerSecond completed steps by those seconds; 0 before there are any
 * @param files what the run wrote, for a finished run; sorted by path
 */
public record Manifest(
        int schema, String program, int arithmetic, Machine machine, CorpusFacts corpus, State state, int completedSteps,
        long parameters, Instant started, Instant ended, double seconds, double stepsPerSecond, List<FileFact> files) {
    /** Layout that this version writes. */
    public static final int SCHEMA = 1;

    /** Arithmetic of this version. */
    public static final int ARITHMETIC = 1;

    /** How far a run has come. */
    public enum State {
        /** Training, or killed without a word. */
        RUNNING,
        /** Stopped before its last step; can be resumed. */
        INTERRUPTED,
        /** Stopped by a failure; what is recorded is complete up to {@code completedSteps}. */
        FAILED,
        /** All steps done, reports written. */
        COMPLETE
    }

    /**
     * The machine of a run.
     *
     * @param java version and vendor of the Java runtime
     * @param system operating system and architecture
     * @param kernels implementation of the kernels, with the vector width
     * @param threads workers
     */
    public record Machine(String java, String system, String kernels, int threads) {}

    /**
     * The corpus of a run, after preparation.
     *
     * @param name file name, or the name of the synthetic corpus
     * @param synthetic whether it is the built-in one
     * @param preparation what was done to the text
     * @param bytes number of ids
     * @param sha256 of the prepared bytes, hexadecimal
     * @param live ids that occur, ascending
     * @param dead ids that do not, ascending
     */
    public record CorpusFacts(
            String name, boolean synthetic, String preparation, int bytes, String sha256, int[] live, int[] dead) {}

    /**
     * A file of the run.
     *
     * @param path relative to the run's directory, with forward slashes
     * @param bytes its length
     * @param sha256 of its bytes, hexadecimal
     */
    public record FileFact(String path, long bytes, String sha256) {}
}
