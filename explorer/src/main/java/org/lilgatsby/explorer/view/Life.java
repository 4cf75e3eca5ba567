package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.TokenStep;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.Place;

/**
 * A token over the steps.
 *
 * @param norm L2 norm of its row
 * @param step2 L2 norm of each step, from the recorded state before
 * @param stepInf L-infinity norm of it
 * @param regimes each as first step, last step, regime of all steps between them
 * @param groups each as first step, last step, tokens with the same row, the smallest of them
 */
public record Life(
        int id, Curve norm, Curve step2, Curve stepInf, List<List<Object>> regimes, List<List<Object>> groups) {
    /**
     * What is asked of a life.
     *
     * @param from its first step
     * @param to its last step
     * @param points of a curve, at most
     * @param logarithmic whether curves are drawn over log(1 + step)
     */
    public record Range(int from, int to, int points, boolean logarithmic) {}

    /**
     * The lives of some tokens.
     *
     * @return empty if the groups are still being computed
     * @throws IOException if the run does not know W
     */
    public static Optional<List<Life>> of(
            Background background, Place place, OpenRun run, int[] ids, Range range, long patience) throws IOException {
        Optional<GroupCourse> course = GroupCourse.find(background, place, run, Group.ALL, patience);
        if (course.isEmpty()) {
            return Optional.empty();
        }
        History history = run.embeddings();
        int[] places = IntStream.range(0, history.size())
                .filter(at -> history.step(at) >= range.from() && history.step(at) <= range.to())
                .toArray();
        return Optional.of(IntStream.of(ids)
                .mapToObj(id -> of(history, places, course.get(), id, range))
                .toList());
    }

    private static Life of(History history, int[] places, GroupCourse course, int id, Range range) {
        int[] steps = Arrays.stream(places).map(history::step).toArray();
        double[] norms = new double[places.length];
        double[] l2 = new double[places.length];
        double[] lInfinity = new double[places.length];
        List<List<Object>> regimes = new ArrayList<>();
        String regime = null;
        int since = 0;
        Matrix before = places.length == 0 || places[0] == 0 ? null : history.matrix(places[0] - 1);
        for (int i = 0; i < places.length; i++) {
            Matrix now = history.matrix(places[i]);
            norms[i] = new Vector(now.values(id)).norm();
            l2[i] = Double.NaN;
            lInfinity[i] = Double.NaN;
            if (before != null) {
                TokenStep step = TokenStep.of(before, now, id);
                l2[i] = step.l2();
                lInfinity[i] = step.lInfinity();
                String name = Names.of(step.regime());
                if (!name.equals(regime)) {
                    since = steps[i];
                    regime = name;
                    regimes.add(List.of(since, since, name));
                }
                regimes.set(regimes.size() - 1, List.of(since, steps[i], name));
            }
            before = now;
        }
        return new Life(
                id,
                Curve.of(new Series(steps, norms), range.points(), range.logarithmic()),
                Curve.of(new Series(steps, l2), range.points(), range.logarithmic()),
                Curve.of(new Series(steps, lInfinity), range.points(), range.logarithmic()),
                regimes,
                groups(course, id, range.from(), range.to()));
    }

    private static List<List<Object>> groups(GroupCourse course, int id, int from, int to) {
        List<int[]> all = new ArrayList<>();
        course.visit((step, labels) -> {
            int size = (int)
                    IntStream.of(labels).filter(label -> label == labels[id]).count();
            if (all.isEmpty() || all.getLast()[2] != size || all.getLast()[3] != labels[id]) {
                if (!all.isEmpty()) {
                    all.getLast()[1] = step;
                }
                all.add(new int[] {step, course.last(), size, labels[id]});
            }
        });
        return all.stream()
                .filter(part -> part[0] <= to && part[1] >= from)
                .map(part -> List.<Object>of(part[0], part[1], part[2], part[3]))
                .toList();
    }
}
