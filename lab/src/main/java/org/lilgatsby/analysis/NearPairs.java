package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * Finds every pair of rows within a number of cells of each other, exactly, without comparing every pair.
 *
 * <p>A set of rows is cut in two at an index of one column, as in a k-d tree (Bentley, 1975). Near pairs lie within a
 * half or across the cut. In the latter case both rows are within the limit of the cut in that column; these few rows
 * are searched further as a pair of sets. On embeddings, hardly any row lies near a cut close to zero, since the
 * lattice has more than a hundred cells in every binade.
 *
 * <p>A cut is made only if it leaves at most {@value #WORTH} of the pairs. Where no column offers such a cut, as among
 * rows that are near each other in every column, the pairs are compared one by one. So for any matrix no pair is
 * compared twice, memory is limited to a few lists of row numbers and the few hundred rows that a thread compares, and
 * the worst-case time is that of comparing all pairs.
 */
final class NearPairs {
    /** Receives the pairs that are found. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes pairs; called by one thread at a time, in no particular order, and once for each pair.
         *
         * @param pairs three numbers a pair: the places of both rows and their distance in cells
         * @param count how many pairs there are
         */
        void add(int[] pairs, int count);
    }

    private static final int FEW_PAIRS = 1 << 10;
    private static final long PAIRS_OF_A_TASK = 1 << 14;
    private static final double WORTH = 0.9;
    private static final double WELL_CUT = 0.66;
    private static final int SAMPLE = 64;

    /** Pairs whose comparison takes about as long as to sample one column. */
    private static final int PAIRS_FOR_A_COLUMN = 128;

    private final Matrix matrix;
    private final AnalysisKernels kernels;
    private final int[] rows;
    private final int limit;
    private final Sink sink;
    private final LongAdder compared = new LongAdder();

    private NearPairs(Matrix matrix, AnalysisKernels kernels, int[] rows, int limit, Sink sink) {
        this.matrix = matrix;
        this.kernels = kernels;
        this.rows = rows;
        this.limit = limit;
        this.sink = sink;
    }

    /**
     * Finds all near pairs, on all processors.
     *
     * @param rows rows of the matrix; their places in this array are what the sink is told
     * @param limit largest distance in cells that counts as near, at least 0
     * @return how many pairs were compared, in whole or in part; it depends on nothing but the matrix and the limit
     */
    static long find(Matrix matrix, AnalysisKernels kernels, int[] rows, int limit, Sink sink) {
        int[] places = new int[rows.length];
        Arrays.setAll(places, place -> place);
        NearPairs search = new NearPairs(matrix, kernels, rows, limit, sink);
        ForkJoinPool.commonPool().invoke(search.new Part(places, places, 0, true));
        return search.compared.sum();
    }

    private long index(int place, int column) {
        return matrix.format().orderedIndex(matrix.bits(rows[place], column));
    }

    /** The places among some whose index in a column is in [from, to]. */
    private int[] select(int[] places, int column, long from, long to) {
        int[] selected = new int[places.length];
        int count = 0;
        for (int place : places) {
            long index = index(place, column);
            selected[count] = place;
            count += index >= from && index <= to ? 1 : 0;
        }
        return Arrays.copyOf(selected, count);
    }

    private static List<Part> worthwhile(Part... parts) {
        return Arrays.stream(parts).filter(part -> part.pairs > 0).toList();
    }

    /** A part of the search: the pairs within one set of places, or those with one place in each of two sets. */
    private final class Part extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final transient int[] a;
        private final transient int[] b; // the same array for pairs within one set
        private final int column; // where the search for the next cut begins
        private final boolean cuttable;
        private final long pairs;

        Part(int[] a, int[] b, int column, boolean cuttable) {
            this.a = a;
            this.b = b;
            this.column = column % matrix.columns();
            this.cuttable = cuttable;
            pairs = a == b ? a.length * (a.length - 1L) / 2 : (long) a.length * b.length;
        }

        @Override
        protected void compute() {
            if (pairs <= FEW_PAIRS) {
                compare();
                return;
            }
            Optional<List<Part>> cut = cuttable ? cut() : Optional.empty();
            if (pairs > PAIRS_OF_A_TASK) {
                invokeAll(cut.orElseGet(this::halves));
            } else {
                cut.ifPresentOrElse(parts -> parts.forEach(Part::compute), this::compare);
            }
        }

        /** The parts that the best cut leaves; none if no cut is worth it. */
        private Optional<List<Part>> cut() {
            RowPartition cut = bestCut();
            if (cut.left() > WORTH) {
                return Optional.empty();
            }
            int at = cut.column();
            int next = at + 1;
            long end = Long.MAX_VALUE;
            long begin = Long.MIN_VALUE;
            int[] belowA = select(a, at, begin, cut.last());
            int[] aboveA = select(a, at, cut.last() + 1, end);
            int[] nearBelowA = select(belowA, at, cut.nearBelow(limit), end);
            int[] nearAboveA = select(aboveA, at, begin, cut.nearAbove(limit));
            List<Part> parts;
            if (a == b) {
                parts = worthwhile(
                        new Part(belowA, belowA, next, true),
                        new Part(aboveA, aboveA, next, true),
                        new Part(nearBelowA, nearAboveA, next, true));
            } else {
                int[] belowB = select(b, at, begin, cut.last());
                int[] aboveB = select(b, at, cut.last() + 1, end);
                int[] nearBelowB = select(belowB, at, cut.nearBelow(limit), end);
                int[] nearAboveB = select(aboveB, at, begin, cut.nearAbove(limit));
                parts = worthwhile(
                        new Part(belowA, belowB, next, true),
                        new Part(aboveA, aboveB, next, true),
                        new Part(nearBelowA, nearAboveB, next, true),
                        new Part(nearAboveA, nearBelowB, next, true));
            }
            long left = parts.stream().mapToLong(part -> part.pairs).sum();
            return left <= WORTH * pairs ? Optional.of(parts) : Optional.empty(); // a sample may promise too much
        }

        private RowPartition bestCut() {
            int size = a == b ? a.length : a.length + b.length;
            long[] sample = new long[Math.min(SAMPLE, size)];
            long most = Math.clamp(pairs / PAIRS_FOR_A_COLUMN, 1, matrix.columns());
            RowPartition best = null;
            for (int tried = 0; tried < most && (best == null || best.left() > WELL_CUT); tried++) {
                int at = (int) (((long) column + tried) % matrix.columns());
                for (int i = 0; i < sample.length; i++) {
                    int number = (int) ((long) i * size / sample.length);
                    sample[i] = index(number < a.length ? a[number] : b[number - a.length], at);
                }
                RowPartition cut = RowPartition.of(sample, at, limit);
                best = best == null || cut.left() < best.left() ? cut : best;
            }
            return best;
        }

        /** The same pairs in smaller parts. */
        private List<Part> halves() {
            int[] firstA = Arrays.copyOf(a, a.length / 2);
            int[] secondA = Arrays.copyOfRange(a, a.length / 2, a.length);
            if (a == b) {
                return worthwhile(
                        new Part(firstA, firstA, column, false),
                        new Part(secondA, secondA, column, false),
                        new Part(firstA, secondA, column, false));
            }
            int[] firstB = Arrays.copyOf(b, b.length / 2);
            int[] secondB = Arrays.copyOfRange(b, b.length / 2, b.length);
            return worthwhile(
                    new Part(firstA, firstB, column, false),
                    new Part(firstA, secondB, column, false),
                    new Part(secondA, firstB, column, false),
                    new Part(secondA, secondB, column, false));
        }

        private void compare() {
            compared.add(pairs);
            boolean within = a == b;
            int[] both = within
                    ? a
                    : IntStream.concat(IntStream.of(a), IntStream.of(b)).toArray();
            int[] compared = IntStream.of(both).map(place -> rows[place]).toArray();
            RowCells distances = new RowCells(matrix, kernels, compared, limit);
            int[] found = new int[3 * 64];
            int count = 0;
            for (int i = 0; i < a.length; i++) {
                for (int j = within ? i + 1 : a.length; j < both.length; j++) {
                    int cells = distances.between(i, j, column);
                    if (cells >= 0) {
                        if (3 * count == found.length) {
                            found = Arrays.copyOf(found, 2 * found.length);
                        }
                        found[3 * count] = both[i];
                        found[3 * count + 1] = both[j];
                        found[3 * count++ + 2] = cells;
                    }
                }
            }
            if (count > 0) {
                synchronized (sink) {
                    sink.add(found, count);
                }
            }
        }
    }
}
