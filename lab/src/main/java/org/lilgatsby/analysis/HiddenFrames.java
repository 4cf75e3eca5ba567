package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * The mean hidden state beside the centroid of some tokens, at every recorded update; NaN where there is no update.
 * Angles are in degrees; what is projected has the unit of the mean hidden state.
 *
 * @param norm L2 norm of the mean hidden state
 * @param cosine cosine of the angle between it and that of the recorded update before
 * @param angle angle between it and the centroid
 * @param along its projection on the direction of the centroid
 * @param across L2 norm of what is left without that projection
 */
public record HiddenFrames(
        FigureSeries norm, FigureSeries cosine, FigureSeries angle, FigureSeries along, FigureSeries across) {
    /**
     * A span of recorded updates.
     *
     * @param fromStep its first update
     * @param toStep its last update
     * @param updates recorded updates in it
     * @param cosineMean mean cosine of two that follow each other, both in the span; NaN for a single update
     * @param cosineMin the smallest
     * @param turned sum of the angles between those that follow each other
     * @param net angle between the first and the last
     * @param swing largest angle between one of them and the mean of their directions
     * @param angle mean angle to the centroid
     * @param along mean projection on the centroid
     * @param across mean of what is left
     */
    public record Bin(
            int fromStep,
            int toStep,
            int updates,
            double cosineMean,
            double cosineMin,
            double turned,
            double net,
            double swing,
            double angle,
            double along,
            double across) {}

    /**
     * Reads a history through.
     *
     * @param hidden mean hidden states, [1, D] each; one recorded at step 0 is skipped
     * @param embeddings W after the update at the same place; the last update may lack it
     * @param tokens whose centroid is used
     * @param kernels the results do not depend on them
     * @throws IllegalArgumentException if there are more matrices than mean hidden states
     */
    public static HiddenFrames of(History hidden, History embeddings, Tokens tokens, AnalysisKernels kernels) {
        if (embeddings.size() > hidden.size()) {
            throw new IllegalArgumentException("%d mean hidden states do not match %d matrices of the same steps"
                    .formatted(hidden.size(), embeddings.size()));
        }
        double[][] figures = new double[5][embeddings.size()];
        for (double[] figure : figures) {
            Arrays.fill(figure, Double.NaN);
        }
        int[] rows = tokens.toArray();
        HistoryScan.run(embeddings, kernels, () -> new Worker(hidden, rows, figures));
        return new HiddenFrames(
                new FigureSeries(figures[0]),
                new FigureSeries(figures[1]),
                new FigureSeries(figures[2]),
                new FigureSeries(figures[3]),
                new FigureSeries(figures[4]));
    }

    /** Fills the figures of one chunk. */
    private record Worker(History hidden, int[] rows, double[][] figures) implements HistoryScan.Worker {
        @Override
        public void start(HistoryState frame, int place) {
            if (place == 0 && hidden.step(0) > 0) {
                step(frame, place);
            }
        }

        @Override
        public void step(HistoryState frame, int place) {
            Vector state = state(hidden, place);
            Vector centroid = frame.centroid(rows).position();
            double along = state.dot(centroid) / centroid.norm();
            figures[0][place] = state.norm();
            figures[1][place] = place <= begin(hidden) ? Double.NaN : state.cosine(state(hidden, place - 1));
            figures[2][place] = state.degrees(centroid);
            figures[3][place] = along;
            figures[4][place] = across(state, centroid, along);
        }

        private static double across(Vector state, Vector centroid, double along) {
            double norm = centroid.norm();
            double squares = 0;
            for (int j = 0; j < state.size(); j++) {
                double rest = state.get(j) - along * centroid.get(j) / norm;
                squares += rest * rest;
            }
            return Math.sqrt(squares);
        }
    }

    /**
     * Spans of equally many recorded updates, as far as they can be divided.
     *
     * @param hidden the mean hidden states of which these are the figures
     * @param most number of spans; fewer if there are fewer updates
     */
    public List<Bin> bins(History hidden, int most) {
        int begin = begin(hidden);
        int updates = norm.size() - begin;
        int n = Math.min(most, updates);
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            bins.add(bin(hidden, begin + (int) ((long) i * updates / n), begin + (int) ((long) (i + 1) * updates / n)));
        }
        return bins;
    }

    private Bin bin(History hidden, int from, int to) {
        double cosines = 0;
        double least = Double.NaN;
        double turned = 0;
        Vector sum = new Vector(new double[hidden.columns()]);
        for (int place = from; place < to; place++) {
            Vector state = state(hidden, place);
            sum = sum.minus(state.dividedBy(-state.norm()));
            if (place > from) {
                double one = cosine.at(place);
                cosines += one;
                least = place == from + 1 ? one : Math.min(least, one);
                turned += state.degrees(state(hidden, place - 1));
            }
        }
        double swing = 0;
        for (int place = from; place < to; place++) {
            swing = Math.max(swing, sum.degrees(state(hidden, place)));
        }
        int n = to - from;
        return new Bin(
                hidden.step(from),
                hidden.step(to - 1),
                n,
                cosines / (n - 1),
                least,
                turned,
                state(hidden, from).degrees(state(hidden, to - 1)),
                swing,
                mean(angle, from, to),
                mean(along, from, to),
                mean(across, from, to));
    }

    private static double mean(FigureSeries figure, int from, int to) {
        double sum = 0;
        for (int place = from; place < to; place++) {
            sum += figure.at(place);
        }
        return sum / (to - from);
    }

    /** The place of the first update. */
    private static int begin(History hidden) {
        return hidden.step(0) == 0 ? 1 : 0;
    }

    private static Vector state(History hidden, int place) {
        return new Vector(hidden.matrix(place).values(0));
    }
}
