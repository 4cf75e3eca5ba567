package org.lilgatsby.experiment;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.Format;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.TensorView;

/**
 * A run's directory opened for reading, finished or not. What was recorded is seen as histories over its
 * mapped files; they are valid until {@link #close}.
 */
public final class RunArchive implements AutoCloseable {
    private final RunDirectory directory;
    private final ExperimentConfig config;
    private final Manifest manifest;
    private final Recording recording;

    private RunArchive(RunDirectory directory, ExperimentConfig config, Manifest manifest, Recording recording) {
        this.directory = directory;
        this.config = config;
        this.manifest = manifest;
        this.recording = recording;
    }

    /**
     * Opens a run.
     *
     * @throws IOException if the directory is not that of a run, or a file of it is damaged or a symbolic link
     */
    public static RunArchive open(RunDirectory directory) throws IOException {
        directory.requireNoLinks();
        Manifest manifest = ManifestFile.read(directory.manifest());
        ExperimentConfig config = ConfigYaml.read(directory.config(), List.of());
        Recording recording = Recording.open(directory, config.recording(), config.training().steps());
        return new RunArchive(directory, config, manifest, recording);
    }

    /** The resolved configuration. */
    public ExperimentConfig config() {
        return config;
    }

    /** Provenance and state. */
    public Manifest manifest() {
        return manifest;
    }

    /** The recording itself. */
    public Recording recording() {
        return recording;
    }

    /** Everything a report is made from. */
    public RunData data() throws IOException {
        Optional<String> sample = Files.exists(directory.sample())
                ? Optional.of(Files.readString(directory.sample(), StandardCharsets.UTF_8))
                : Optional.empty();
        InitialState initial = Initialization.draw(
                config.model(), config.initialization(), config.precision().parameters(), config.seed());
        Optional<Checkpoint> checkpoint = Checkpoint.exists(directory.checkpoint())
                ? Optional.of(Checkpoint.read(directory.checkpoint()))
                : Optional.empty();
        return new RunData(
                config, manifest, initial, embeddings(initial), history(Observable.GRADS), history(Observable.MOMENTUM),
                history(Observable.VARIANCE), losses(),
                checkpoint.map(Checkpoint::firstLoss).orElse(Double.NaN),
                checkpoint.map(Checkpoint::lastLoss).orElse(Double.NaN),
                checkpoint.map(Checkpoint::windows).orElse(List.of()), facts(), sample);
    }

    private History embeddings(InitialState initial) throws IOException {
        Optional<History> recorded = history(Observable.EMBEDDINGS);
        if (recorded.isPresent()) {
            return recorded.get();
        }
        if (recording.has(Observable.DELTAS)) {
            return rebuilt(initial);
        }
        throw new IOException(directory.root() + ": neither embeddings nor deltas were recorded, so W is not known");
    }

    private Optional<History> history(Observable observable) throws IOException {
        if (!recording.has(observable)) {
            return Optional.empty();
        }
        int v = config.model().vocabulary();
        int d = config.model().width();
        if (recording.isStreamed()) {
            TensorView all = recording.all(observable);
            MemorySegment complete = all.data().asSlice(0, all.spec().rowBytes() * recording.rows());
            return Optional.of(History.of(complete, format(all.spec().dtype()), recording.steps(), v, d));
        }
        List<Matrix> rows = new ArrayList<>();
        for (int i = 0; i < recording.rows(); i++) {
            TensorView row = recording.row(observable, i);
            rows.add(Matrix.of(row.data(), format(row.spec().dtype()), v, d));
        }
        return Optional.of(History.of(recording.steps(), rows::get));
    }

    /**
     * W from its differences: W[t] = stored(W[t-1] + delta[t]). Storing undoes the rounding of a difference
     * that float32 cannot hold, so that the sum is exact at every step.
     */
    private History rebuilt(InitialState initial) throws IOException {
        int v = config.model().vocabulary();
        int d = config.model().width();
        if (config.recording().every() != 1) {
            throw new IOException(directory.root() + ": differences of one step in " + config.recording().every()
                    + " do not add up to W; record embeddings too, or every step");
        }
        boolean bf16 = config.precision().parameters() == org.lilgatsby.bf16.Format.BF16;
        float[] w = new float[v * d];
        if (recording.has(Constant.INITIAL_EMBEDDINGS)) {
            recording.constant(Constant.INITIAL_EMBEDDINGS).toFloats(0, w, 0, w.length);
        } else {
            System.arraycopy(initial.parameters(), 0, w, 0, w.length);
        }
        float[] delta = new float[w.length];
        List<Matrix> rows = new ArrayList<>();
        for (int t = 0; t < recording.rows(); t++) {
            recording.row(Observable.DELTAS, t).toFloats(0, delta, 0, delta.length);
            for (int i = 0; i < w.length; i++) {
                float sum = w[i] + delta[i];
                w[i] = bf16 ? Bf16.round(sum) : sum;
            }
            rows.add(bf16 ? Matrix.ofBits(bits(w), v, d) : Matrix.ofFloats(w, v, d));
        }
        return History.of(recording.steps(), rows::get);
    }

    private static short[] bits(float[] values) {
        short[] bits = new short[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Bf16.fromFloat(values[i]);
        }
        return bits;
    }

    private static Format format(DType dtype) {
        return dtype == DType.BF16 ? Format.BF16 : Format.F32;
    }

    private Optional<float[]> losses() throws IOException {
        if (!recording.has(Observable.LOSSES)) {
            return Optional.empty();
        }
        float[] losses = new float[recording.rows()];
        for (int i = 0; i < losses.length; i++) {
            recording.row(Observable.LOSSES, i).toFloats(0, losses, i, 1);
        }
        return Optional.of(losses);
    }

    private RunData.RecordingFacts facts() throws IOException {
        List<RunData.TensorFact> tensors = recording.tensors().stream()
                .map(t -> new RunData.TensorFact(t.name(), t.dtype().name(), t.shape().dimensions()))
                .toList();
        return new RunData.RecordingFacts(recording.files(), recording.bytes(), recording.rows(), tensors);
    }

    @Override
    public void close() {
        recording.close();
    }
}
