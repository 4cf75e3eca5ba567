package org.lilgatsby.model;

import java.util.Arrays;
import org.lilgatsby.random.TorchGenerator;

/**
 * Draws tensor after tensor of a layout, each as PyTorch would draw it: the order of the calls is part of the result.
 */
final class ParameterDraws {
    private final float[] values;
    private final TorchGenerator generator;
    private final boolean computed;
    private OwnRows rows;

    /**
     * @param values laid out by {@link ParameterLayout}, written
     * @param computed whether values are wanted, or only the generator in the state after them
     */
    ParameterDraws(float[] values, TorchGenerator generator, boolean computed) {
        this.values = values;
        this.generator = generator;
        this.computed = computed;
    }

    /** {@code normal_(0, std)}. */
    void normal(ParameterTensor tensor, float std) {
        if (computed) {
            generator.normal(values, tensor.at(), tensor.size(), 0f, std);
        } else {
            skipNormal(tensor);
        }
    }

    /** {@code normal_(0, std)} of W, which is computed when it is asked for. */
    void rows(ParameterTensor wte, float std) {
        rows = new OwnRows(wte, std, generator.state());
        skipNormal(wte);
    }

    /** W as it was drawn last. */
    OwnRows rows() {
        return rows;
    }

    /** {@code normal_} of values that are replaced. */
    void skipNormal(ParameterTensor tensor) {
        generator.skipNormal(tensor.size());
    }

    /** {@code uniform_(-bound, bound)}. */
    void uniform(ParameterTensor tensor, double bound) {
        if (computed) {
            generator.uniform(values, tensor.at(), tensor.size(), (float) -bound, (float) bound);
        } else {
            skipUniform(tensor.size());
        }
    }

    /** {@code uniform_(-bound, bound)} of a weight that PyTorch stores as [out, in], here [in, out]. */
    void uniformTransposed(ParameterTensor tensor, double bound) {
        if (!computed) {
            skipUniform(tensor.size());
            return;
        }
        float[] row = new float[tensor.rows()];
        for (int out = 0; out < tensor.columns(); out++) {
            generator.uniform(row, 0, row.length, (float) -bound, (float) bound);
            for (int in = 0; in < row.length; in++) {
                values[tensor.at() + in * tensor.columns() + out] = row[in];
            }
        }
    }

    /** {@code uniform_} of n values that are replaced. */
    void skipUniform(int n) {
        generator.skip(n);
    }

    /** {@code ones_}. */
    void ones(ParameterTensor tensor) {
        Arrays.fill(values, tensor.at(), tensor.end(), 1f);
    }

    /** {@code copy_}. */
    void copy(ParameterTensor from, ParameterTensor to) {
        System.arraycopy(values, from.at(), values, to.at(), from.size());
    }
}
