package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;

/** The tensor of a constant: its shape is known at once, its bytes are made when they are written. */
public final class ConstantValues {
    private static final int BYTES_OF_A_PIECE = 256 * 1024;

    private final DType dtype;
    private final long[] shape;
    private final Supplier<ByteBuffer> piece; // repeated until the tensor is full

    private ConstantValues(DType dtype, Supplier<ByteBuffer> piece, long... shape) {
        this.dtype = dtype;
        this.shape = shape;
        this.piece = piece;
    }

    /** A number in float32. */
    public static ConstantValues number(double value) {
        return new ConstantValues(
                DType.F32, () -> RecordingPlan.little(Float.BYTES).putFloat((float) value));
    }

    /** Token ids, int64 [n]. */
    public static ConstantValues ids(int[] ids) {
        return new ConstantValues(
                DType.I64,
                () -> {
                    ByteBuffer bytes = RecordingPlan.little(Math.multiplyExact(ids.length, Long.BYTES));
                    for (int id : ids) {
                        bytes.putLong(id);
                    }
                    return bytes;
                },
                ids.length);
    }

    /**
     * Values stored in a format, rounded if it cannot represent them.
     *
     * @param values row-major, as many as the shape holds
     */
    public static ConstantValues of(Supplier<float[]> values, Precision format, long... shape) {
        return new ConstantValues(
                RecordingPlan.dtype(format),
                () -> {
                    float[] all = values.get();
                    ByteBuffer bytes = RecordingPlan.little(Math.multiplyExact(all.length, format.bytes()));
                    RecordingPlan.encode(all, 0, all.length, format, bytes);
                    return bytes;
                },
                shape);
    }

    /** Steps of rows not yet written: int64 [n], all -1. */
    public static ConstantValues stepsNotWritten(long n) {
        return new ConstantValues(
                DType.I64,
                () -> {
                    ByteBuffer ones = ByteBuffer.allocateDirect((int) Math.min(n * Long.BYTES, BYTES_OF_A_PIECE));
                    while (ones.hasRemaining()) {
                        ones.put((byte) -1);
                    }
                    return ones;
                },
                n);
    }

    /** All bytes of a tensor that is made in one piece. */
    ByteBuffer bytes() {
        return piece.get().flip();
    }

    TensorSpec spec(String name) {
        return TensorSpec.of(name, dtype, shape);
    }

    /** Fills a tensor of the file. */
    void write(SafetensorsWriter writer, int tensor) throws IOException {
        long bytes = writer.layout().tensors().get(tensor).bytes();
        ByteBuffer next = piece.get();
        for (long at = 0; at < bytes; at += next.capacity()) {
            writer.write(tensor, at, next.clear().limit((int) Math.min(next.capacity(), bytes - at)));
        }
    }
}
