package org.lilgatsby.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;

/** Puts the bytes of rows after each other, tensor by tensor; one direct buffer a tensor, reused. */
final class RowEncoder {
    private final List<TensorBuffer> buffers;

    /** A buffer's bytes, and the same memory as what they are made of. */
    private record TensorBuffer(ByteBuffer bytes, ShortBuffer shorts, FloatBuffer floats) {
        static TensorBuffer of(int size) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
            return new TensorBuffer(bytes, bytes.asShortBuffer(), bytes.asFloatBuffer());
        }
    }

    /** @param rows that are encoded at once, at most */
    RowEncoder(RecordingSource source, int rows) {
        buffers = source.recording().tensors().stream()
                .map(tensor -> tensor.bytesPerRow(source.model().vocabulary(), source.model().width()))
                .map(bytes -> TensorBuffer.of(Math.toIntExact(Math.multiplyExact(bytes, (long) rows))))
                .toList();
    }

    /** The bytes of tensor i of the recording in some rows, valid until the next call for the same tensor. */
    ByteBuffer encode(int i, Row[] rows, int from, int count) {
        TensorBuffer buffer = buffers.get(i);
        buffer.shorts().clear();
        buffer.floats().clear();
        int end = 0;
        for (int r = from; r < from + count; r++) {
            end = switch (rows[r].values(i)) {
                case StoredValues.InBf16(short[] values) -> Short.BYTES * buffer.shorts().put(values).position();
                case StoredValues.InF32(float[] values) -> Float.BYTES * buffer.floats().put(values).position();
            };
        }
        return buffer.bytes().clear().limit(end);
    }
}
