package org.lilgatsby.archive;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.Constants;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunStatus;
import org.lilgatsby.recording.RunVocabulary;
import org.lilgatsby.recording.StepChoice;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.TensorView;

/**
 * A run's directory opened for reading, finished or not. The recording is presented as histories over its mapped files;
 * they are valid until {@link #close}.
 */
public final class RunArchive implements AutoCloseable {
    private final RunDirectory directory;
    private final ExperimentConfig config;
    private final Manifest manifest;
    private final Recording recording;
    private final Precision seenWhileTraining;

    private RunArchive(
            RunDirectory directory,
            ExperimentConfig config,
            Precision seenWhileTraining,
            Manifest manifest,
            Recording recording) {
        this.directory = directory;
        this.config = config;
        this.seenWhileTraining = seenWhileTraining;
        this.manifest = manifest;
        this.recording = recording;
    }

    /**
     * Opens a run.
     *
     * @throws IOException if the directory is not that of a run, or one of its files is damaged or a symbolic link
     */
    public static RunArchive open(RunDirectory directory) throws IOException {
        return open(directory, Integer.MAX_VALUE);
    }

    /**
     * Opens a run as if it had been recorded no further than some row.
     *
     * @param mostRows at least one
     * @throws IOException as {@link #open(RunDirectory)}
     */
    public static RunArchive open(RunDirectory directory, int mostRows) throws IOException {
        return open(directory, mostRows, List.of());
    }

    /** Reads what a run says of itself; may keep what it read as long as the file is the same. */
    public interface Documents {
        /** @throws IOException if the file cannot be read, or is not a configuration */
        ExperimentConfig configuration(Path file) throws IOException;

        /** @throws IOException if the file cannot be read, or is no manifest */
        Manifest manifest(Path file) throws IOException;
    }

    /**
     * Opens a run, which may be opened again and again while it grows, as if it had been recorded no further than some
     * row.
     *
     * @param mostRows at least one
     * @throws IOException as {@link #open(RunDirectory)}
     */
    public static RunArchive open(RunDirectory directory, int mostRows, Documents documents) throws IOException {
        directory.requireNoLinks();
        Manifest manifest = documents.manifest(directory.manifest());
        ExperimentConfig config = documents.configuration(directory.config());
        Recording recording = recording(directory, config, mostRows);
        return new RunArchive(directory, config, config.precision().seen(), manifest, recording);
    }

    /**
     * Opens a run whose W is seen in another format than its configuration says.
     *
     * @throws IOException as {@link #open(RunDirectory)}
     */
    public static RunArchive open(RunDirectory directory, PrecisionConfig.View view) throws IOException {
        return open(directory, Integer.MAX_VALUE, List.of("precision.view=" + view));
    }

    private static RunArchive open(RunDirectory directory, int mostRows, List<String> changes) throws IOException {
        directory.requireNoLinks();
        Manifest manifest = ManifestFile.read(directory.manifest());
        ExperimentConfig recorded = ConfigYaml.read(directory.config(), List.of());
        ExperimentConfig config = changes.isEmpty() ? recorded : ConfigYaml.read(directory.config(), changes);
        Recording recording = recording(directory, config, mostRows);
        return new RunArchive(directory, config, recorded.precision().seen(), manifest, recording);
    }

    private static Recording recording(RunDirectory directory, ExperimentConfig config, int mostRows)
            throws IOException {
        return Recording.open(directory, config.recording(), config.training().steps(), mostRows);
    }

    /** The run's directory. */
    public RunDirectory directory() {
        return directory;
    }

    /** The resolved configuration. */
    public ExperimentConfig config() {
        return config;
    }

    /** Provenance and state. */
    public Manifest manifest() {
        return manifest;
    }

    /** Ids of the tokens whose rows are recorded, ascending. */
    public int[] tokens() {
        return config.recording()
                .tokens()
                .ids(
                        config.model().vocabulary(),
                        manifest.corpus().live(),
                        manifest.corpus().dead());
    }

    /** How far the run has come; the manifest of a killed run does not know. */
    public RunStatus status() throws IOException {
        return RunStatus.of(directory, manifest, config.recording());
    }

    /** The recording itself. */
    public Recording recording() {
        return recording;
    }

    /** Its token ids: how often each occurs, and what it stands for. */
    public RunVocabulary vocabulary() throws IOException {
        return RunVocabulary.read(directory, config.corpus().isBytes());
    }

