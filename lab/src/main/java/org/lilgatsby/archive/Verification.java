package org.lilgatsby.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RecordingDescription;
import org.lilgatsby.files.Text;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Models;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.Constants;
import org.lilgatsby.recording.Figure;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RecordingPlan;
import org.lilgatsby.recording.RecordingSource;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.safetensors.TensorView;
import org.lilgatsby.settings.SettingException;

/**
 * The outcome of reading a run's directory through and checking it.
 *
 * @param checks in the order in which they were made
 */
public record Verification(List<Check> checks) {
    /** The outcome of a check. */
    public enum Outcome {
        /** The check passed. */
        PASSED,
        /** The check failed. */
        FAILED,
        /** The run lacks what the check needs. */
        NOT_POSSIBLE
    }

    /**
     * One check.
     *
     * @param name what was checked
     * @param outcome the outcome
     * @param detail the figures, or what is missing
     */
    public record Check(String name, Outcome outcome, String detail) {}

    /** Whether no check failed. */
    public boolean passed() {
        return checks.stream().noneMatch(c -> c.outcome() == Outcome.FAILED);
    }

    /**
     * Verifies a run.
     *
     * @throws IOException if it cannot be read at all
     */
    public static Verification of(RunDirectory directory) throws IOException {
        directory.requireNoLinks();
        List<Check> checks = new ArrayList<>();
        Manifest manifest = ManifestFile.read(directory.manifest());
        Optional<RunArchive> opened = open(directory, checks);
        try (RunArchive run = opened.orElse(null)) {
            checks.addFirst(manifest(
                    directory, run == null ? "" : "; the run is " + run.status().inWords()));
            checks.add(SealedFiles.check(directory, manifest, opened));
            if (run != null) {
                checks.add(shapes(run));
                checks.add(description(run));
                checks.add(finiteness(run));
                checks.add(start(run));
                checks.add(accounting(run));
                parts(run).ifPresent(checks::add);
                figures(run).ifPresent(checks::add);
                if (!run.config().recording().checkpoints().isEmpty()) {
                    checks.add(checkpoints(run));
                }
            }
        }
        return new Verification(checks);
    }

    private static Optional<RunArchive> open(RunDirectory directory, List<Check> checks) {
        try {
            return Optional.of(RunArchive.open(directory));
        } catch (IOException | SettingException e) {
            checks.add(new Check("readable", Outcome.FAILED, e.getMessage()));
            return Optional.empty();
        }
    }

    private static Check manifest(RunDirectory directory, String status) throws IOException {
        return ManifestFile.isIntact(directory.manifest())
                ? new Check("manifest", Outcome.PASSED, "is unchanged" + status)
                : new Check("manifest", Outcome.FAILED, directory.manifest() + " was changed: its seal differs");
    }

    private static Check shapes(RunArchive run) throws IOException {
        ExperimentConfig config = run.config();
        InitialState initial;
        try {
            initial = config.draw(run.manifest().corpus().bytes());
        } catch (SettingException e) {
            return fileOfWIsGone("shapes", e);
        }
        RecordingPlan plan = new RecordingPlan(new RecordingSource(
                config.recording(),
                config.model(),
                config.training(),
                config.initialization(),
                config.precision(),
                initial,
                run.manifest().corpus().live(),
                run.manifest().corpus().dead(),
                Map.of()));
        boolean stepsExpected =
                describesItself(run.recording()) || run.recording().has(Constants.RECORDED_STEPS);
        List<TensorSpec> expected = plan.layout().tensors().stream()
                .filter(spec -> stepsExpected || !spec.name().equals(Constants.RECORDED_STEPS.name()))
                .toList();
        for (TensorSpec spec : expected) {
            if (!run.recording().tensors().contains(spec)) {
                return new Check("shapes", Outcome.FAILED, "the recording has no tensor " + spec);
            }
        }
        return new Check(
                "shapes",
                Outcome.PASSED,
                expected.size() + " tensors as planned, " + run.recording().rows() + " rows");
    }

    /** The start of a run can be drawn again unless W came from a file that is no longer what it was. */
    private static Check fileOfWIsGone(String name, SettingException e) {
        return new Check(name, Outcome.NOT_POSSIBLE, e.getMessage());
    }

    /** Recordings of earlier versions do not. */
    private static boolean describesItself(Recording recording) {
        return recording.metadata().containsKey(RecordingDescription.SCHEMA_KEY);
    }

