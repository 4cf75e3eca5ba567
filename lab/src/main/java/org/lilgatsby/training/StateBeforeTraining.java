package org.lilgatsby.training;

import org.lilgatsby.model.ParameterLayout;

/**
 * A run that has not begun and that nothing is going to train. There is no gradient, moment or logit yet, so none is
 * allocated.
 *
 * @param layout where each parameter lies
 * @param parameters as stored
 */
public record StateBeforeTraining(ParameterLayout layout, float[] parameters) implements TrainingState {
    private static final float[] NONE = {};

    @Override
    public int stepNumber() {
        return 0;
    }

    @Override
    public float[] gradients() {
        return NONE;
    }

    @Override
    public float[] expAvg() {
        return NONE;
    }

    @Override
    public float[] expAvgSq() {
        return NONE;
    }

    @Override
    public float[] logits() {
        return NONE;
    }

    @Override
    public float[] hidden() {
        return NONE;
    }

    @Override
    public float[] hiddenVariance() {
        return NONE;
    }

    @Override
    public float[] headGradients() {
        return NONE;
    }

    @Override
    public float[] lookupGradients() {
        return NONE;
    }

    @Override
    public double loss() {
        return Double.NaN;
    }

    @Override
    public double learningRate() {
        return Double.NaN;
    }

    @Override
    public double gradientNorm() {
        return Double.NaN;
    }

    @Override
    public double clipCoefficient() {
        return Double.NaN;
    }
}