    /**
     * Everything needed for a report. If the recording does not hold W of every token, W is known before training and
     * at the last checkpoint alone.
     */
    public RunData data() throws IOException {
        Optional<String> sample = Files.exists(directory.sample())
                ? Optional.of(Files.readString(directory.sample(), StandardCharsets.UTF_8))
                : Optional.empty();
        Optional<Checkpoint> checkpoint = Checkpoint.exists(directory.checkpoint())
                ? Optional.of(Checkpoint.read(directory.checkpoint()))
                : Optional.empty();
        InitialState initial = draw();
        boolean whole = config.recording().tokens().isAll();
        boolean holdsW = config.recording().holdsEmbeddings();
        History w = holdsW ? embeddings() : Bf16View.of(ends(initial, checkpoint), config.precision());
        return new RunData(
                config,
                manifest,
                initial,
                w,
                whole ? history(Observables.GRADS) : Optional.empty(),
                whole ? history(Observables.MOMENTUM) : Optional.empty(),
                whole ? history(Observables.VARIANCE) : Optional.empty(),
                holdsW ? losses() : losses().map(losses -> atSteps(w, losses)),
                holdsW ? Optional.empty() : figures(),
                checkpoint.map(Checkpoint::firstLoss).orElse(Double.NaN),
                checkpoint.map(Checkpoint::lastLoss).orElse(Double.NaN),
                checkpoint.map(Checkpoint::windows).orElse(List.of()),
                facts(),
                sample,
                vocabulary(),
                embeddingsMissing().isPresent() ? Optional.empty() : Optional.of(recordedRows()));
    }

    /** The losses at the places of a history; NaN where none was recorded. */
    private float[] atSteps(History w, float[] losses) {
        int[] recorded = recording.steps();
        float[] known = new float[w.size()];
        for (int place = 0; place < known.length; place++) {
            int at = Arrays.binarySearch(recorded, w.step(place));
            known[place] = at < 0 ? Float.NaN : losses[at];
        }
        return known;
    }

    private RunData.Rows recordedRows() throws IOException {
        return new RunData.Rows(
                Tokens.of(tokens()), embeddings(), history(Observables.MOMENTUM), history(Observables.VARIANCE));
    }

    /** Why the recording does not give W, in words; empty if it does. */
    public Optional<String> embeddingsMissing() {
        if (recording.has(Observables.EMBEDDINGS)) {
            return Optional.empty();
        }
        if (!recording.has(Observables.DELTAS)) {
            return Optional.of("neither embeddings nor deltas were recorded, so W is unknown; run it again with "
                    + "--observe embeddings");
        }
        StepChoice steps = config.recording().steps();
        return steps.isGapless()
                ? Optional.empty()
                : Optional.of("only the deltas of " + steps.inWords()
                        + " were recorded, which do not add up to W; run it again with --observe "
                        + "embeddings, or record every step");
    }

    /**
     * W at every recorded step, as {@code precision.view} shows it; if only differences were recorded, rebuilt from
     * them on reading. Rows of tokens that were not recorded are zero.
     *
     * @throws IOException if it is {@linkplain #embeddingsMissing missing}
     */
    public History embeddings() throws IOException {
        Optional<String> missing = embeddingsMissing();
        if (missing.isPresent()) {
            throw new IOException(directory.root() + ": " + missing.get());
        }
        Optional<History> recorded = history(Observables.EMBEDDINGS);
        return Bf16View.of(recorded.isPresent() ? recorded.get() : rebuilt(), config.precision());
    }

    /**
     * A matrix or vector recorded at every step, or every few steps: [V, D] each, or [1, V] or [1, D] for a vector.
     * What an update computed is at the place of that update, whenever it was recorded. Empty if it was not recorded.
     *
     * @throws IllegalArgumentException for a scalar
     */
    public Optional<History> history(Observable observable) throws IOException {
        return recording.has(observable)
                ? Optional.of(ByUpdate.history(rows(observable), observable, config.recording()))
                : Optional.empty();
    }

    private History rows(Observable observable) throws IOException {
        List<Axis> axes = observable.axes();
        if (axes.isEmpty()) {
            throw new IllegalArgumentException(observable.name() + " is a number, not a matrix");
        }
        int v = config.model().vocabulary();
        int d = config.model().width();
        boolean perToken = axes.getFirst() == Axis.TOKENS;
        if (perToken && !config.recording().tokens().isAll()) {
            return spread(observable);
        }
        int columns = axes.getLast().length(v, d);
        int rows = Math.toIntExact(observable.valuesPerRow(v, d) / columns);
        if (recording.isStreamed()) {
            TensorView all = recording.all(observable);
            MemorySegment complete = all.data().asSlice(0, all.spec().rowBytes() * recording.rows());
            return History.of(complete, format(all.spec().dtype()), recording.steps(), rows, columns);
        }
        List<Matrix> matrices = new ArrayList<>();
        for (int i = 0; i < recording.rows(); i++) {
            TensorView row = recording.row(observable, i);
            matrices.add(Matrix.of(row.data(), format(row.spec().dtype()), rows, columns));
        }
        return History.of(recording.steps(), matrices::get);
    }

