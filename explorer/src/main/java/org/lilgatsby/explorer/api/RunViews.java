package org.lilgatsby.explorer.api;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.explorer.http.Answer;
import org.lilgatsby.explorer.http.Query;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.view.Background;
import org.lilgatsby.explorer.view.Block;
import org.lilgatsby.explorer.view.Clouds;
import org.lilgatsby.explorer.view.Genealogies;
import org.lilgatsby.explorer.view.Labels;
import org.lilgatsby.explorer.view.Lattice;
import org.lilgatsby.explorer.view.Life;
import org.lilgatsby.explorer.view.Marks;
import org.lilgatsby.explorer.view.Projection;
import org.lilgatsby.explorer.view.RowFigures;
import org.lilgatsby.explorer.view.StateCensus;
import org.lilgatsby.explorer.view.TokenState;

/** The views of a run, by the last word of their address. */
final class RunViews {
    private static final int MOST_BANDS = 200;

    private RunViews() {}

    /** Some tokens at one step. */
    record Tokened(int step, List<TokenState> tokens) {}

    private record Lives(List<Life> tokens) {}

    static Map<String, RunEndpoint> all(Background background, Clouds clouds) {
        Map<String, RunEndpoint> all = new HashMap<>();
        all.putAll(ofOneStep());
        all.put("blocks", (_, run, query) -> Blocks.named(query, view -> block(view, clouds, run, query)));
        all.putAll(overTime(background));
        return Map.copyOf(all);
    }

    private static Map<String, RunEndpoint> ofOneStep() {
        return Map.of(
                "census",
                (_, run, query) -> new Answer.Json(
                        StateCensus.of(Choices.step(query, run), matrix(query, run), tokens(query, run), run.split())),
                "lattice",
                (_, run, query) -> new Answer.Json(
                        Lattice.of(Choices.step(query, run), matrix(query, run), tokensOfLattice(query, run))),
                "token",
                (_, run, query) -> {
                    int step = Choices.step(query, run);
                    int[] ids = Choices.tokens(query, run);
                    return new Answer.Json(new Tokened(step, TokenState.of(run, step, ids)));
                });
    }

    private static Block block(String view, Clouds clouds, OpenRun run, Query query) throws IOException {
        History history = run.embeddings();
        Tokens tokens = tokens(query, run);
        int from = Choices.from(query);
        int to = Choices.to(query);
        return switch (view) {
            case "cloud" ->
                clouds.of(
                        run.identity(),
                        history,
                        tokens,
                        Projection.parse(query.text("projection").orElse("final")),
                        from,
                        to);
            case "groups" -> Labels.of(history, tokens, from, to);
            case "rows" -> RowFigures.named(query.required("figure")).of(history, tokens, from, to);
            default -> throw unknown(view);
        };
    }

    static IllegalArgumentException unknown(String view) {
        return new IllegalArgumentException("views must be cloud, groups or rows; \"%s\" is not".formatted(view));
    }

    private static Map<String, RunEndpoint> overTime(Background background) {
        Marks marks = new Marks(background);
        Genealogies genealogies = new Genealogies(background);
        return Map.of(
                "marks",
                (place, run, query) ->
                        unlessWaiting(marks.find(place, run, Choices.group(query, run), Choices.PATIENCE)),
                "life",
                (place, run, query) -> unlessWaiting(Life.of(
                                background,
                                place,
                                run,
                                Choices.tokens(query, run),
                                new Life.Range(
                                        Choices.from(query),
                                        Choices.to(query),
                                        Choices.points(query),
                                        Choices.logarithmic(query)),
                                Choices.PATIENCE)
                        .map(Lives::new)),
                "genealogy",
                (place, run, query) -> unlessWaiting(genealogies.find(
                        place,
                        run,
                        Choices.group(query, run),
                        query.number("most").orElse(MOST_BANDS),
                        Choices.PATIENCE)));
    }

    private static Matrix matrix(Query query, OpenRun run) throws IOException {
        int step = Choices.step(query, run);
        return run.embeddings().matrix(run.embeddings().place(step));
    }

    private static Tokens tokensOfLattice(Query query, OpenRun run) throws IOException {
        return query.text("ids").isPresent() ? Choices.ascending(Choices.tokens(query, run)) : tokens(query, run);
    }

    private static Tokens tokens(Query query, OpenRun run) {
        return run.split().tokens(Choices.group(query, run));
    }

    static Answer unlessWaiting(Optional<?> found) {
        return new Answer.Json(found.isPresent() ? found.get() : Map.of("waiting", true));
    }
}
