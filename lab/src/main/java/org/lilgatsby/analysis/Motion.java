package org.lilgatsby.analysis;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * How an embedding matrix moved, from one reading of its history: bulk and thermal motion of each group, and the
 * diffusion of each token. All in double.
 *
 * @param thermal bulk and thermal motion, and the cloud's radius, at every recorded step
 * @param diffusion of each token, by its id, over the whole history; empty for a history of one state
 */
public record Motion(PerGroup<ThermalMotion> thermal, List<Diffusion> diffusion) {
    /** Copies the list. */
    public Motion {
        diffusion = List.copyOf(diffusion);
    }

    /**
     * Reads a history through.
     *
     * @param kernels the results do not depend on them
     * @throws IllegalArgumentException if the split is not of the history's rows, or the format is one in which no
     *     recording is made
     */
    public static Motion of(History history, LiveDeadSplit split, AnalysisKernels kernels) {
        return of(history, split, Places.all(history.size()), kernels);
    }

    /**
     * Reads a history through and keeps the figures of some places; diffusion covers all places.
     *
     * @param kept the places whose figures are kept
     */
    public static Motion of(History history, LiveDeadSplit split, Places kept, AnalysisKernels kernels) {
        split.requireVocabulary(history.rows());
        PerGroup<MotionWorker.Target> targets =
                PerGroup.of(group -> new MotionWorker.Target(split.tokens(group).toArray(), kept));
        List<MotionWorker> workers =
                HistoryScan.run(history, kernels, () -> new MotionWorker(history.rows(), history.columns(), targets));
        List<Diffusion> diffusion = history.size() == 1
                ? List.of()
                : IntStream.range(0, history.rows())
                        .mapToObj(token -> diffusion(history, workers, token))
                        .toList();
        return new Motion(targets.map(MotionWorker.Target::motion), diffusion);
    }

    /**
     * Mean over tokens and steps of the squared L2 norm of a step, in the squared unit of the matrix; its root is the
     * RMS step. NaN without tokens or steps.
     */
    public double meanSquareStep(Tokens tokens) {
        return mean(tokens, Diffusion::meanSquareStep);
    }

    /** Mean over tokens of the squared displacement, in the squared unit of the matrix; NaN without tokens or steps. */
    public double meanSquaredDisplacement(Tokens tokens) {
        return mean(tokens, Diffusion::squaredDisplacement);
    }

    private double mean(Tokens tokens, ToDoubleFunction<Diffusion> figure) {
        return diffusion.stream()
                .filter(d -> tokens.contains(d.token()))
                .mapToDouble(figure)
                .average()
                .orElse(Double.NaN);
    }

    private static Diffusion diffusion(History history, List<MotionWorker> workers, int token) {
        double squares = 0;
        for (MotionWorker worker : workers) {
            squares += worker.squaredSteps(token);
        }
        int steps = history.size() - 1;
        double displacement = new Vector(history.last().values(token))
                .minus(new Vector(history.first().values(token)))
                .norm();
        return new Diffusion(token, steps, squares / steps, displacement * displacement);
    }
}
