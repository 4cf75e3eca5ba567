package org.lilgatsby.recording;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code manifest.json}: where a run's numbers come from and how far it has come. Wall-clock fields ({@code started},
 * {@code ended}, {@code seconds}, {@code stepsPerSecond}), {@code performance} and {@code machine} are the only ones
 * that differ between two runs of the same configuration, corpus and seed.
 *
 * @param schema version of this file's layout
 * @param program version of the program
 * @param arithmetic version of the arithmetic: raised whenever the same configuration gives different bits
 * @param key identifies the run: the SHA-256 of configuration, corpus and arithmetic; null in the manifest of an
 *     earlier version, and of a run that writes none
 * @param machine what it ran on
 * @param corpus what it was trained on
 * @param state how far it has come
 * @param completedSteps updates carried out and recorded; for an interrupted run, those up to its last checkpoint
 * @param parameters number of trained parameters
 * @param started when the run began
 * @param ended when it ended; null while it runs
 * @param seconds wall-clock seconds of training, summed over all sessions of a resumed run
 * @param stepsPerSecond completed steps divided by those seconds; 0 before the first step
 * @param performance how well the machine was used by the session that ended the run; null until then
 * @param files the files of a finished run, sorted by path
 */
public record Manifest(
        int schema,
        String program,
        int arithmetic,
        String key,
        Machine machine,
        CorpusFacts corpus,
        State state,
        int completedSteps,
        long parameters,
        Instant started,
        Instant ended,
        double seconds,
        double stepsPerSecond,
        Performance performance,
        List<FileFact> files) {
    /** The layout version that this program writes. */
    public static final int SCHEMA = 1;

    /**
     * The arithmetic of this version. Version 2 partitions batches of more than 8 sequences differently from version 1.
     */
    public static final int ARITHMETIC = 2;

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if a part is missing or a number is impossible */
    public Manifest {
        require(
                program != null
                        && machine != null
                        && corpus != null
                        && state != null
                        && started != null
                        && files != null,
                "program, machine, corpus, state, started or files is missing");
        require(key == null || KEY.matcher(key).matches(), "key is not 64 lower-case hexadecimal digits");
        require(completedSteps >= 0 && parameters >= 0, "completed_steps or parameters is negative");
        require(seconds >= 0 && Double.isFinite(seconds), "seconds is negative or not finite");
        require(stepsPerSecond >= 0 && Double.isFinite(stepsPerSecond), "steps_per_second is negative or not finite");
        files = List.copyOf(files);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** How far a run has come. */
    public enum State {
        /**
         * Not finished; can be resumed. Written from the start, since a killed process can write nothing; the lock
         * tells whether a process is running.
         */
        INTERRUPTED,
        /** Stopped by a failure; the recording is complete up to {@code completedSteps}. */
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
    public record Machine(String java, String system, String kernels, int threads) {
        /** @throws IllegalArgumentException if a part is missing */
        public Machine {
            require(java != null && system != null && kernels != null, "java, system or kernels of machine is missing");
        }
    }

    /**
     * How well a session of a run used its machine.
     *
     * @param secondsToFirstStep from the start of the process to the end of its first step
     * @param secondsToSteadyState from there to the first half second that was nine tenths as fast as the second half
     *     of all steps; null if the session was too short to tell
     * @param shareOfPeak matrix products of the second half of all steps, by the fused multiply-add peak of one core
     *     times the workers, measured at the end; null if unknown, as with scalar kernels
     * @param peakHeapBytes largest use of the heap, summed over the pools of the JVM
     */
    public record Performance(
            double secondsToFirstStep, Double secondsToSteadyState, Double shareOfPeak, long peakHeapBytes) {}

    /**
     * The corpus of a run, after preparation.
     *
     * @param name file name, or the name of the synthetic corpus
     * @param synthetic whether it is the built-in one
     * @param preparation what was done to the text
     * @param bytes number of ids
     * @param leftOut number of characters that the preparation left out, and of bytes outside the vocabulary that were
     * @param sha256 of the prepared bytes, hexadecimal
     * @param live ids that occur, ascending
     * @param dead ids that do not occur, ascending
     */
    public record CorpusFacts(
            String name,
            boolean synthetic,
            String preparation,
            long bytes,
            int leftOut,
            String sha256,
            int[] live,
            int[] dead) {
        /** @throws IllegalArgumentException if a part is missing, or the ids are not ascending from 0 */
        public CorpusFacts {
            require(
                    name != null && preparation != null && sha256 != null && live != null && dead != null,
                    "name, preparation, sha256, live or dead of corpus is missing");
            require(
                    bytes >= 0 && leftOut >= 0 && isAscending(live) && isAscending(dead),
                    "bytes, left_out, live or dead of corpus cannot be");
        }

        private static boolean isAscending(int[] ids) {
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] <= (i == 0 ? -1 : ids[i - 1])) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * A file of the run.
     *
     * @param path relative to the run's directory, with forward slashes
     * @param bytes its length
     * @param sha256 of its bytes, hexadecimal
     */
    public record FileFact(String path, long bytes, String sha256) {
        /** @throws IllegalArgumentException if a part is missing */
        public FileFact {
            require(path != null && sha256 != null && bytes >= 0, "path, bytes or sha256 of a file is missing");
        }
    }
}
