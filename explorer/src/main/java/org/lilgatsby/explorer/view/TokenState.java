package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.TokenStep;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;

/**
 * A token's row at one step, and its surroundings.
 *
 * @param hex bits of each component
 * @param values of each component
 * @param before the row at the recorded step before; null at the first
 * @param norm L2 norm of the row
 * @param step2 L2 norm of the step from there; null at the first
 * @param stepInf L-infinity norm of it
 * @param cells largest number of cells that a component crossed in it
 * @param regime of that step
 * @param group the tokens with the same row
 * @param nearest the nearest other distinct rows, by cells and then by L2 norm, each by the smallest of its tokens
 * @param gradient of the token in the update before the state; null where it was not recorded, as the moments are
 */
public record TokenState(
        int id,
        String[] hex,
        double[] values,
        Row before,
        double norm,
        Double step2,
        Double stepInf,
        Double cells,
        String regime,
        Company group,
        List<Near> nearest,
        double[] gradient,
        double[] exp_avg,
        double[] exp_avg_sq) {
    private static final int NEAREST = 8;

    /** A row at the recorded step before. */
    public record Row(int step, String[] hex, double[] values) {}

    /** Tokens with the same row. */
    public record Company(int size, int[] tokens) {}

    /**
     * Another distinct row.
     *
     * @param size tokens with this row
     * @param cells L-infinity distance on the lattice
     * @param l2 L2 distance
     */
    public record Near(int id, int size, double cells, double l2) {}

    /** A state without a history, as of a checkpoint. */
    public static TokenState of(Matrix matrix, Census census, int id) {
        return of(matrix, null, 0, census, id, null, null, null);
    }

    /**
     * A state of a run.
     *
     * @throws IllegalArgumentException if the step was not recorded
     */
    public static List<TokenState> of(OpenRun run, int step, int[] ids) throws IOException {
        History history = run.embeddings();
        int place = history.place(step);
        Matrix matrix = history.matrix(place);
        Matrix before = place == 0 ? null : history.matrix(place - 1);
        Census census = Census.of(matrix, Tokens.all(matrix.rows()));
        Optional<Matrix> gradients = matrix(run, Observables.GRADS, step);
        Optional<Matrix> momentum = matrix(run, Observables.MOMENTUM, step);
        Optional<Matrix> variance = matrix(run, Observables.VARIANCE, step);
        return IntStream.of(ids)
                .mapToObj(id -> of(
                        matrix,
                        before,
                        place == 0 ? 0 : history.step(place - 1),
                        census,
                        id,
                        values(gradients, id),
                        values(momentum, id),
                        values(variance, id)))
                .toList();
    }

    private static Optional<Matrix> matrix(OpenRun run, Observable observable, int step) throws IOException {
        Optional<History> history = run.archive().history(observable);
        return history.filter(known -> IntStream.range(0, known.size()).anyMatch(place -> known.step(place) == step))
                .map(known -> known.matrix(known.place(step)));
    }

    private static double[] values(Optional<Matrix> matrix, int id) {
        return matrix.map(known -> known.values(id)).orElse(null);
    }

    private static TokenState of(
            Matrix matrix,
            Matrix before,
            int stepBefore,
            Census census,
            int id,
            double[] gradient,
            double[] expAvg,
            double[] expAvgSq) {
        Optional<TokenStep> step = Optional.ofNullable(before).map(known -> TokenStep.of(known, matrix, id));
        return new TokenState(
                id,
                hex(matrix, id),
                matrix.values(id),
                before == null ? null : new Row(stepBefore, hex(before, id), before.values(id)),
                new Vector(matrix.values(id)).norm(),
                step.map(TokenStep::l2).orElse(null),
                step.map(TokenStep::lInfinity).orElse(null),
                step.map(known -> known.cells().lInfinity()).orElse(null),
                step.map(known -> Names.of(known.regime())).orElse(null),
                company(census, id),
                nearest(matrix, census, id),
                gradient,
                expAvg,
                expAvgSq);
    }

    private static String[] hex(Matrix matrix, int id) {
        int digits = 2 * matrix.format().bytes();
        String[] hex = new String[matrix.columns()];
        for (int j = 0; j < hex.length; j++) {
            String all = "%016x".formatted(matrix.bits(id, j));
            hex[j] = all.substring(all.length() - digits);
        }
        return hex;
    }

    private static Company company(Census census, int id) {
        return census.blackHoles().stream()
                .filter(hole -> hole.tokens().contains(id))
                .findFirst()
                .map(hole -> new Company(hole.population(), hole.tokens().toArray()))
                .orElse(new Company(1, new int[] {id}));
    }

    private static List<Near> nearest(Matrix matrix, Census census, int id) {
        int[] others = census.representatives();
        int[] populations = census.populations();
        double[] cells = new double[others.length];
        Arrays.setAll(cells, i -> Metric.CELLS.distance(matrix, id, matrix, others[i]));
        return IntStream.range(0, others.length)
                .filter(i -> !matrix.sameRow(id, others[i]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> cells[i]).thenComparingInt(i -> others[i]))
                .limit(4L * NEAREST)
                .map(i -> new Near(
                        others[i], populations[i], cells[i], Metric.L2.distance(matrix, id, matrix, others[i])))
                .sorted(Comparator.comparingDouble(Near::cells).thenComparingDouble(Near::l2))
                .limit(NEAREST)
                .toList();
    }
}
