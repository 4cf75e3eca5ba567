package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.safetensors.TensorView;

/**
 * CRC32C sums that locate damage in a sealed run. Each recorded tensor has a sum per step, over all tokens, and a sum
 * per token, over all steps: the damage lies where a wrong row and a wrong column cross. This costs 4 (steps + tokens)
 * bytes per tensor. Every other matrix has a sum per row; all other tensors have one sum.
 *
 * @param sums by name: {@code recording.TENSOR.steps}, {@code recording.TENSOR.tokens}, {@code recording.CONSTANT},
 *     {@code model.TENSOR}, {@code checkpoint.TENSOR}
 */
public record Checksums(SortedMap<String, int[]> sums) {
    private static final String RECORDING = "recording.";
    private static final String MODEL = "model.";
    private static final String CHECKPOINT = "checkpoint.";
    private static final String STEPS = ".steps";
    private static final String TOKENS = ".tokens";

    /** Maximum number of damaged places to name; the rest are only counted. */
    private static final int NAMED = 5;

    /** Computes the sums of the files now in a run's directory, several tensors in parallel on all cores. */
    public static Checksums of(RunDirectory directory, Recording recording) throws IOException {
        List<Work> work = new ArrayList<>();
        for (RecordedTensor tensor : recording.recorded()) {
            work.add(sums -> addRows(sums, recording, tensor));
        }
        for (Constant constant : recording.constants()) {
            if (recording.isStreamed() || constant != Constants.RECORDED_STEPS) {
                work.add(sums -> sums.put(RECORDING + constant.name(), perRow(recording.constant(constant))));
            } else {
                work.add(sums -> addRecordedSteps(sums, recording));
            }
        }
        work.add(sums -> addFile(sums, MODEL, directory.modelWeights()));
        work.add(sums -> addFile(sums, CHECKPOINT, Checkpoint.file(directory.checkpoint())));
        SortedMap<String, int[]> sums = new ConcurrentSkipListMap<>();
        List<IOException> failures = work.parallelStream()
                .flatMap(each -> each.failure(sums).stream())
                .toList();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return new Checksums(sums);
    }

    /** The sums of one tensor or file. */
    @FunctionalInterface
    private interface Work {
        void add(Map<String, int[]> sums) throws IOException;

        default Optional<IOException> failure(Map<String, int[]> sums) {
            try {
                add(sums);
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of(e);
            }
        }
    }

    private static void addRows(Map<String, int[]> sums, Recording recording, RecordedTensor tensor)
            throws IOException {
        int[] steps = new int[recording.rows()];
        TensorSpec spec = recording.row(tensor.observable(), 0).spec();
        byte[] row = new byte[Math.toIntExact(spec.bytes())];
        boolean perToken = Extent.isPerToken(tensor.observable()) && hasRows(spec, 1);
        CRC32C[] tokens = new CRC32C[perToken ? Math.toIntExact(spec.shape().dimension(0)) : 0];
        Arrays.setAll(tokens, _ -> new CRC32C());
        CRC32C step = new CRC32C();
        for (int i = 0; i < steps.length; i++) {
            ByteBuffer bytes = recording.row(tensor.observable(), i).data().asByteBuffer();
            bytes.get(row);
            step.reset();
            step.update(row);
            steps[i] = (int) step.getValue();
            for (int t = 0; t < tokens.length; t++) {
                tokens[t].update(row, t * (row.length / tokens.length), row.length / tokens.length);
            }
        }
        sums.put(RECORDING + tensor.name() + STEPS, steps);
        if (tokens.length > 0) {
            sums.put(
                    RECORDING + tensor.name() + TOKENS,
                    Arrays.stream(tokens).mapToInt(sum -> (int) sum.getValue()).toArray());
        }
    }

    /** Each file of a recording per step holds its own. */
    private static void addRecordedSteps(Map<String, int[]> sums, Recording recording) throws IOException {
        int[] steps = new int[recording.rows()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = sum(recording.recordedStep(i));
        }
        sums.put(RECORDING + Constants.RECORDED_STEPS.name() + STEPS, steps);
    }

