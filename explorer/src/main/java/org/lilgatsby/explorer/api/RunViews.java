package org.lilgatsby.explorer.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.analysis.History;
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
import org.lilgatsby.explorer.view.StateCensus;
import org.lilgatsby.explorer.view.TokenState;

/** The views of a run, by the last word of their address. */
final class RunViews {
    private static final int MOST_BANDS = 200;

    private RunViews() {}

    private record Tokened(int step, List<TokenState> tokens) {}

    private record Lives(List<Life> tokens) {}

    static Map<String, RunEndpoint> all(Background background) {
        Clouds clouds = new Clouds();
        Marks marks = new Marks(background);
        Genealogies genealogies = new Genealogies(background);
        return Map.of(
                "census",
                (_, run, query) -> {
                    int step = Choices.step(query, run);
                    History history = run.embeddings();
                    return new Answer.Json(
                            StateCensus.of(step, history.matrix(history.place(step)), tokens(query, run), run.split()));
                },
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
                "marks",
                (place, run, query) ->
                        unlessWaiting(marks.find(place, run, Choices.group(query, run), Choices.PATIENCE)),
                "lattice",
                (_, run, query) -> {
                    int step = Choices.step(query, run);
                    History history = run.embeddings();
                    return new Answer.Json(Lattice.of(step, history.matrix(history.place(step)), tokens(query, run)));
                },
                "token",
                (_, run, query) -> {
                    int step = Choices.step(query, run);
                    int[] ids = Choices.tokens(query, run.embeddings().rows());
                    return new Answer.Json(new Tokened(step, TokenState.of(run, step, ids)));
                },
                "life",
                (place, run, query) -> unlessWaiting(Life.of(
                                background,
                                place,
                                run,
                                Choices.tokens(query, run.embeddings().rows()),
                                Choices.from(query),
                                Choices.to(query),
                                Choices.points(query),
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

    private static Tokens tokens(Query query, OpenRun run) {
        return run.split().tokens(Choices.group(query, run));
    }

    private static Answer binary(Block block) {
        return new Answer.Binary(block.header(), block.numbers());
    }

    static Answer unlessWaiting(Optional<?> found) {
        return new Answer.Json(found.isPresent() ? found.get() : Map.of("waiting", true));
    }
}
