package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.Place;

/**
 * The groups of equal rows over the whole recording: the labels of the first state, and what changed in each state in
 * which they did.
 *
 * @param steps those with a change, the first one included
 * @param tokens whose labels changed, for each step
 * @param labels their new labels: the smallest token with the same row, among those of the group
 * @param last the last recorded step
 * @param rows number of tokens
 */
record GroupCourse(int[] steps, int[][] tokens, int[][] labels, int last, int rows) implements Background.Result {
    @Override
    public long numbers() {
        long numbers = steps.length;
        for (int[] changed : tokens) {
            numbers += 2L * changed.length;
        }
        return numbers;
    }

    /** Sees the labels of all tokens at each step at which one changed; -1 for a token outside the group. */
    @FunctionalInterface
    interface Visitor {
        void see(int step, int[] labels);
    }

    void visit(Visitor visitor) {
        int[] now = new int[rows];
        Arrays.fill(now, -1);
        for (int i = 0; i < steps.length; i++) {
            for (int k = 0; k < tokens[i].length; k++) {
                now[tokens[i][k]] = labels[i][k];
            }
            visitor.see(steps[i], now);
        }
    }

    /** Empty if it is still being computed. */
    static Optional<GroupCourse> find(Background background, Place place, OpenRun run, Group group, long patience)
            throws IOException {
        return background.find(
                place, run, "groups " + group, GroupCourse.class, patience, open -> compute(open, group));
    }

    private static GroupCourse compute(OpenRun run, Group group) throws IOException {
        EveryState.require(run);
        Evolution evolution =
                run.ask(context -> context.evolution(new Selection(group, OptionalInt.empty(), Selection.Detail.ALL)));
        History history = run.embeddings();
        Tokens tokens = run.split().tokens(group);
        int[] places = evolution.census().get(group).changes();
        int[] steps = new int[places.length];
        int[][] changed = new int[places.length][];
        int[][] labels = new int[places.length][];
        int[] before = new int[history.rows()];
        Arrays.fill(before, -1);
        for (int i = 0; i < places.length; i++) {
            int[] now = Labels.of(history.matrix(places[i]), tokens);
            List<Integer> moved = new ArrayList<>();
            for (int token = 0; token < now.length; token++) {
                if (now[token] != before[token]) {
                    moved.add(token);
                }
            }
            steps[i] = history.step(places[i]);
            changed[i] = moved.stream().mapToInt(Integer::intValue).toArray();
            labels[i] = moved.stream().mapToInt(token -> now[token]).toArray();
            before = now;
        }
        return new GroupCourse(steps, changed, labels, history.step(history.size() - 1), history.rows());
    }
}
