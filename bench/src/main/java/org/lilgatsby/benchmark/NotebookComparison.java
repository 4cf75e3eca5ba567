package org.lilgatsby.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.RunOptions;

/**
 * A run compared with the same experiment in PyTorch: the bits of W, and the rates.
 *
 * @param equalShares share of the components of W that have the same bits, by the number of updates before W
 * @param ours steps per second of processor time, in the second half of the steps
 * @param theirs the same for PyTorch
 * @param speed the ratio of ours to theirs
 * @param speedOfAllSteps ratio of the processor time of all steps, PyTorch's to ours: includes work of the first steps
 *     only, such as compiling
 */
public record NotebookComparison(
        SortedMap<Integer, Double> equalShares, double ours, double theirs, double speed, double speedOfAllSteps) {

    /**
     * Runs both in turn, one thread each.
     *
     * @param config a built-in experiment's, with at least 2 steps
     * @param scratch an empty directory
     * @throws IOException if a file cannot be written, or Python fails
     */
    public static NotebookComparison measure(
            ExperimentConfig config, Corpus corpus, RunOptions options, Notebook notebook, Path scratch)
            throws IOException {
        SampledRun ours =
                SampledRun.of(config, corpus, options.with(1), RunDirectory.create(scratch.resolve("lilgatsby")));
        return of(ours, notebook.run(config.name(), corpus, config.training().steps(), scratch));
    }

    /** @throws IllegalArgumentException if the two have W at different steps, or in different shapes */
    static NotebookComparison of(SampledRun ours, SampledRun theirs) {
        if (!ours.embeddings().keySet().equals(theirs.embeddings().keySet())) {
            throw new IllegalArgumentException("W is known after updates %s of ours, and after %s of PyTorch's"
                    .formatted(ours.embeddings().keySet(), theirs.embeddings().keySet()));
        }
        SortedMap<Integer, Double> shares = new TreeMap<>();
        for (Map.Entry<Integer, Matrix> w : ours.embeddings().entrySet()) {
            shares.put(w.getKey(), equalShare(w.getValue(), theirs.embeddings().get(w.getKey())));
        }
        return new NotebookComparison(
                shares,
                ours.stepsPerSecond(),
                theirs.stepsPerSecond(),
                ours.stepsPerSecond() / theirs.stepsPerSecond(),
                theirs.processorSeconds() / ours.processorSeconds());
    }

    private static double equalShare(Matrix a, Matrix b) {
        if (a.rows() != b.rows() || a.columns() != b.columns() || a.format() != b.format()) {
            throw new IllegalArgumentException("W is %s [%d, %d] of ours, and %s [%d, %d] of PyTorch's"
                    .formatted(a.format(), a.rows(), a.columns(), b.format(), b.rows(), b.columns()));
        }
        int equal = 0;
        for (int row = 0; row < a.rows(); row++) {
            for (int column = 0; column < a.columns(); column++) {
                equal += a.bits(row, column) == b.bits(row, column) ? 1 : 0;
            }
        }
        return (double) equal / (a.rows() * a.columns());
    }
}
