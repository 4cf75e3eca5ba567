package org.lilgatsby.explorer.api;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.explorer.http.Query;
import org.lilgatsby.explorer.http.Refusal;
import org.lilgatsby.explorer.library.OpenRun;

/** What several requests have in common. */
final class Choices {
    /** How long a request waits for what is computed in the background, in milliseconds. */
    static final long PATIENCE = 3_000;

    private static final int POINTS = 1_200;
    private static final int MOST_POINTS = 65_536;

    private Choices() {}

    /** {@code of}: whose rows; the dead ones if there are any, unless said otherwise. */
    static Group group(Query query, OpenRun run) {
        return query.text("of").map(Choices::group).orElse(run.split().dead().size() > 0 ? Group.DEAD : Group.ALL);
    }

    private static Group group(String name) {
        return Arrays.stream(Group.values())
                .filter(group -> group.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.wrong("of must be all, live or dead."));
    }

    /** {@code step}: the last recorded one unless said otherwise. */
    static int step(Query query, OpenRun run) {
        int[] steps = run.archive().recording().steps();
        return query.number("step").orElse(steps[steps.length - 1]);
    }

    /** The step that is asked for, or the first of them; 0 if none is. */
    static int asked(Query query) {
        return query.number("step").orElse(from(query));
    }

    static int from(Query query) {
        return query.number("from").orElse(0);
    }

    static int to(Query query) {
        return query.number("to").orElse(Integer.MAX_VALUE - 1);
    }

    static int points(Query query) {
        int points = query.number("points").orElse(POINTS);
        if (points < 1 || points > MOST_POINTS) {
            throw Refusal.wrong("points is %,d; allowed are numbers from 1 to %,d.".formatted(points, MOST_POINTS));
        }
        return points;
    }

    /** {@code axis}: whether steps are drawn logarithmically; linearly unless said otherwise. */
    static boolean logarithmic(Query query) {
        String axis = query.text("axis").orElse("linear");
        if (!axis.equals("linear") && !axis.equals("logarithmic")) {
            throw Refusal.wrong("axis must be linear or logarithmic.");
        }
        return axis.equals("logarithmic");
    }

    static Tokens ascending(int[] ids) {
        return Tokens.of(IntStream.of(ids).sorted().distinct().toArray());
    }

    /** {@code ids}: some tokens whose rows are recorded. */
    static int[] tokens(Query query, OpenRun run) throws IOException {
        int[] ids = tokens(query, run.embeddings().rows());
        Tokens recorded = run.split().all();
        IntStream.of(ids).filter(id -> !recorded.contains(id)).findFirst().ifPresent(id -> {
            throw Refusal.wrong("The row of token %d was not recorded.".formatted(id));
        });
        return ids;
    }

    /** {@code ids}: some tokens. */
    static int[] tokens(Query query, int rows) {
        int[] ids = query.numbers("ids");
        IntStream.of(ids).filter(id -> id < 0 || id >= rows).findFirst().ifPresent(id -> {
            throw Refusal.wrong("There is no token %d; ids are below %,d.".formatted(id, rows));
        });
        return ids;
    }
}
