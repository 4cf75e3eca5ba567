package org.lilgatsby.training;

import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.PrecisionConfig;

/**
 * The arrays of an {@link Optimizer}: flat, live, all laid out like the model's parameters.
 *
 * @param kernels loops over a range of them
 * @param rule where an update rounds
 * @param parameters as stored, written
 * @param gradients before clipping, as stored, read
 * @param expAvg first moment as stored, written
 * @param expAvgSq second moment as stored, written
 * @param compensation of the parameters' rounding, written; empty unless the rule is compensated
 */
public record OptimizerArrays(
        Kernels kernels,
        PrecisionConfig.Update rule,
        float[] parameters,
        float[] gradients,
        float[] expAvg,
        float[] expAvgSq,
        float[] compensation) {}
