package org.lilgatsby.kernel.x86;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of code as they are made, and the places in them that labels are referred to. */
final class CodeBuffer {
    private record Reference(int at, Label label) {}

    private final List<Reference> references = new ArrayList<>();
    private byte[] bytes = new byte[1024];
    private int size;

    /** Number of bytes so far. */
    int size() {
        return size;
    }

    /** Adds the lowest 8 bits of each value. */
    void emit(int... values) {
        for (int value : values) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * size);
            }
            bytes[size++] = (byte) value;
        }
    }

    /** Adds 32 bits, the lowest first. */
    void emit32(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            emit(value >>> shift);
        }
    }

    /** Distance of a label from the end of the instruction, of which this is the end. */
    void refer(Label label) {
        references.add(new Reference(size, label));
        emit32(0);
    }

    /**
     * The bytes of everything so far.
     *
     * @throws IllegalStateException if a label that is referred to has not been placed
     */
    byte[] code() {
        byte[] code = Arrays.copyOf(bytes, size);
        ByteBuffer buffer = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
        for (Reference reference : references) {
            if (reference.label.position == Label.NOWHERE) {
                throw new IllegalStateException("label " + reference.label + " is not defined");
            }
            buffer.putInt(reference.at, reference.label.position - (reference.at + Integer.BYTES));
        }
        return code;
    }
}
