package org.lilgatsby.benchmark;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.lilgatsby.analysis.BlackHole;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Neighbours;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.kernel.AnalysisKernels;

/** The census of a large matrix compared with reading its bytes once, and the search for its neighbours. */
public final class CensusBenchmark {
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 9;
    private static final long SHARE = 1 << 22;

    private final MemorySegment data;
    private final Matrix matrix;

    /**
     * The census and the reading, measured in turn, both on all processors and with the bytes in memory.
     *
     * @param readSeconds median time to read all bytes once
     * @param censusSeconds median time of the census
     * @param timesReading median ratio of neighbouring measurements
     * @param populations tokens of each black hole, largest first, to compare results
     */
    public record Counting(double readSeconds, double censusSeconds, double timesReading, List<Integer> populations) {}

    /**
     * The search for neighbours at one limit.
     *
     * @param cells the limit
     * @param seconds time of one search, after one to warm up
     * @param anonymousBytes peak memory of the process outside mapped files, including its heap
     * @param nodesWithNeighbour distinct rows that have a neighbour
     * @param components connected sets of two or more
     */
    public record Nearness(int cells, double seconds, long anonymousBytes, int nodesWithNeighbour, int components) {}

    /**
     * A benchmark of a matrix.
     *
     * @param data its bytes
     */
    public CensusBenchmark(Matrix matrix, MemorySegment data) {
        this.matrix = matrix;
        this.data = data;
    }

    /** Measures the census. */
    public Counting count() {
        double[] reading = new double[ROUNDS];
        double[] counting = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        Census census = census();
        long sum = read(data);
        for (int i = -WARM_UPS; i < ROUNDS; i++) {
            long began = System.nanoTime();
            if (read(data) != sum) {
                throw new IllegalStateException("the bytes changed while they were read");
            }
            long between = System.nanoTime();
            census = census();
            long ended = System.nanoTime();
            if (i >= 0) {
                reading[i] = (between - began) / 1e9;
                counting[i] = (ended - between) / 1e9;
                ratios[i] = counting[i] / reading[i];
            }
        }
        return new Counting(
                median(reading),
                median(counting),
                median(ratios),
                census.blackHoles().stream().map(BlackHole::population).toList());
    }

    /** Measures the search for neighbours at every limit from 1 to {@code most} cells. */
    public List<Nearness> neighbours(AnalysisKernels kernels, int most) {
        Census census = census();
        Neighbours.of(matrix, census, most, kernels);
        List<Nearness> all = new ArrayList<>();
        for (int k = 1; k <= most; k++) {
            try (AnonymousMemory memory = AnonymousMemory.watch()) {
                long began = System.nanoTime();
                Neighbours found = Neighbours.of(matrix, census, k, kernels);
                double seconds = (System.nanoTime() - began) / 1e9;
                Neighbours.Level level = found.level(k);
                all.add(new Nearness(
                        k,
                        seconds,
                        memory.most(),
                        level.nodesWithNeighbour(),
                        level.components().size()));
            }
        }
        return all;
    }

    private Census census() {
        return Census.of(matrix, Tokens.all(matrix.rows()));
    }

    /** The sum of all bytes, eight at a time: the least that can be done with each. */
    static long read(MemorySegment data) {
        return LongStream.range(0, Math.ceilDiv(data.byteSize(), SHARE))
                .parallel()
                .map(part -> sum(data.asSlice(part * SHARE, Math.min(SHARE, data.byteSize() - part * SHARE))))
                .sum();
    }

    private static long sum(MemorySegment bytes) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        long at = 0;
        for (; at + 32 <= bytes.byteSize(); at += 32) {
            a += bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
            b += bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 8);
            c += bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 16);
            d += bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 24);
        }
        for (; at < bytes.byteSize(); at++) {
            a += bytes.get(ValueLayout.JAVA_BYTE, at);
        }
        return a + b + c + d;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
