package org.lilgatsby.explorer.api;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        all.putAll(blocks(clouds));
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

    private static Map<String, RunEndpoint> blocks(Clouds clouds) {
        return Map.of(
                "cloud",
                (_, run, query) -> binary(clouds.of(
                        run.identity(),
                        run.embeddings(),
                        tokens(query, run),
                        Projection.parse(query.text("projection").orElse("final")),
                        Choices.from(query),
                        Choices.to(query))),
                "groups",
                (_, run, query) ->
                        binary(Labels.of(run.embeddings(), tokens(query, run), Choices.from(query), Choices.to(query))),
                "rows",
                (_, run, query) -> binary(RowFigures.named(query.required("figure"))
                        .of(run.embeddings(), tokens(query, run), Choices.from(query), Choices.to(query))));
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

    static Answer binary(Block block) {
        return new Answer.Binary(block.header(), block.numbers());
    }

    static Answer unlessWaiting(Optional<?> found) {
        return new Answer.Json(found.isPresent() ? found.get() : Map.of("waiting", true));
    }
}
