package org.lilgatsby.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.TensorSpec;

/**
 * The files of a recording before they are written: which tensors, of which shape, and how many bytes. A streamed
 * recording is one file of tensors [rows, ...]; a recording per step is a file [...] a row.
 */
public final class RecordingPlan {
    private final RecordingSource source;
    private final SafetensorsLayout layout;

    /** Lays the recording out. */
    public RecordingPlan(RecordingSource source) {
        this.source = source;
        boolean stream = source.recording().layout() == RecordingConfig.Layout.STREAM;
        List<TensorSpec> specs = new ArrayList<>();
        for (RecordedTensor tensor : source.recording().tensors()) {
            specs.add(TensorSpec.of(tensor.name(), dtype(tensor.format()), shape(tensor.observable(), stream)));
        }
        for (Constant constant : source.recording().constants()) {
            specs.add(spec(constant, stream));
        }
        SortedMap<String, String> metadata = new TreeMap<>(source.description());
        metadata.put("format", "pt"); // what Hugging Face's loaders ask for
        this.layout = stream ? SafetensorsLayout.inBlocks(specs, metadata) : SafetensorsLayout.of(specs, metadata);
    }

    private static DType dtype(Precision format) {
        return format == Precision.BF16 ? DType.BF16 : DType.F32;
    }

    private long[] shape(Observable observable, boolean stream) {
        LongStream row = observable.axes().stream()
                .mapToLong(axis ->
                        axis.length(source.model().vocabulary(), source.model().width()));
        return (stream ? LongStream.concat(LongStream.of(source.rows()), row) : row).toArray();
    }

    private TensorSpec spec(Constant constant, boolean stream) {
        String name = constant.toString();
        return switch (constant) {
            case RECORDED_STEPS -> TensorSpec.of(name, DType.I64, stream ? source.rows() : 1);
            case DEAD_TOKEN_IDS -> TensorSpec.of(name, DType.I64, source.dead().length);
            case LIVE_TOKEN_IDS -> TensorSpec.of(name, DType.I64, source.live().length);
            case BH_CENTER -> TensorSpec.of(name, DType.BF16, source.model().width());
            case INITIAL_EMBEDDINGS ->
                TensorSpec.of(
                        name,
                        dtype(source.parameters()),
                        source.model().vocabulary(),
                        source.model().width());
            case INIT_SIGMA, INIT_SCALE, SIGMA, LEARNING_RATE, WEIGHT_DECAY, ADAM_BETA1, ADAM_BETA2 ->
                TensorSpec.of(name, DType.F32);
        };
    }

    /** What the plan was made from. */
    public RecordingSource source() {
        return source;
    }

    /** The layout of the file, or of each file of a recording per step. */
    public SafetensorsLayout layout() {
        return layout;
    }

    /** Number of files. */
    public int files() {
        return source.recording().layout() == RecordingConfig.Layout.STREAM ? 1 : source.rows();
    }

    /** Bytes of all files together. */
    public long bytes() {
        return Math.multiplyExact(layout.fileBytes(), (long) files());
    }

    /** Bytes that the sums of the rows take once the run is sealed, a header left out. */
    public long checksumBytes() {
        return Checksums.bytes(this);
    }

    /** The bytes of a constant that is known from the start; {@link Constant#RECORDED_STEPS} grows with the rows. */
    ByteBuffer bytes(Constant constant) {
        return switch (constant) {
            case RECORDED_STEPS -> throw new IllegalArgumentException("recorded_steps is written row by row");
            case DEAD_TOKEN_IDS -> longs(source.dead());
            case LIVE_TOKEN_IDS -> longs(source.live());
            case BH_CENTER ->
                values(source.initial().common(), 0, source.initial().common().length, Precision.BF16);
            case INITIAL_EMBEDDINGS ->
                values(
                        source.initial().storedEmbeddings(),
                        0,
                        source.model().vocabulary() * source.model().width(),
                        source.parameters());
            case INIT_SIGMA, SIGMA -> scalar(source.initialization().sigma());
            case INIT_SCALE -> scalar(source.initialization().scale());
            case LEARNING_RATE -> scalar(source.training().learningRate());
            case WEIGHT_DECAY -> scalar(source.training().weightDecay());
            case ADAM_BETA1 -> scalar(source.training().beta1());
            case ADAM_BETA2 -> scalar(source.training().beta2());
        };
    }

    private static ByteBuffer scalar(double value) {
        return little(Float.BYTES).putFloat((float) value).flip();
    }

    private static ByteBuffer longs(int[] values) {
        ByteBuffer bytes = little(values.length * Long.BYTES);
        for (int value : values) {
            bytes.putLong(value);
        }
        return bytes.flip();
    }

    private static ByteBuffer values(float[] values, int at, int n, Precision format) {
        ByteBuffer bytes = little(n * format.bytes());
        encode(values, at, n, format, bytes);
        return bytes.flip();
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Appends n values in the format: the 16 bits of each, or the 32. */
    static void encode(float[] values, int at, int n, Precision format, ByteBuffer bytes) {
        if (format == Precision.F32) {
            for (int i = at; i < at + n; i++) {
                bytes.putFloat(values[i]);
            }
        } else {
            for (int i = at; i < at + n; i++) {
                bytes.putShort(Bf16.fromFloat(values[i]));
            }
        }
    }
}
