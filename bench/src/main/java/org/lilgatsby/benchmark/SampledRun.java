package org.lilgatsby.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.run.RunObserver;
import org.lilgatsby.run.RunOptions;

/**
 * What is kept of a run for a comparison: W after certain numbers of updates, and the processor time of the steps.
 *
 * @param embeddings W [V, D] by the number of updates before it
 * @param steps updates of the whole run
 * @param processorSeconds of the whole process, from before the first step to after the last
 * @param secondHalfSeconds the same, from after step {@code steps / 2} on
 */
public record SampledRun(
        SortedMap<Integer, Matrix> embeddings, int steps, double processorSeconds, double secondHalfSeconds) {
    /** Copies the map. */
    public SampledRun {
        embeddings = Collections.unmodifiableSortedMap(new TreeMap<>(embeddings));
    }

    /** Whether W after this many updates is kept: 0, 1, 3, 10 and the other powers of ten. */
    public static boolean isSampled(int step) {
        int power = 1;
        while (power < step && power <= Integer.MAX_VALUE / 10) {
            power *= 10;
        }
        return step == 0 || step == 3 || step == power;
    }

    /**
     * Trains and records as {@code run} does, in this process.
     *
     * @param config of at least two steps, every one of which is recorded
     * @param directory a new directory for the run
     */
    static SampledRun of(ExperimentConfig config, Corpus corpus, RunOptions options, RunDirectory directory)
            throws IOException {
        Stopwatch stopwatch = new Stopwatch();
        ExperimentRun.start(config, corpus, directory, options, stopwatch);
        try (RunArchive archive = RunArchive.open(directory)) {
            return new SampledRun(
                    sampled(archive.embeddings()),
                    config.training().steps(),
                    stopwatch.seconds(0),
                    stopwatch.seconds(1));
        }
    }

    private static SortedMap<Integer, Matrix> sampled(History history) {
        SortedMap<Integer, Matrix> found = new TreeMap<>();
        for (int place = 0; place < history.size(); place++) {
            if (isSampled(history.step(place))) {
                found.put(history.step(place), copy(history.matrix(place)));
            }
        }
        return found;
    }

    /** The archive's own is gone once that is closed. */
    private static Matrix copy(Matrix matrix) {
        short[] bits = new short[matrix.rows() * matrix.columns()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (short) matrix.bits(i / matrix.columns(), i % matrix.columns());
        }
        return Matrix.ofBits(bits, matrix.rows(), matrix.columns());
    }

    /** Steps per second of processor time, in the second half of the steps. */
    public double stepsPerSecond() {
        return (steps - steps / 2) / secondHalfSeconds;
    }

    /** Records the processor time of this process before the first step, at half of the steps, and after the last. */
    private static final class Stopwatch implements RunObserver {
        private static final OperatingSystemMXBean SYSTEM =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        private final long[] nanos = new long[3];
        private int half;
        private int last;

        @Override
        public void begins(int done, int total) {
            half = total / 2;
            last = total;
            nanos[0] = SYSTEM.getProcessCpuTime();
        }

        @Override
        public void stepped(int step, double loss) {
            if (step == half) {
                nanos[1] = SYSTEM.getProcessCpuTime();
            }
            if (step == last) {
                nanos[2] = SYSTEM.getProcessCpuTime();
            }
        }

        @Override
        public void finishing(String what) {}

        @Override
        public boolean stopRequested() {
            return false;
        }

        /** From mark {@code from} to the end. */
        double seconds(int from) {
            return (nanos[2] - nanos[from]) / 1e9;
        }
    }
}
