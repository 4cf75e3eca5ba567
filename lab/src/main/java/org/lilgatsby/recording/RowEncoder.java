package org.lilgatsby.recording;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Puts the bytes of rows after each other, tensor by tensor; one direct buffer a tensor, reused. */
final class RowEncoder {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final List<TensorBuffer> buffers;

    /** A buffer that begins with a block, and the same memory as a segment. */
    private record TensorBuffer(ByteBuffer bytes, MemorySegment segment) {
        static TensorBuffer of(long size, int block) {
            long blocks = Math.ceilDiv(size, block) + 2; // one for the phase, one for what lies before the first whole block
            ByteBuffer room = ByteBuffer.allocateDirect(Math.toIntExact(Math.multiplyExact(blocks, (long) block)));
            ByteBuffer bytes = room.alignedSlice(block);
            return new TensorBuffer(bytes, MemorySegment.ofBuffer(bytes));
        }
    }

    /**
     * Buffers for all tensors.
     *
     * @param rows that are encoded at once, at most
     * @param block a power of two: where in a block of memory bytes begin can be chosen
     */
    RowEncoder(RecordingSource source, int rows, int block) {
        buffers = source.recording().tensors().stream()
                .map(tensor -> tensor.bytesPerRow(source.model().vocabulary(), source.model().width()))
                .map(bytes -> TensorBuffer.of(Math.multiplyExact(bytes, (long) rows), block))
                .toList();
    }

    /**
     * The bytes of tensor i of the recording in some rows, valid until the next call for the same tensor.
     *
     * @param phase where in a block of memory they begin
     */
    ByteBuffer encode(int i, Row[] rows, int from, int count, int phase) {
        TensorBuffer buffer = buffers.get(i);
        int end = phase;
        for (int r = from; r < from + count; r++) {
            switch (rows[r].values(i)) {
                case StoredValues.InBf16(short[] values) -> {
                    MemorySegment.copy(values, 0, buffer.segment(), SHORT, end, values.length);
                    end += Short.BYTES * values.length;
                }
                case StoredValues.InF32(float[] values) -> {
                    MemorySegment.copy(values, 0, buffer.segment(), FLOAT, end, values.length);
                    end += Float.BYTES * values.length;
                }
            }
        }
        return buffer.bytes().limit(end).position(phase);
    }
}
