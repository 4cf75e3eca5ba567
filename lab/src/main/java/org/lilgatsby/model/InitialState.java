package org.lilgatsby.model;

import java.util.Arrays;
import org.lilgatsby.kernel.CacheLine;
import org.lilgatsby.random.GeneratorState;

/**
 * A model before training, and its embeddings as drawn, before they were stored.
 *
 * @param parameters all parameters as stored, laid out by {@link ParameterLayout}
 * @param embeddings W in float32 as drawn, before it was stored, [V, C]
 * @param common the vector that all rows start from, [C], as drawn; empty where there is none
 * @param generator the generator in the state after these draws
 */
public record InitialState(float[] parameters, float[] embeddings, float[] common, GeneratorState generator) {
    /** W as stored, [V, C]: the first of the parameters. */
    public float[] storedEmbeddings() {
        return Arrays.copyOfRange(parameters, CacheLine.ALIGNED_OFFSET, CacheLine.ALIGNED_OFFSET + embeddings.length);
    }
}
