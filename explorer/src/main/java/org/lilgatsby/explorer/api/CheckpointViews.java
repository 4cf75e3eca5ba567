package org.lilgatsby.explorer.api;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.explorer.http.Answer;
import org.lilgatsby.explorer.http.Query;
import org.lilgatsby.explorer.library.OpenCheckpoint;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.explorer.view.Block;
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
        Map<String, Endpoint> all = new HashMap<>();
        all.put("", (place, checkpoint, _) -> new Answer.Json(CheckpointDescription.of(place, checkpoint)));
        all.put(
                "census",
                (_, checkpoint, _) ->
                        new Answer.Json(StateCensus.of(0, matrix(checkpoint), checkpoint.tokens(), null)));
        all.put(
                "lattice",
                (_, checkpoint, query) ->
                        new Answer.Json(Lattice.of(0, matrix(checkpoint), tokensOfLattice(checkpoint, query))));
        all.put("token", (_, checkpoint, query) -> new Answer.Json(tokens(checkpoint, query)));
        all.put(
                "blocks",
                (place, checkpoint, query) ->
                        Blocks.named(query, view -> block(view, clouds, place, checkpoint, query)));
        return Map.copyOf(all);
    }

    private static Block block(String view, Clouds clouds, Place place, OpenCheckpoint checkpoint, Query query) {
        History history = checkpoint.embeddings();
        Tokens tokens = checkpoint.tokens();
        return switch (view) {
            case "cloud" ->
                clouds.of(
                        place.id(),
                        history,
                        tokens,
                        Projection.parse(query.text("projection").orElse("final")),
                        0,
                        0);
            case "groups" -> Labels.of(history, tokens, 0, 0);
            case "rows" -> RowFigures.named(query.required("figure")).of(history, tokens, 0, 0);
            default -> throw RunViews.unknown(view);
        };
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
