package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * Which tokens Adam's step should move, against those that moved. The step of a component in ULP is lr |m| / ((sqrt(v)
 * + epsilon) ULP(W[t-1])), with the moments m and v after update t corrected for their bias; the ratio of a token is
 * that of its largest component. Weight decay is not part of it. Only updates whose state before was recorded count.
 */
public final class HopBoundary {
    /** Half an ULP: rounding to the nearest value takes a smaller step back. */
    public static final double HALF_ULP = 0.5;

    private final History w;
    private final History momentum;
    private final History variance;
    private final Rule rule;
    private final double boundary;

    /**
     * What the update does with the moments.
     *
     * @param learningRate of an update, from 1
     * @param beta1 decay of the momentum
     * @param beta2 decay of the variance
     * @param epsilon added to the root of the variance
     */
    public record Rule(IntToDoubleFunction learningRate, double beta1, double beta2, double epsilon) {}

    /**
     * @param w W at every recorded step
     * @param momentum exp_avg of W at the same steps
     * @param variance exp_avg_sq of W at the same steps
     * @param boundary a token with a larger ratio should move
     * @throws IllegalArgumentException if they are not of one shape
     */
    public HopBoundary(History w, History momentum, History variance, Rule rule, double boundary) {
        for (History moments : List.of(momentum, variance)) {
            if (moments.rows() != w.rows() || moments.columns() != w.columns() || moments.size() < w.size()) {
                throw new IllegalArgumentException("moments [%d, %d, %d] do not match W [%d, %d, %d]"
                        .formatted(moments.size(), moments.rows(), moments.columns(), w.size(), w.rows(), w.columns()));
            }
        }
        this.w = w;
        this.momentum = momentum;
        this.variance = variance;
        this.rule = rule;
        this.boundary = boundary;
    }

    /** The places of updates whose state before was recorded. */
    public static int[] places(History w) {
        return IntStream.range(1, w.size()).filter(place -> isUpdate(w, place)).toArray();
    }

    private static boolean isUpdate(History w, int place) {
        return place > 0 && w.step(place) == w.step(place - 1) + 1;
    }

    /**
     * The tokens of one update.
     *
     * @param counts predicted against moved
     * @param ratios of the tokens
     */
    public record Update(HopCounts counts, Summary ratios) {}

    /**
     * The tokens of the update at a place.
     *
     * @throws IllegalArgumentException if it is none of {@link #places}
     */
    public Update update(int place, Tokens tokens) {
        if (!isUpdate(w, place)) {
            throw new IllegalArgumentException("the state before step %d was not recorded".formatted(w.step(place)));
        }
        Matrix before = w.matrix(place - 1);
        Matrix after = w.matrix(place);
        Measure measure = new Measure(place);
        double[] ratios = new double[tokens.size()];
        HopCounts counts = HopCounts.NONE;
        for (int i = 0; i < ratios.length; i++) {
            int token = tokens.id(i);
            ratios[i] = measure.ratio(before, token);
            counts = counts.plus(HopCounts.one(ratios[i] > boundary, moved(before, after, token)));
        }
        return new Update(counts, Summary.of(ratios));
    }

    private static boolean moved(Matrix before, Matrix after, int token) {
        FloatFormat format = before.format();
        for (int j = 0; j < before.columns(); j++) {
            if (format.orderedIndex(before.bits(token, j)) != format.orderedIndex(after.bits(token, j))) {
                return true;
            }
        }
        return false;
    }

    /** Predicted against moved of each token, by its id, over all {@link #places}. */
    public List<HopCounts> ofTokens(AnalysisKernels kernels) {
        HopCounts[] sums = new HopCounts[w.rows()];
        Arrays.fill(sums, HopCounts.NONE);
        HistoryScan.run(w, kernels, () -> new Worker(sums));
        return List.of(sums);
    }

    /** The ratios of one update. */
    private final class Measure {
        private final Matrix m;
        private final Matrix v;
        private final double step; // the learning rate over the momentum's correction
        private final double correction; // of the variance
        private final double[] first;
        private final double[] second;

        Measure(int place) {
            int update = w.step(place);
            m = momentum.matrix(place);
            v = variance.matrix(place);
            step = rule.learningRate.applyAsDouble(update) / (1 - StrictMath.pow(rule.beta1, update));
            correction = 1 - StrictMath.pow(rule.beta2, update);
            first = new double[w.columns()];
            second = new double[w.columns()];
        }

        /** Of a token; a component that is not finite has no ULP and does not count. */
        double ratio(Matrix before, int token) {
            m.copyRow(token, first, 0);
            v.copyRow(token, second, 0);
            double largest = 0;
            for (int j = 0; j < first.length; j++) {
                if (first[j] == 0) {
                    continue;
                }
                long bits = before.bits(token, j);
                if (Double.isFinite(before.format().value(bits))) {
                    double size = step * Math.abs(first[j]) / (Math.sqrt(second[j] / correction) + rule.epsilon);
                    largest = Math.max(largest, size / before.format().ulp(bits));
                }
            }
            return largest;
        }
    }

    /** Counts one chunk, and adds it to the sums of all. */
    private final class Worker implements HistoryScan.Worker {
        private final HopCounts[] sums;
        private int[][] counts; // [2 x predicted + moved][token]

        Worker(HopCounts[] sums) {
            this.sums = sums;
        }

        @Override
        public void start(HistoryState frame, int place) {
            counts = new int[4][frame.rows()];
        }

        @Override
        public void step(HistoryState frame, int place) {
            if (!isUpdate(w, place)) {
                return;
            }
            Measure measure = new Measure(place);
            for (int token = 0; token < frame.rows(); token++) {
                boolean predicted = measure.ratio(frame.matrixBefore(), token) > boundary;
                boolean moves = frame.changed(token) && moved(frame.matrixBefore(), frame.matrix(), token);
                counts[(predicted ? 2 : 0) + (moves ? 1 : 0)][token]++;
            }
        }

        @Override
        public void end() {
            synchronized (sums) {
                for (int token = 0; token < sums.length; token++) {
                    sums[token] = sums[token].plus(
                            new HopCounts(counts[3][token], counts[2][token], counts[1][token], counts[0][token]));
                }
            }
            counts = null;
        }
    }
}
