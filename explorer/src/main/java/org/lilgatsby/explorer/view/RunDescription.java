package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.explorer.library.Item;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.explorer.library.ReportedFigures;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.RunVocabulary;
import org.lilgatsby.safetensors.TensorSpec;
import tools.jackson.databind.JsonNode;

/**
 * What the page must know of a run before it draws.
 *
 * @param status as in the list
 * @param verdict as in report.json; null without one
 * @param width components of a row
 * @param curves what can be drawn over time
 * @param views what can be looked at: true, or a sentence that says why not
 */
public record RunDescription(
        String id,
        String name,
        String title,
        String path,
        String status,
        String fault,
        JsonNode config,
        Map<String, Object> verdict,
        Steps steps,
        List<Token> tokens,
        int width,
        List<Tensor> tensors,
        List<CurveCatalog.Drawable> curves,
        Map<String, Object> views) {
    /**
     * The recorded states: those of steps first, first + every and so on, or of a list.
     *
     * @param first updates before the first
     * @param last updates before the last
     * @param every updates from one to the next; the fewest, if they differ
     * @param recorded how many there are
     * @param planned updates requested
     * @param at the steps of all states of the finished run, where they are not evenly spaced; otherwise null
     */
    public record Steps(int first, int last, int every, int recorded, int planned, int[] at) {
        private static Steps of(ExperimentConfig config, int[] recorded) {
            int updates = config.training().steps();
            int[] all = IntStream.range(0, config.recording().rows(updates))
                    .map(config.recording()::step)
                    .toArray();
            IntSummaryStatistics gaps =
                    IntStream.range(1, all.length).map(i -> all[i] - all[i - 1]).summaryStatistics();
            boolean even = gaps.getCount() == 0 || gaps.getMin() == gaps.getMax();
            return new Steps(
                    recorded[0],
                    recorded[recorded.length - 1],
                    gaps.getCount() == 0 ? 1 : gaps.getMin(),
                    recorded.length,
                    updates,
                    even ? null : all);
        }
    }

    /**
     * A token.
     *
     * @param glyph a character to draw it by; null where there is none
     * @param name what to call it
     * @param dead whether it does not occur in the corpus
     * @param count how often it occurs; null where that is not known
     */
    public record Token(int id, String glyph, String name, boolean dead, Long count) {}

    /** A tensor of the recording. */
    public record Tensor(String name, String observable, long[] shape, String dtype) {}

    /**
     * Describes a run.
     *
     * @throws IOException if it cannot be read
     */
    public static RunDescription of(Place place, OpenRun run, Item item, CurveCatalog catalog) throws IOException {
        RunArchive archive = run.archive();
        return new RunDescription(
                place.id(),
                archive.config().name(),
                archive.config().title(),
                place.shown(),
                item.status(),
                item.fault(),
                ConfigYaml.toJson(archive.config()),
                ReportedFigures.of(archive.directory()).verdict(),
                Steps.of(archive.config(), archive.recording().steps()),
                tokens(run),
                archive.config().model().width(),
                tensors(archive),
                catalog.of(place, run),
                views(archive));
    }

    /** Those whose rows are recorded. */
    private static List<Token> tokens(OpenRun run) throws IOException {
        RunVocabulary vocabulary = run.archive().vocabulary();
        boolean bytes = run.archive().config().corpus().isBytes();
        return IntStream.of(run.split().all().toArray())
                .mapToObj(id -> new Token(
                        id,
                        bytes ? Glyphs.of(id).orElse(null) : null,
                        bytes ? Glyphs.name(id) : vocabulary.texts().name(id).orElse("token " + id),
                        run.split().dead().contains(id),
                        vocabulary.counts().map(counts -> counts[id]).orElse(null)))
                .toList();
    }

    private static List<Tensor> tensors(RunArchive archive) {
        List<Tensor> tensors = new ArrayList<>();
        for (TensorSpec spec : archive.recording().tensors()) {
            Optional<RecordedTensor> recorded = archive.config().recording().tensors().stream()
                    .filter(tensor -> tensor.name().equals(spec.name()))
                    .findFirst();
            tensors.add(new Tensor(
                    spec.name(),
                    recorded.map(tensor -> tensor.observable().name()).orElse(null),
                    spec.shape().dimensions(),
                    spec.dtype().name()));
        }
        return tensors;
    }

    private static Map<String, Object> views(RunArchive archive) {
        Object known = archive.embeddingsMissing()
                .<Object>map(reason -> "W is not known: " + reason + ".")
                .orElse(true);
        Map<String, Object> views = new LinkedHashMap<>();
        for (String view : List.of("census", "cloud", "lattice", "token", "genealogy")) {
            views.put(view, known);
        }
        return views;
    }
}
