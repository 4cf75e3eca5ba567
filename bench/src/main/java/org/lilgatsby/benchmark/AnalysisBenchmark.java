package org.lilgatsby.benchmark;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.PairwiseGeometry;
import org.lilgatsby.analysis.Threshold;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.Observables;

/**
 * The analyses of a recording, measured in turn with reading its mapped W once, on all processors. On a shared machine
 * the speed drifts from second to second; the ratio of neighbouring measurements does not.
 *
 * @param bytes of W
 * @param states recorded states
 * @param reading median seconds to read W once
 * @param evolution census, events, centroid, step sizes, displacements, regimes
 * @param deadGeometry pairwise distances in two norms and adjacency at two thresholds at every step, among the dead
 *     tokens
 * @param geometry the same among all tokens
 */
public record AnalysisBenchmark(
        long bytes, int states, double reading, Timing evolution, Timing deadGeometry, Timing geometry) {
    private static final double WARM_UP_SECONDS = 3;
    private static final int PAIRS = 9;
    private static final long PIECE = 1 << 20;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    /**
     * How long something takes.
     *
     * @param seconds median
     * @param readings median ratio to the neighbouring reading of W
     */
    public record Timing(double seconds, double readings) {}

    /** An operation to time. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /**
     * Measures on a run whose recording is one file with W.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static AnalysisBenchmark of(RunArchive run, AnalysisKernels kernels) throws IOException {
        if (!run.recording().isStreamed() || !run.recording().has(Observables.EMBEDDINGS)) {
            throw new IllegalArgumentException("reading is measured on a recording in one file that holds embeddings");
        }
        MemorySegment w = run.recording().all(Observables.EMBEDDINGS).data();
        Manifest.CorpusFacts corpus = run.manifest().corpus();
        LiveDeadSplit split = new LiveDeadSplit(Tokens.of(corpus.live()), Tokens.of(corpus.dead()));
        List<Threshold> thresholds = List.of(new Threshold.TwoEpsilon(), new Threshold.Cells(1));
        double[] reading = new double[PAIRS];
        Timing evolution = measure(w, reading, () -> Evolution.of(run.embeddings(), split, kernels));
        Timing dead = measure(
                w, reading, () -> PairwiseGeometry.of(run.embeddings(), split.tokens(Group.DEAD), thresholds, kernels));
        Timing all = measure(
                w, reading, () -> PairwiseGeometry.of(run.embeddings(), split.tokens(Group.ALL), thresholds, kernels));
        return new AnalysisBenchmark(w.byteSize(), run.recording().rows(), median(reading), evolution, dead, all);
    }

    private static Timing measure(MemorySegment w, double[] reading, Work work) throws IOException {
        long began = System.nanoTime();
        do {
            read(w);
            work.run();
        } while (System.nanoTime() - began < WARM_UP_SECONDS * 1e9);
        double[] seconds = new double[PAIRS];
        double[] ratios = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            long start = System.nanoTime();
            read(w);
            long between = System.nanoTime();
            work.run();
            long end = System.nanoTime();
            reading[i] = (between - start) / 1e9;
            seconds[i] = (end - between) / 1e9;
            ratios[i] = seconds[i] / reading[i];
        }
        return new Timing(median(seconds), median(ratios));
    }

    /** Reads every byte, on all processors. */
    private static void read(MemorySegment data) {
        long pieces = data.byteSize() / PIECE;
        long sum = LongStream.range(0, pieces)
                .parallel()
                .map(piece -> {
                    long of = 0;
                    MemorySegment part = data.asSlice(piece * PIECE, PIECE);
                    for (long at = 0; at < PIECE; at += Long.BYTES) {
                        of += part.get(LONG, at);
                    }
                    return of;
                })
                .sum();
        for (long at = pieces * PIECE; at < data.byteSize(); at++) {
            sum += data.get(ValueLayout.JAVA_BYTE, at);
        }
        if (sum == Long.MIN_VALUE) {
            throw new IllegalStateException("no recording sums up to this");
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[values.length / 2];
    }
}
