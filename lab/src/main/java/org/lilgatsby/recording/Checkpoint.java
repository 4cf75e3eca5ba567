package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.corpus.BatchPosition;
import org.lilgatsby.kernel.CacheLine;
import org.lilgatsby.random.GeneratorState;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.training.LossWindow;

/**
 * Everything that determines the rest of a run, in one safetensors file: {@code parameters}, {@code exp_avg} and
 * {@code exp_avg_sq} float32 [P], exact for bf16 too; {@code counters} int64 [step, epoch, index]; {@code loss_steps}
 * int64 and {@code loss_means} float64 of the complete logging intervals; {@code loss_open} float64 [sum over the
 * current interval, loss of the first step, loss of the last step]. The [P] arrays begin at
 * {@link CacheLine#ALIGNED_OFFSET} in memory and at 0 in the file. A run that draws while it trains adds
 * {@code generator} int64 [627]: the 624 words of the generator's state, its position, whether a normal is buffered (1
 * or 0) and that normal's bits as a double. A compensated update adds {@code compensation} float32 [P].
 *
 * @param step number of completed updates
 * @param position where the next batch begins
 * @param parameters parameters after update {@code step}, [P]
 * @param expAvg first moment, [P]
 * @param expAvgSq second moment, [P]
 * @param windows complete logging intervals
 * @param openSum sum of the losses of the current interval
 * @param firstLoss loss of step 1; NaN before it
 * @param lastLoss loss of step {@code step}
 * @param generator state of the run's generator; empty if nothing is drawn while training
 * @param compensation what rounding has taken from each parameter, [P]; empty unless the update is compensated
 */
