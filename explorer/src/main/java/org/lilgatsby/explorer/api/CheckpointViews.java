package org.lilgatsby.explorer.api;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.explorer.http.Answer;
import org.lilgatsby.explorer.http.Query;
import org.lilgatsby.explorer.library.OpenCheckpoint;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.explorer.view.CheckpointDescription;
import org.lilgatsby.explorer.view.Clouds;
import org.lilgatsby.explorer.view.Labels;
import org.lilgatsby.explorer.view.Lattice;
import org.lilgatsby.explorer.view.Projection;
import org.lilgatsby.explorer.view.RowFigures;
import org.lilgatsby.explorer.view.StateCensus;
import org.lilgatsby.explorer.view.TokenState;

/** The views of a checkpoint, which is one state without a corpus: as those of a run with step 0 alone. */
final class CheckpointViews {
    /** What answers a request about one checkpoint. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(Place place, OpenCheckpoint checkpoint, Query query) throws IOException;
    }

    private CheckpointViews() {}

    static Map<String, Endpoint> all(Clouds clouds) {
        return Map.of(
                "",
                (place, checkpoint, _) -> new Answer.Json(CheckpointDescription.of(place, checkpoint)),
                "census",
                (_, checkpoint, _) -> new Answer.Json(StateCensus.of(0, matrix(checkpoint), checkpoint.tokens(), null)),
                "lattice",
                (_, checkpoint, query) ->
                        new Answer.Json(Lattice.of(0, matrix(checkpoint), tokensOfLattice(checkpoint, query))),
                "token",
                (_, checkpoint, query) -> new Answer.Json(tokens(checkpoint, query)),
                "cloud",
                (place, checkpoint, query) -> {
                    History history = checkpoint.embeddings();
                    Projection projection =
                            Projection.parse(query.text("projection").orElse("final"));
                    return RunViews.binary(clouds.of(place.id(), history, checkpoint.tokens(), projection, 0, 0));
                },
                "groups",
                (_, checkpoint, _) -> RunViews.binary(Labels.of(checkpoint.embeddings(), checkpoint.tokens(), 0, 0)),
                "rows",
                (_, checkpoint, query) -> RunViews.binary(RowFigures.named(query.required("figure"))
                        .of(checkpoint.embeddings(), checkpoint.tokens(), 0, 0)));
    }

    private static Matrix matrix(OpenCheckpoint checkpoint) {
        return checkpoint.embeddings().first();
    }

    private static Tokens tokensOfLattice(OpenCheckpoint checkpoint, Query query) {
        return query.text("ids").isPresent()
                ? Choices.ascending(Choices.tokens(query, matrix(checkpoint).rows()))
                : checkpoint.tokens();
    }

    private static RunViews.Tokened tokens(OpenCheckpoint checkpoint, Query query) {
        Matrix matrix = matrix(checkpoint);
        Census census = Census.of(matrix, Tokens.all(matrix.rows()));
        return new RunViews.Tokened(
                0,
                Arrays.stream(Choices.tokens(query, matrix.rows()))
                        .mapToObj(id -> TokenState.of(matrix, census, id))
                        .toList());
    }
}
