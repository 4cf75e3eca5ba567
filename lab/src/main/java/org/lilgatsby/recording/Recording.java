package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.safetensors.TensorView;

/**
 * A recording opened for reading, complete or not; only its complete rows are visible. Files are mapped, not read;
 * views are valid until {@link #close}.
 */
public final class Recording implements AutoCloseable {
    private final RecordingConfig config;
    private final int rows;
    private final List<SafetensorsFile> files;

    private Recording(RecordingConfig config, int rows, List<SafetensorsFile> files) {
        this.config = config;
        this.rows = rows;
        this.files = files;
    }

    /** Complete rows of a run's recording; 0 if there are none. */
    public static int completeRows(RunDirectory directory) throws IOException {
        return ProgressFile.read(directory.progress());
    }

    /** The first missing file among those that should hold the first {@code rows} rows. */
    public static Optional<Path> missing(RunDirectory directory, RecordingConfig config, int rows) {
        return files(directory, config, rows).filter(Files::notExists).findFirst();
    }

    private static Stream<Path> files(RunDirectory directory, RecordingConfig config, int rows) {
        return switch (config.layout()) {
            case STREAM -> Stream.of(directory.recording());
            case PER_STEP ->
                IntStream.range(0, rows)
                        .mapToObj(row -> directory.steps().resolve(RunDirectory.stepFile(config.step(row))));
        };
    }

    /**
     * Opens the recording of a run.
     *
     * @throws IOException if a file is missing or does not match the configuration
     */
    public static Recording open(RunDirectory directory, RecordingConfig config, int steps) throws IOException {
        return open(directory, config, steps, Integer.MAX_VALUE);
    }

    /**
     * Opens the first rows of the recording of a run.
     *
     * @param mostRows at least one
     * @throws IOException as {@link #open(RunDirectory, RecordingConfig, int)}
     */
    public static Recording open(RunDirectory directory, RecordingConfig config, int steps, int mostRows)
            throws IOException {
        int planned = config.rows(steps);
        int rows = Math.min(Math.min(completeRows(directory), planned), mostRows);
        if (rows == 0) {
            throw new IOException(directory.root() + ": holds no complete row of a recording");
        }
        List<SafetensorsFile> files = new ArrayList<>();
        try {
            for (Path file : files(directory, config, rows).toList()) {
                files.add(SafetensorsFile.open(file));
            }
            Recording recording = new Recording(config, rows, List.copyOf(files));
            recording.check(planned);
            return recording;
        } catch (IOException | RuntimeException e) {
            files.forEach(SafetensorsFile::close);
            throw e;
        }
    }

    private void check(int planned) throws IOException {
        for (SafetensorsFile file : files) {
            for (RecordedTensor tensor : config.tensors()) {
                if (!file.contains(tensor.name())) {
                    throw new IOException(file.path() + ": tensor " + tensor.name() + " is missing");
                }
                TensorSpec spec = file.tensor(tensor.name()).spec();
                if (streamed() && (spec.shape().rank() == 0 || spec.shape().dimension(0) != planned)) {
                    throw new IOException("%s: tensor %s has shape %s, but the run has %d rows"
                            .formatted(file.path(), tensor.name(), spec.shape(), planned));
                }
            }
        }
    }

    private boolean streamed() {
        return config.layout() == RecordingConfig.Layout.STREAM;
    }

    /** Number of complete rows; without an initial one if they were recorded before updates. */
    public int rows() {
        return rows;
    }

    /** Number of updates before the state of each complete row. */
    public int[] steps() {
        return IntStream.range(0, rows).map(config::step).toArray();
    }

    /** The update whose loss, gradient and the like each complete row holds; 0 for a row that holds none. */
    public int[] updates() {
        return IntStream.range(0, rows).map(config::update).toArray();
    }

    /** Number of files. */
    public int files() {
        return files.size();
    }

    /** Bytes of all files together. */
    public long bytes() throws IOException {
        long bytes = 0;
        for (SafetensorsFile file : files) {
            bytes += Files.size(file.path());
        }
        return bytes;
    }

    /** The tensors of the file, or of each file of a recording per step. */
    public List<TensorSpec> tensors() {
        return files.getFirst().tensors();
    }

    /** The tensors with a row for each recorded step. */
    List<RecordedTensor> recorded() {
        return config.tensors();
    }

    /** The constants; a recording per step holds them in each file. */
    List<Constant> constants() {
        return config.constants().stream().filter(this::has).toList();
    }

    /**
     * The free texts of the header, which describe the recording; for a recording per step, those of its first file.
     */
    public Map<String, String> metadata() {
        return files.getFirst().metadata();
    }

    /** Whether an observable was recorded. */
    public boolean has(Observable observable) {
        return config.tensors().stream().anyMatch(t -> t.observable() == observable);
    }

    /** Whether a constant was recorded; earlier versions did not always write recorded_steps. */
    public boolean has(Constant constant) {
        return config.constants().contains(constant) && files.getFirst().contains(constant.name());
    }

    /**
     * One row of an observable.
     *
     * @throws IllegalArgumentException if it was not recorded
     * @throws IndexOutOfBoundsException if the row is not complete
     */
    public TensorView row(Observable observable, int row) throws IOException {
        Objects.checkIndex(row, rows);
        String name = name(observable);
        return streamed()
                ? files.getFirst().tensor(name).row(row)
                : files.get(row).tensor(name);
    }

    /**
     * All rows of an observable of a streamed recording as one tensor; incomplete rows hold zeros.
     *
     * @throws IllegalArgumentException if it was not recorded, or the recording is one file per step
     */
    public TensorView all(Observable observable) throws IOException {
        if (!streamed()) {
            throw new IllegalArgumentException("a recording per step has no tensor of all steps");
        }
        return files.getFirst().tensor(name(observable));
    }

    /** Whether all rows lie in one tensor. */
    public boolean isStreamed() {
        return streamed();
    }

    /**
     * A constant; for a recording per step, that of its first file.
     *
     * @throws IllegalArgumentException if it was not recorded
     */
    public TensorView constant(Constant constant) throws IOException {
        if (!has(constant)) {
            throw new IllegalArgumentException(constant.name() + " was not recorded");
        }
        return files.getFirst().tensor(constant.name());
    }

    /**
     * The step of a row according to the recording itself: recorded_steps.
     *
     * @throws IllegalArgumentException if it was not recorded
     */
    public TensorView recordedStep(int row) throws IOException {
        Objects.checkIndex(row, rows);
        TensorView first = constant(Constants.RECORDED_STEPS);
        return streamed() ? first.row(row) : files.get(row).tensor(Constants.RECORDED_STEPS.name());
    }

    private String name(Observable observable) {
        return config.tensors().stream()
                .filter(t -> t.observable() == observable)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(observable.name() + " was not recorded"))
                .name();
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
