package org.lilgatsby.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.kernel.CacheLine;

/**
 * All parameters of a model in one flat array, tensor after tensor. The first begins at
 * {@link CacheLine#ALIGNED_OFFSET}: if the width is a multiple of a cache line's, no vector of a tensor straddles two
 * lines.
 */
public abstract class ParameterLayout {
    private final List<ParameterTensor> tensors = new ArrayList<>();
    private int length = CacheLine.ALIGNED_OFFSET;

    /** A layout without tensors; the constructor of a subclass adds them. */
    protected ParameterLayout() {}

    /** Adds a matrix [rows, columns], subject to weight decay. */
    protected final ParameterTensor matrix(String name, int rows, int columns) {
        return add(new ParameterTensor(name, length, rows, columns, false));
    }

    /** Adds a vector [size], exempt from weight decay. */
    protected final ParameterTensor vector(String name, int size) {
        return add(new ParameterTensor(name, length, 1, size, true));
    }

    private ParameterTensor add(ParameterTensor tensor) {
        tensors.add(tensor);
        length = tensor.end();
        return tensor;
    }

    /** The token embeddings W, [V, C], one of {@link #tensors}. */
    public abstract ParameterTensor wte();

    /** The output head, [V, C], one of {@link #tensors}: W itself, unless the model has a matrix of its own. */
    public ParameterTensor head() {
        return wte();
    }

    /** All tensors, in order. */
    public final List<ParameterTensor> tensors() {
        return List.copyOf(tensors);
    }

    /** Their names, in order. */
    public final List<String> names() {
        return tensors.stream().map(ParameterTensor::name).toList();
    }

    /** Number of tensors. */
    public final int count() {
        return tensors.size();
    }

    /** Tensor i of {@link #tensors}. */
    public final ParameterTensor tensor(int i) {
        return tensors.get(i);
    }

    /** The tensor with this name. */
    public final Optional<ParameterTensor> find(String name) {
        return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }

    /** Length of an array with this layout: all parameters, and the free space before them. */
    public final int length() {
        return length;
    }
}
