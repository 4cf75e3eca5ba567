package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.lilgatsby.checkpoint.CheckpointDirectory;
import org.lilgatsby.checkpoint.EmbeddingMatrices;
import org.lilgatsby.cli.Failures;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.Shape;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.SweepDirectory;

/** Summarises places for the list, from their small files. */
final class Items {
    /** In place of a corpus's hash, where only the number of points counts. */
    private static final String NO_HASH = "0".repeat(64);

    private Items() {}

    /** The item of a place; one that cannot be read is damaged, and says why. */
    static Item of(Place place, SmallFiles files) {
        try {
            return switch (place.kind()) {
                case RUN -> run(place, files);
                case SWEEP -> sweep(place);
                case CHECKPOINT -> checkpoint(place);
            };
        } catch (IOException | RuntimeException | InternalError e) {
            return Item.damaged(place, Failures.sentence(e));
        }
    }

    private static Item run(Place place, SmallFiles files) throws IOException {
        RunDirectory directory = new RunDirectory(place.path());
        RunState state = RunState.of(directory, files);
        ExperimentConfig config = state.config();
        Manifest manifest = state.manifest();
        Optional<String> fault = state.underWay() ? Optional.empty() : fault(state);
        ReportedFigures figures = manifest != null && manifest.state() == Manifest.State.COMPLETE
                ? ReportedFigures.of(directory)
                : ReportedFigures.NONE;
        return new Item(
                place.id(),
                place.kind().toString(),
                place.shown(),
                config.name(),
                config.title(),
                config.conclusion(),
                fault.isPresent() ? "damaged" : state.status(),
                fault.orElse(null),
                manifest == null ? null : state.step(),
                config.training().steps(),
                config.model().vocabulary(),
                manifest == null ? null : manifest.corpus().dead().length,
                config.model().width(),
                config.model().layers(),
                config.seed(),
                config.precision().parameters().toString(),
                figures.loss(),
                figures.loss() == null ? null : state.step(),
                figures.distinctDead(),
                figures.blackHoles(),
                modified(directory.manifest(), directory.progress(), directory.config(), directory.reportJson()),
                size(directory.recording()),
                null);
    }

    /** What is wrong with the recording, of which the first file and the last are opened. */
    private static Optional<String> fault(RunState state) throws IOException {
        RunDirectory directory = state.directory();
        RecordingConfig recording = state.config().recording();
        int rows = state.manifest() == null ? 0 : Recording.completeRows(directory);
        if (rows == 0) {
            return Optional.empty();
        }
        Optional<Path> missing = Recording.missing(directory, recording, 1);
        if (missing.isPresent()) {
            return missing.map(file -> file + ": is missing");
        }
        try {
            Recording.open(directory, recording, state.config().training().steps(), 1)
                    .close();
            if (recording.layout() == RecordingConfig.Layout.PER_STEP) {
                SafetensorsFile.open(directory.steps().resolve(RunDirectory.stepFile(recording.step(rows - 1))))
                        .close();
            }
            return Optional.empty();
        } catch (IOException | RuntimeException | InternalError e) {
            return Optional.of(Failures.sentence(e));
        }
    }

    private static Item sweep(Place place) throws IOException {
        SweepDirectory directory = new SweepDirectory(place.path());
        Sweep sweep = directory.sweep();
        ExperimentConfig base = sweep.base();
        int runs = sweep.points((corpus, vocabulary) -> NO_HASH).size();
        return new Item(
                place.id(),
                place.kind().toString(),
                place.shown(),
                sweep.name(),
                sweep.title(),
                base.conclusion(),
                SweepTable.status(directory.runs()),
                null,
                null,
                base.training().steps(),
                base.model().vocabulary(),
                null,
                base.model().width(),
                base.model().layers(),
                null,
                base.precision().parameters().toString(),
                null,
                null,
                null,
                null,
                modified(directory.definition(), directory.runs(), directory.page()),
                null,
                runs);
    }

    private static Item checkpoint(Place place) throws IOException {
        try (CheckpointDirectory checkpoint = CheckpointDirectory.open(place.path())) {
            EmbeddingMatrices matrices = checkpoint.embeddings();
            TensorSpec input = matrices.input().spec();
            Shape shape = input.shape();
            long bytes = checkpoint.tensors().stream()
                    .mapToLong(spec -> spec.shape().elements() * spec.dtype().bytes())
                    .sum();
            return new Item(
                    place.id(),
                    place.kind().toString(),
                    place.shown(),
                    place.path().getFileName().toString(),
                    checkpoint.config().flatMap(known -> known.modelType()).orElse(null),
                    null,
                    "complete",
                    null,
                    null,
                    null,
                    Math.toIntExact(shape.dimension(0)),
                    null,
                    Math.toIntExact(shape.dimension(1)),
                    null,
                    null,
                    input.dtype().name(),
                    null,
                    null,
                    null,
                    null,
                    modified(place.path().resolve("config.json")),
                    bytes,
                    null);
        }
    }

    /** The latest change of any of some files. */
    private static Instant modified(Path... files) throws IOException {
        FileTime latest = FileTime.fromMillis(0);
        for (Path file : files) {
            try {
                FileTime time = Files.getLastModifiedTime(file);
                latest = time.compareTo(latest) > 0 ? time : latest;
            } catch (NoSuchFileException e) {
                continue;
            }
        }
        return latest.toInstant();
    }

    private static Long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : null;
    }
}
