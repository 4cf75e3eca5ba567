package org.lilgatsby.explorer.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.checkpoint.Vocabulary;
import org.lilgatsby.explorer.library.OpenCheckpoint;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.safetensors.TensorSpec;

/**
 * What the page must know of a checkpoint before it draws: as {@link RunDescription}, with step 0 alone.
 *
 * @param title the model type, where known
 * @param tied whether the embeddings are the output head too
 * @param tensor name of the embeddings
 */
public record CheckpointDescription(
        String id,
        String name,
        String title,
        String path,
        String status,
        RunDescription.Steps steps,
        List<RunDescription.Token> tokens,
        int width,
        boolean tied,
        String tensor,
        List<RunDescription.Tensor> tensors,
        List<CurveCatalog.Drawable> curves,
        Map<String, Object> views) {
    private static final RunDescription.Steps ONE = new RunDescription.Steps(0, 0, 1, 1, 0, null);

    private static final String ONE_STATE = "A checkpoint is a single state, so there are no figures over time.";

    /** Describes a checkpoint. */
    public static CheckpointDescription of(Place place, OpenCheckpoint checkpoint) {
        Map<String, Object> views = new LinkedHashMap<>();
        for (String view : List.of("census", "cloud", "lattice", "token")) {
            views.put(view, true);
        }
        views.put("genealogy", ONE_STATE);
        return new CheckpointDescription(
                place.id(),
                place.path().getFileName().toString(),
                checkpoint
                        .directory()
                        .config()
                        .flatMap(known -> known.modelType())
                        .orElse(null),
                place.shown(),
                "complete",
                ONE,
                tokens(checkpoint),
                checkpoint.embeddings().columns(),
                checkpoint.matrices().tied(),
                checkpoint.matrices().input().spec().name(),
                checkpoint.matrices().all().stream()
                        .map(view -> tensor(view.spec()))
                        .toList(),
                List.of(),
                views);
    }

    private static RunDescription.Tensor tensor(TensorSpec spec) {
        return new RunDescription.Tensor(
                spec.name(), null, spec.shape().dimensions(), spec.dtype().name());
    }

    private static List<RunDescription.Token> tokens(OpenCheckpoint checkpoint) {
        Optional<Vocabulary> vocabulary = checkpoint.directory().vocabulary();
        return IntStream.range(0, checkpoint.embeddings().rows())
                .mapToObj(id -> new RunDescription.Token(
                        id,
                        null,
                        vocabulary
                                .map(known -> known.display(id).orElse("(none)"))
                                .orElse("token " + id),
                        false,
                        null))
                .toList();
    }
}
