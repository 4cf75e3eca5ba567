package org.lilgatsby.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns rows into the bytes of their tensors; one direct buffer a tensor, reused. */
final class RowEncoder {
    private final RecordingConfig config;
    private final ByteBuffer[] buffers;
    private final float[] deltas;

    RowEncoder(RecordingSource source) {
        this.config = source.recording();
        this.buffers = new ByteBuffer[config.tensors().size()];
        float[] difference = null;
        for (int i = 0; i < buffers.length; i++) {
            RecordedTensor tensor = config.tensors().get(i);
            long n = tensor.observable().valuesPerRow(source.model().vocabulary(), source.model().width());
            int bytes = Math.toIntExact(n * tensor.format().bytes());
            buffers[i] = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (tensor.observable() == Observable.DELTAS) {
                difference = new float[Math.toIntExact(n)];
            }
        }
        this.deltas = difference;
    }

    /** The bytes of tensor i of the recording, valid until the next call for the same tensor. */
    ByteBuffer encode(int i, Row row) {
        RecordedTensor tensor = config.tensors().get(i);
        float[] values = row.values(tensor.observable());
        if (tensor.observable() == Observable.DELTAS) {
            for (int k = 0; k < deltas.length; k++) {
                deltas[k] = values[k] - row.before()[k];
            }
            values = deltas;
        }
        ByteBuffer buffer = buffers[i].clear();
        RecordingPlan.encode(values, 0, values.length, tensor.format(), buffer);
        return buffer.flip();
    }
}
