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
 * The layout of a recording's files before they are written: tensors, shapes and sizes in bytes. A streamed recording
 * is one file of tensors [rows, ...]; a recording per step has one file of tensors [...] per row.
 */
public final class RecordingPlan {
    private final RecordingSource source;
    private final Extent extent;
    /** Made when it is first asked for: thousands of starts in memory need none. */
    private volatile SafetensorsLayout layout;

    /** Describes the recording. */
    public RecordingPlan(RecordingSource source) {
        this.source = source;
        this.extent = Extent.of(source);
    }

    private SafetensorsLayout laidOut() {
        boolean stream = source.recording().layout() == RecordingConfig.Layout.STREAM;
        List<TensorSpec> specs = new ArrayList<>();
        for (RecordedTensor tensor : source.recording().tensors()) {
            specs.add(TensorSpec.of(tensor.name(), dtype(tensor.format()), shape(tensor.observable(), stream)));
        }
        for (Constant constant : source.recording().constants()) {
            specs.add(constant.values(source).spec(constant.name()));
        }
        SortedMap<String, String> metadata = new TreeMap<>(source.description());
        metadata.put("format", "pt"); // required by Hugging Face's loaders
        return stream ? SafetensorsLayout.inBlocks(specs, metadata) : SafetensorsLayout.of(specs, metadata);
    }

    static DType dtype(Precision format) {
        return format == Precision.BF16 ? DType.BF16 : DType.F32;
    }

    private long[] shape(Observable observable, boolean stream) {
        LongStream row = LongStream.of(extent.shape(observable));
        return (stream ? LongStream.concat(LongStream.of(source.rows()), row) : row).toArray();
    }

    /** The description from which the plan was made. */
    public RecordingSource source() {
        return source;
    }

    /** How large its rows are. */
    public Extent extent() {
        return extent;
    }

    /** The layout of the file, or of each file of a recording per step. */
    public SafetensorsLayout layout() {
        if (layout == null) {
            layout = laidOut();
        }
        return layout;
    }

    /** Number of files. */
    public int files() {
        return source.recording().layout() == RecordingConfig.Layout.STREAM ? 1 : source.rows();
    }

    /** Bytes of all files together. */
    public long bytes() {
        return Math.multiplyExact(layout().fileBytes(), (long) files());
    }

    /** Bytes needed for the sums of the rows once the run is sealed, without the header. */
    public long checksumBytes() {
        return Checksums.bytes(this);
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Appends n values in the format, as 16 or 32 bits each. */
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