public record Checkpoint(
        int step,
        BatchPosition position,
        float[] parameters,
        float[] expAvg,
        float[] expAvgSq,
        List<LossWindow> windows,
        double openSum,
        double firstLoss,
        double lastLoss,
        Optional<GeneratorState> generator,
        Optional<float[]> compensation) {
    private static final String FILE = "state.safetensors";
    private static final String CHECKSUM = "checksum";
    private static final String GENERATOR = "generator";
    private static final String COMPENSATION = "compensation";
    private static final int GENERATOR_SIZE = 627;

    /** Replaces the previous checkpoint. One of the two is whole at every instant, even if power is lost. */
    public void write(Path directory) throws IOException {
        writeTo(file(directory));
    }

    /** Writes it to a file; its directory is made if it is missing. */
    public void writeTo(Path file) throws IOException {
        Path directory = file.getParent();
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(directory);
        }
        ByteBuffer steps = RecordingPlan.little(windows.size() * Long.BYTES);
        ByteBuffer means = RecordingPlan.little(windows.size() * Double.BYTES);
        for (LossWindow window : windows) {
            steps.putLong(window.step());
            means.putDouble(window.mean());
        }
        ByteBuffer counters = RecordingPlan.little(3 * Long.BYTES);
        counters.putLong(step).putLong(position.epoch()).putLong(position.index());
        ByteBuffer open = RecordingPlan.little(3 * Double.BYTES)
                .putDouble(openSum)
                .putDouble(firstLoss)
                .putDouble(lastLoss);
        List<ByteBuffer> data = new ArrayList<>(List.of(
                floats(parameters),
                floats(expAvg),
                floats(expAvgSq),
                counters.flip(),
                steps.flip(),
                means.flip(),
                open.flip()));
        generator.ifPresent(state -> data.add(longs(state)));
        compensation.ifPresent(values -> data.add(floats(values)));
        data.add(RecordingPlan.little(Long.BYTES).putLong(Checksums.sum(data)).flip());
        SafetensorsWriter.writeDurably(
                file, layout(count(), windows.size(), generator.isPresent(), compensation.isPresent()), data);
    }

    private static SafetensorsLayout layout(long parameters, long windows, boolean generator, boolean compensation) {
        List<TensorSpec> tensors = new ArrayList<>(List.of(
                TensorSpec.of("parameters", DType.F32, parameters),
                TensorSpec.of("exp_avg", DType.F32, parameters),
                TensorSpec.of("exp_avg_sq", DType.F32, parameters),
                TensorSpec.of("counters", DType.I64, 3),
                TensorSpec.of("loss_steps", DType.I64, windows),
                TensorSpec.of("loss_means", DType.F64, windows),
                TensorSpec.of("loss_open", DType.F64, 3)));
        if (generator) {
            tensors.add(TensorSpec.of(GENERATOR, DType.I64, GENERATOR_SIZE));
        }
        if (compensation) {
            tensors.add(TensorSpec.of(COMPENSATION, DType.F32, parameters));
        }
        tensors.add(TensorSpec.of(CHECKSUM, DType.I64));
        return SafetensorsLayout.of(tensors, Map.of());
    }

    private static ByteBuffer longs(GeneratorState state) {
        ByteBuffer bytes = RecordingPlan.little(GENERATOR_SIZE * Long.BYTES);
        for (int word : state.words()) {
            bytes.putLong(Integer.toUnsignedLong(word));
        }
        bytes.putLong(state.position());
        bytes.putLong(state.cachedNormal().isPresent() ? 1 : 0);
        bytes.putLong(Double.doubleToRawLongBits(state.cachedNormal().orElse(0)));
        return bytes.flip();
    }

    private static GeneratorState generator(long[] stored) {
        int words = stored.length - 3;
        return new GeneratorState(
                Arrays.stream(stored, 0, words).mapToInt(word -> (int) word).toArray(),
                Math.toIntExact(stored[words]),
                stored[words + 1] == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Double.longBitsToDouble(stored[words + 2])));
    }

    /**
     * Bytes of a checkpoint's file.
     *
     * @param parameters number of parameters
     * @param windows number of complete logging intervals
     * @param generator whether the run draws while it trains
     * @param compensation whether the update is compensated
     */
    public static long bytes(long parameters, long windows, boolean generator, boolean compensation) {
        return layout(parameters, windows, generator, compensation).fileBytes();
    }

    private static ByteBuffer floats(float[] values) {
        int count = values.length - CacheLine.ALIGNED_OFFSET;
        ByteBuffer bytes = RecordingPlan.little(Math.multiplyExact(count, Float.BYTES));
        RecordingPlan.encode(values, CacheLine.ALIGNED_OFFSET, count, Precision.F32, bytes);
        return bytes.flip();
    }

    private static float[] values(SafetensorsFile file, String name) throws IOException {
        float[] stored = file.tensor(name).toFloats();
        float[] values = CacheLine.floats(stored.length);
        System.arraycopy(stored, 0, values, CacheLine.ALIGNED_OFFSET, stored.length);
        return values;
    }

    /** Number of parameters, P. */
    public int count() {
        return parameters.length - CacheLine.ALIGNED_OFFSET;
    }

    /** The file of the checkpoint in its directory. */
    static Path file(Path directory) {
        return directory.resolve(FILE);
    }

    /** Whether the directory holds a checkpoint. */
    public static boolean exists(Path directory) {
        return Files.exists(file(directory));
    }

    /**
     * Reads the checkpoint.
     *
     * @throws IOException if it is missing, damaged, or not a checkpoint
     */
    public static Checkpoint read(Path directory) throws IOException {
        return readFrom(file(directory));
    }

    /**
     * Reads the checkpoint in a file.
     *
     * @throws IOException if it is missing, damaged, or not a checkpoint
     */
    public static Checkpoint readFrom(Path path) throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            requireIntact(path, file);
            long[] counters = file.tensor("counters").toLongs();
            long[] steps = file.tensor("loss_steps").toLongs();
            double[] means = file.tensor("loss_means").toDoubles();
            double[] open = file.tensor("loss_open").toDoubles();
            List<LossWindow> windows = new ArrayList<>();
            for (int i = 0; i < steps.length; i++) {
                windows.add(new LossWindow(Math.toIntExact(steps[i]), means[i]));
            }
            return new Checkpoint(
                    Math.toIntExact(counters[0]),
                    new BatchPosition(counters[1], Math.toIntExact(counters[2])),
                    values(file, "parameters"),
                    values(file, "exp_avg"),
                    values(file, "exp_avg_sq"),
                    windows,
                    open[0],
                    open[1],
                    open[2],
                    file.contains(GENERATOR)
                            ? Optional.of(generator(file.tensor(GENERATOR).toLongs()))
                            : Optional.empty(),
                    file.contains(COMPENSATION) ? Optional.of(values(file, COMPENSATION)) : Optional.empty());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IOException(path + ": is not a checkpoint of this program: " + e.getMessage(), e);
        }
    }

    /**
     * The losses of a checkpoint.
     *
     * @param step number of completed updates
     * @param windows complete logging intervals
     * @param last loss of step {@code step}; NaN before step 1
     */
    public record Losses(int step, List<LossWindow> windows, double last) {}

    /**
     * Reads the losses alone, whatever the size of the model; the checksum is not checked.
     *
     * @throws IOException if the checkpoint is missing, or not a checkpoint
     */
    public static Losses losses(Path directory) throws IOException {
        Path path = file(directory);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            long[] steps = file.tensor("loss_steps").toLongs();
            double[] means = file.tensor("loss_means").toDoubles();
            List<LossWindow> windows = new ArrayList<>();
            for (int i = 0; i < Math.min(steps.length, means.length); i++) {
                windows.add(new LossWindow(Math.toIntExact(steps[i]), means[i]));
            }
            return new Losses(
                    Math.toIntExact(file.tensor("counters").toLongs()[0]),
                    windows,
                    file.tensor("loss_open").toDoubles()[2]);
        } catch (ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(path + ": is not a checkpoint of this program: " + e.getMessage(), e);
        }
    }

    private static void requireIntact(Path path, SafetensorsFile file) throws IOException {
        long parameters = elements(file, "parameters");
        long windows = elements(file, "loss_steps");
        List<TensorSpec> expected = layout(parameters, windows, file.contains(GENERATOR), file.contains(COMPENSATION))
                .tensors();
        if (!Set.copyOf(file.tensors()).equals(Set.copyOf(expected))) {
            throw new IOException(path + ": is not a checkpoint of this program: its tensors are " + file.tensors());
        }
        List<ByteBuffer> summed = new ArrayList<>();
        for (TensorSpec spec : expected.subList(0, expected.size() - 1)) {
            summed.add(file.tensor(spec.name()).data().asByteBuffer());
        }
        if (Checksums.sum(summed) != file.tensor(CHECKSUM).toLongs()[0]) {
            throw new IOException(path + ": is damaged: its checksum differs");
        }
    }

    private static long elements(SafetensorsFile file, String name) throws IOException {
        return file.contains(name) ? file.tensor(name).spec().shape().elements() : 0;
    }
}
