package org.lilgatsby.model;

import org.lilgatsby.kernel.CacheLine;

/**
 * One parameter of the model, and where it lies in the flat array of all parameters.
 *
 * @param name as Hugging Face names it, for example {@code transformer.h.0.attn.c_attn.weight}
 * @param at index of its first element
 * @param rows rows of a matrix, 1 for a vector
 * @param columns columns, or the vector's length
 * @param vector whether it is a bias or a normalisation, which are exempt from weight decay
 */
public record ParameterTensor(String name, int at, int rows, int columns, boolean vector) {
    /** Number of elements. */
    public int size() {
        return rows * columns;
    }

    /** Number of values in the tensors before it. */
    public int before() {
        return at - CacheLine.ALIGNED_OFFSET;
    }

    /** Index after its last element. */
    public int end() {
        return at + size();
    }

    /** [n] or [rows, columns]. */
    public long[] shape() {
        return vector ? new long[] {columns} : new long[] {rows, columns};
    }
}