    private static void addFile(Map<String, int[]> sums, String prefix, Path path) throws IOException {
        if (Files.exists(path)) {
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                for (TensorSpec spec : file.tensors()) {
                    sums.put(prefix + spec.name(), perRow(file.tensor(spec.name())));
                }
            }
        }
    }

    private static int[] perRow(TensorView tensor) {
        if (!hasRows(tensor.spec(), 2)) {
            return new int[] {sum(tensor)};
        }
        int rows = Math.toIntExact(tensor.spec().shape().dimension(0));
        return IntStream.range(0, rows).map(row -> sum(tensor.row(row))).toArray();
    }

    /** Whether there are rows of bytes; a foreign file may declare billions of empty rows. */
    private static boolean hasRows(TensorSpec spec, int leastRank) {
        return spec.shape().rank() >= leastRank && spec.rowBytes() > 0;
    }

    private static int sum(TensorView tensor) {
        return (int) sum(List.of(tensor.data().asByteBuffer()));
    }

    /** The CRC32C of consecutive buffers; their positions do not change. */
    static long sum(List<ByteBuffer> buffers) {
        CRC32C sum = new CRC32C();
        buffers.forEach(buffer -> sum.update(buffer.duplicate()));
        return sum.getValue();
    }

    /** Size in bytes of the file of a recording's sums, without the sums of the other files. */
    static long bytes(RecordingPlan plan) {
        long rows = plan.source().rows();
        long tokens = plan.extent().tokens().length;
        long steps =
                plan.source().recording().layout() == RecordingConfig.Layout.STREAM ? 1 : rows; // of recorded_steps
        return (plan.source().recording().tensors().size() * (rows + tokens) + steps) * Integer.BYTES;
    }

    /** Replaces the file of sums (U32); it is on the disk when this returns. */
    public void write(Path file) throws IOException {
        List<TensorSpec> specs = new ArrayList<>();
        List<ByteBuffer> data = new ArrayList<>();
        sums.forEach((name, values) -> {
            specs.add(TensorSpec.of(name, DType.U32, values.length));
            ByteBuffer bytes = RecordingPlan.little(Math.multiplyExact(values.length, Integer.BYTES));
            bytes.asIntBuffer().put(values);
            data.add(bytes);
        });
        SafetensorsWriter.writeDurably(file, SafetensorsLayout.of(specs, Map.of()), data);
    }

    /**
     * Reads sums.
     *
     * @throws IOException if the file is missing or holds no sums
     */
    public static Checksums read(Path path) throws IOException {
        SortedMap<String, int[]> sums = new TreeMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (TensorSpec spec : file.tensors()) {
                int[] values = new int[Math.toIntExact(spec.shape().elements())];
                file.tensor(spec.name()).copyTo(0, values, 0, values.length);
                sums.put(spec.name(), values);
            }
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IOException(path + ": is not a file of checksums: " + e.getMessage(), e);
        }
        return new Checksums(sums);
    }

    /**
     * The places where current sums differ from these sealed ones, in words such as {@code embeddings at step 120,
     * token 65}.
     *
     * @param steps of the rows, in their order
     * @param ids of the recorded tokens, in their order
     */
    public List<String> damage(Checksums now, IntUnaryOperator steps, int[] ids) {
        List<String> places = new ArrayList<>();
        for (String name : sums.keySet()) {
            int[] wrong = differing(sums.get(name), now.sums.getOrDefault(name, new int[0]));
            if (wrong.length == 0 || name.endsWith(TOKENS)) {
                continue;
            }
            if (name.startsWith(RECORDING) && name.endsWith(STEPS)) {
                String tensor = name.substring(0, name.length() - STEPS.length());
                int[] tokens = differing(
                        sums.getOrDefault(tensor + TOKENS, new int[0]),
                        now.sums.getOrDefault(tensor + TOKENS, new int[0]));
                places.add(tensor.substring(RECORDING.length()) + " at "
                        + listed("step", Arrays.stream(wrong).map(steps).toArray())
                        + (tokens.length == 0
                                ? ""
                                : ", "
                                        + listed(
                                                "token",
                                                Arrays.stream(tokens)
                                                        .filter(i -> i < ids.length)
                                                        .map(i -> ids[i])
                                                        .toArray())));
            } else {
                String tensor = name.substring(name.indexOf('.') + 1);
                String where = name.startsWith(RECORDING) ? "" : " of " + name.substring(0, name.indexOf('.'));
                places.add(tensor + where + (sums.get(name).length == 1 ? "" : ", " + listed("row", wrong)));
            }
        }
        return places;
    }

    private static int[] differing(int[] sealed, int[] now) {
        return IntStream.range(0, sealed.length)
                .filter(i -> i >= now.length || sealed[i] != now[i])
                .toArray();
    }

    private static String listed(String what, int[] places) {
        String named =
                Arrays.stream(places).limit(NAMED).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return what
                + (places.length == 1 ? " " : "s ")
                + named
                + (places.length > NAMED ? " and %d more".formatted(places.length - NAMED) : "");
    }
}