    /**
     * Figures that were recorded while training; empty if there are none, or if they are of W in another format than
     * figures are to see it in.
     */
    public Optional<RecordedFigures> figures() throws IOException {
        LiveDeadSplit split = new LiveDeadSplit(
                Tokens.of(manifest.corpus().live()), Tokens.of(manifest.corpus().dead()));
        return figuresAreOfAnotherView() ? Optional.empty() : RecordedFigures.of(recording, tokens(), split);
    }

    /** Whether recorded figures are of W in float32 while figures are to see it in bf16, or the other way round. */
    public boolean figuresAreOfAnotherView() {
        return seenWhileTraining != config.precision().seen();
    }

    private History ends(InitialState initial, Optional<Checkpoint> checkpoint) {
        Matrix first = matrix(initial.storedEmbeddings(), 0);
        return checkpoint
                .filter(last -> last.step() > 0)
                .map(last -> {
                    int at = Models.layout(config.model()).wte().at();
                    Matrix end = matrix(last.parameters(), at);
                    return History.of(new int[] {0, last.step()}, place -> place == 0 ? first : end);
                })
                .orElseGet(() -> History.of(first));
    }

    /** W as the run stores it. */
    private Matrix matrix(float[] values, int at) {
        int v = config.model().vocabulary();
        int d = config.model().width();
        if (!isBf16()) {
            return Matrix.ofFloats(Arrays.copyOfRange(values, at, at + v * d), v, d);
        }
        short[] bits = new short[v * d];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Bf16.fromFloat(values[at + i]);
        }
        return Matrix.ofBits(bits, v, d);
    }

    private boolean isBf16() {
        return config.precision().parameters() == Precision.BF16;
    }

    /** The rows of the recorded tokens at their places, among rows of zeros. */
    private History spread(Observable observable) throws IOException {
        int v = config.model().vocabulary();
        Tokens tokens = Tokens.of(tokens());
        List<TensorView> rows = new ArrayList<>();
        for (int i = 0; i < recording.rows(); i++) {
            rows.add(recording.row(observable, i));
        }
        boolean isMatrix = observable.axes().size() > 1;
        int columns = isMatrix
                ? Math.toIntExact(observable.valuesPerRow(1, config.model().width()))
                : 1;
        return History.of(recording.steps(), place -> {
            TensorView row = rows.get(place);
            Matrix known = Matrix.of(row.data(), format(row.spec().dtype()), tokens.size(), columns);
            Matrix all = Matrix.spread(known, tokens, v);
            return isMatrix ? all : all.asRow();
        });
    }

    private History rebuilt() throws IOException {
        float[] start = recording.has(Constants.INITIAL_EMBEDDINGS)
                ? recording.constant(Constants.INITIAL_EMBEDDINGS).toFloats()
                : draw().storedEmbeddings();
        int v = config.model().vocabulary();
        int d = config.model().width();
        if (config.recording().tokens().isAll()) {
            return History.of(recording.steps(), new RebuiltEmbeddings(recording, start, isBf16(), v, d));
        }
        int[] ids = tokens();
        float[] known = new float[ids.length * d];
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(start, ids[i] * d, known, i * d, d);
        }
        Tokens tokens = Tokens.of(ids);
        RebuiltEmbeddings rebuilt = new RebuiltEmbeddings(recording, known, isBf16(), ids.length, d);
        return History.of(recording.steps(), place -> Matrix.spread(rebuilt.apply(place), tokens, v));
    }

    private InitialState draw() {
        return config.draw(manifest.corpus().bytes());
    }

    private static FloatFormat format(DType dtype) {
        return dtype == DType.BF16 ? FloatFormat.BF16 : FloatFormat.F32;
    }

    /** Loss of each recorded update, as stored, by the place of the update; NaN at place 0. Empty if not recorded. */
    public Optional<float[]> losses() throws IOException {
        if (!recording.has(Observables.LOSSES)) {
            return Optional.empty();
        }
        float[] losses = new float[recording.rows()];
        for (int i = 0; i < losses.length; i++) {
            recording.row(Observables.LOSSES, i).toFloats(0, losses, i, 1);
        }
        return Optional.of(ByUpdate.losses(losses, config.recording()));
    }

    private RunData.RecordingFacts facts() throws IOException {
        List<RunData.TensorFact> tensors = recording.tensors().stream()
                .map(t -> new RunData.TensorFact(
                        t.name(), t.dtype().name(), t.shape().dimensions()))
                .toList();
        return new RunData.RecordingFacts(recording.files(), recording.bytes(), recording.rows(), tensors);
    }

    @Override
    public void close() {
        recording.close();
    }
}