    /** Whether the recording's header agrees with configuration and manifest, and names each row's step. */
    private static Check description(RunArchive run) throws IOException {
        String name = "description";
        Recording recording = run.recording();
        Map<String, String> found = recording.metadata();
        if (!describesItself(recording)) {
            return new Check(
                    name,
                    Outcome.NOT_POSSIBLE,
                    "recorded by an earlier version, whose recordings do not describe themselves");
        }
        SortedMap<String, String> expected = RecordingDescription.of(
                run.config(), run.manifest().corpus(), run.manifest().arithmetic());
        Optional<String> misfit = RecordingDescription.misfit(found, expected);
        if (misfit.isPresent()) {
            return new Check(
                    name,
                    Outcome.FAILED,
                    "the recording's %s is %s, but the run's is %s"
                            .formatted(
                                    misfit.get(),
                                    Text.quote(found.getOrDefault(misfit.get(), "")),
                                    Text.quote(expected.get(misfit.get()))));
        }
        int[] steps = recording.steps();
        for (int row = 0; row < steps.length; row++) {
            long recorded = recording.recordedStep(row).toLongs()[0];
            if (recorded != steps[row]) {
                return new Check(
                        name,
                        Outcome.FAILED,
                        "recorded_steps names step %d for row %d, which is of step %d"
                                .formatted(recorded, row, steps[row]));
            }
        }
        if (recording.has(Constants.RECORDED_TOKENS)) {
            long[] ids = recording.constant(Constants.RECORDED_TOKENS).toLongs();
            long[] chosen = IntStream.of(run.tokens()).asLongStream().toArray();
            int differs = Arrays.mismatch(ids, chosen);
            if (differs >= 0) {
                return new Check(
                        name,
                        Outcome.FAILED,
                        "recorded_tokens differs from the tokens that recording.tokens chooses, from index %d on"
                                .formatted(differs));
            }
        }
        return new Check(name, Outcome.PASSED, "the recording names its configuration, corpus and steps");
    }

    private static Check finiteness(RunArchive run) throws IOException {
        long values = 0;
        int[] updates = run.recording().updates();
        for (RecordedTensor tensor : run.config().recording().tensors()) {
            for (int row = 0; row < run.recording().rows(); row++) {
                TensorView view = run.recording().row(tensor.observable(), row);
                float[] floats = view.toFloats();
                values += floats.length;
                for (int i = 0; i < floats.length; i++) {
                    if (!tensor.observable().allows(updates[row], floats[i])) {
                        return new Check(
                                "finiteness",
                                Outcome.FAILED,
                                "%s at step %d, element %d is %s"
                                        .formatted(
                                                tensor.name(), run.recording().steps()[row], i, floats[i]));
                    }
                }
            }
        }
        return new Check("finiteness", Outcome.PASSED, String.format(Locale.ROOT, "%,d values are finite", values));
    }

    private static Check start(RunArchive run) throws IOException {
        String name = "initial state";
        if (!run.recording().has(Observables.EMBEDDINGS)) {
            return new Check(name, Outcome.NOT_POSSIBLE, "embeddings are not recorded");
        }
        ExperimentConfig config = run.config();
        float[] drawn;
        try {
            drawn = config.draw(run.manifest().corpus().bytes()).storedEmbeddings();
        } catch (SettingException e) {
            return fileOfWIsGone(name, e);
        }
        float[] recorded = run.recording().row(Observables.EMBEDDINGS, 0).toFloats();
        int[] tokens = run.tokens();
        int width = config.model().width();
        for (int i = 0; i < recorded.length; i++) {
            float expected = drawn[tokens[i / width] * width + i % width];
            if (recorded[i] != expected) {
                return new Check(
                        name,
                        Outcome.FAILED,
                        "token %d, component %d is %s, but the configuration draws %s"
                                .formatted(tokens[i / width], i % width, recorded[i], expected));
            }
        }
        String which = config.recording().tokens().isAll() ? "W" : "W of %,d tokens".formatted(tokens.length);
        return new Check(name, Outcome.PASSED, which + " at step 0 is what the configuration draws");
    }

