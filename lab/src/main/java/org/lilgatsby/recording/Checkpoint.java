package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lilgatsby.bf16.Format;
import org.lilgatsby.corpus.BatchPosition;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.safetensors.TensorView;
import org.lilgatsby.training.LossWindow;

/**
 * All that decides the rest of a run, in one safetensors file: {@code parameters}, {@code exp_avg} and {@code
 * exp_avg_sq} float32 [P], exact for bf16 too; {@code counters} int64 [step, epoch, index]; {@code loss_steps} int64 and
 * {@code loss_means} float64 of the complete logging intervals; {@code loss_open} float64 [sum of the interval under
 * way, loss of the first step, loss of the last step].
 *
 * @param step updates carried out
 * @param position where the next batch begins
 * @param parameters parameters after update {@code step}, [P]
 * @param expAvg first moment, [P]
 * @param expAvgSq second moment, [P]
 * @param windows complete logging intervals
 * @param openSum sum of the losses of the interval under way
 * @param firstLoss loss of step 1; NaN before it
 * @param lastLoss loss of step {@code step}
 */
public record Checkpoint(
        int step, BatchPosition position, float[] parameters, float[] expAvg, float[] expAvgSq,
        List<LossWindow> windows, double openSum, double firstLoss, double lastLoss) {
    private static final String FILE = "state.safetensors";

    /** Writes the checkpoint in place of an earlier one, so that one of the two is whole at any instant. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        long p = parameters.length;
        SafetensorsLayout layout = SafetensorsLayout.of(
                List.of(
                        TensorSpec.of("parameters", DType.F32, p),
                        TensorSpec.of("exp_avg", DType.F32, p),
                        TensorSpec.of("exp_avg_sq", DType.F32, p),
                        TensorSpec.of("counters", DType.I64, 3),
                        TensorSpec.of("loss_steps", DType.I64, windows.size()),
                        TensorSpec.of("loss_means", DType.F64, windows.size()),
                        TensorSpec.of("loss_open", DType.F64, 3)),
                Map.of());
        ByteBuffer steps = RecordingPlan.little(windows.size() * Long.BYTES);
        ByteBuffer means = RecordingPlan.little(windows.size() * Double.BYTES);
        for (LossWindow window : windows) {
            steps.putLong(window.step());
            means.putDouble(window.mean());
        }
        ByteBuffer counters = RecordingPlan.little(3 * Long.BYTES);
        counters.putLong(step).putLong(position.epoch()).putLong(position.index());
        ByteBuffer open = RecordingPlan.little(3 * Double.BYTES).putDouble(openSum).putDouble(firstLoss).putDouble(lastLoss);
        SafetensorsWriter.writeWhole(
                directory.resolve(FILE), layout,
                List.of(
                        floats(parameters), floats(expAvg), floats(expAvgSq), counters.flip(), steps.flip(),
                        means.flip(), open.flip()));
        try (FileChannel channel = FileChannel.open(directory.resolve(FILE), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static ByteBuffer floats(float[] values) {
        ByteBuffer bytes = RecordingPlan.little(Math.multiplyExact(values.length, Float.BYTES));
        RecordingPlan.encode(values, 0, values.length, Format.F32, bytes);
        return bytes.flip();
    }

    /** Whether the directory holds a checkpoint. */
    public static boolean exists(Path directory) {
        return Files.exists(directory.resolve(FILE));
    }

    /**
     * Reads the checkpoint.
     *
     * @throws IOException if it is not there or not a checkpoint
     */
    public static Checkpoint read(Path directory) throws IOException {
        Path path = directory.resolve(FILE);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            long[] counters = longs(path, file, "counters");
            long[] steps = longs(path, file, "loss_steps");
            double[] means = tensor(path, file, "loss_means", DType.F64).toDoubles();
            double[] open = tensor(path, file, "loss_open", DType.F64).toDoubles();
            if (counters.length != 3 || open.length != 3 || steps.length != means.length) {
                throw new IOException(path + ": its counters or losses have the wrong length");
            }
            List<LossWindow> windows = new ArrayList<>();
            for (int i = 0; i < steps.length; i++) {
                windows.add(new LossWindow(Math.toIntExact(steps[i]), means[i]));
            }
            return new Checkpoint(
                    Math.toIntExact(counters[0]), new BatchPosition(counters[1], Math.toIntExact(counters[2])),
                    tensor(path, file, "parameters", DType.F32).toFloats(), tensor(path, file, "exp_avg", DType.F32).toFloats(),
                    tensor(path, file, "exp_avg_sq", DType.F32).toFloats(), windows, open[0], open[1],
                    open[2]);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IOException(path + ": is not a checkpoint of this program: " + e.getMessage(), e);
        }
    }

    private static long[] longs(Path path, SafetensorsFile file, String name) throws IOException {
        return tensor(path, file, name, DType.I64).toLongs();
    }

    private static TensorView tensor(Path path, SafetensorsFile file, String name, DType dtype) throws IOException {
        if (!file.contains(name)) {
            throw new IOException(path + ": has no tensor " + name + ", so it is not a checkpoint of this program");
        }
        TensorView view = file.tensor(name);
        if (view.spec().dtype() != dtype) {
            throw new IOException(path + ": tensor " + name + " is " + view.spec().dtype() + " instead of " + dtype);
        }
        return view;
    }
}
