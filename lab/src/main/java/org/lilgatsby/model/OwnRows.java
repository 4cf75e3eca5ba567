package org.lilgatsby.model;

import org.lilgatsby.random.GeneratorState;
import org.lilgatsby.random.TorchGenerator;

/**
 * W as a model's own initialisation draws it, from N(0, std²), at its place in the order of the draws. It is computed
 * only for an {@link Initialization} that keeps it: most replace every row.
 *
 * @param wte where W lies
 * @param before the generator in the state before the draw
 */
record OwnRows(ParameterTensor wte, float std, GeneratorState before) {
    /** @param values laid out by {@link ParameterLayout}, of which W is written */
    void draw(float[] values) {
        new TorchGenerator(before).normal(values, wte.at(), wte.size(), 0f, std);
    }
}