    /** Whether the parts of a tied gradient add up to it; empty if not all three were recorded. */
    private static Optional<Check> parts(RunArchive run) throws IOException {
        Recording recording = run.recording();
        if (!Stream.of(Observables.GRADS, Observables.GRADS_HEAD, Observables.GRADS_LOOKUP)
                .allMatch(recording::has)) {
            return Optional.empty();
        }
        String name = "gradient parts";
        boolean rounds = run.config().precision().gradients() == Precision.BF16;
        for (int row = 0; row < recording.rows(); row++) {
            float[] whole = recording.row(Observables.GRADS, row).toFloats();
            float[] head = recording.row(Observables.GRADS_HEAD, row).toFloats();
            float[] lookup = recording.row(Observables.GRADS_LOOKUP, row).toFloats();
            for (int i = 0; i < whole.length; i++) {
                float sum = rounds ? Bf16.round(head[i] + lookup[i]) : head[i] + lookup[i];
                if (sum != whole[i]) {
                    return Optional.of(new Check(
                            name,
                            Outcome.FAILED,
                            "at step %d, element %d is %s, but its parts add up to %s"
                                    .formatted(recording.steps()[row], i, whole[i], sum)));
                }
            }
        }
        return Optional.of(new Check(name, Outcome.PASSED, "head and lookups add up to the gradient in every row"));
    }

    /** What cannot be checked of figures that were computed while training; empty if none was recorded. */
    private static Optional<Check> figures(RunArchive run) {
        List<String> names = run.config().recording().tensors().stream()
                .filter(tensor -> tensor.observable() instanceof Figure)
                .map(RecordedTensor::name)
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new Check(
                        "figures",
                        Outcome.NOT_POSSIBLE,
                        "%s: computed during training and not recomputed; only values and checksums are checked"
                                .formatted(String.join(", ", names))));
    }

    /** Whether each checkpoint that stays is whole, of its step, and holds the W that was recorded there. */
    private static Check checkpoints(RunArchive run) throws IOException {
        String name = "checkpoints";
        int last = run.manifest().completedSteps();
        int compared = 0;
        List<Integer> due = run.config().recording().checkpoints().stream()
                .filter(step -> step <= last)
                .toList();
        for (int step : due) {
            Path file = run.directory().keptCheckpoint(step);
            Checkpoint checkpoint;
            try {
                checkpoint = Checkpoint.readFrom(file);
            } catch (IOException e) {
                return new Check(name, Outcome.FAILED, e.getMessage());
            }
            if (checkpoint.step() != step) {
                return new Check(
                        name, Outcome.FAILED, "%s holds step %d".formatted(file.getFileName(), checkpoint.step()));
            }
            int row = Arrays.binarySearch(run.recording().steps(), step);
            if (row >= 0 && run.recording().has(Observables.EMBEDDINGS)) {
                compared++;
                if (!holds(checkpoint, run, row)) {
                    return new Check(
                            name,
                            Outcome.FAILED,
                            "W in %s differs from the recording at step %d".formatted(file.getFileName(), step));
                }
            }
        }
        return new Check(
                name,
                Outcome.PASSED,
                "%d kept checkpoints are intact; in %d of them W equals the recording".formatted(due.size(), compared));
    }

    private static boolean holds(Checkpoint checkpoint, RunArchive run, int row) throws IOException {
        ExperimentConfig config = run.config();
        float[] recorded = run.recording().row(Observables.EMBEDDINGS, row).toFloats();
        int width = config.model().width();
        int at = Models.layout(config.model()).wte().at();
        int[] tokens = run.tokens();
        float[] parameters = checkpoint.parameters();
        return IntStream.range(0, recorded.length)
                .allMatch(i -> Float.floatToRawIntBits(parameters[at + tokens[i / width] * width + i % width])
                        == Float.floatToRawIntBits(recorded[i]));
    }

    private static Check accounting(RunArchive run) throws IOException {
        String name = "optimizer accounting";
        Optional<String> missing = OptimizerAccounting.missing(run);
        if (missing.isPresent()) {
            return new Check(name, Outcome.NOT_POSSIBLE, missing.get());
        }
        OptimizerAccounting accounting = OptimizerAccounting.of(run);
        boolean closed = accounting.equal() == accounting.components();
        String share = String.format(
                Locale.ROOT,
                "%.6f %% of %,d components equal bit for bit over %,d updates",
                100 * accounting.share(),
                accounting.components(),
                accounting.steps());
        return new Check(
                name,
                closed ? Outcome.PASSED : Outcome.FAILED,
                closed ? share : share + "; first unequal at step " + accounting.firstStep());
    }
}
