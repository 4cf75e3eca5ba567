package org.lilgatsby.training;

import org.lilgatsby.model.ParameterLayout;

/**
 * A run as it stands at an instant of {@link StepListener}. Arrays are the live ones, laid out by {@link #layout}; they
 * may be read, not written, and only until the listener returns.
 */
public interface TrainingState {
    /** Number of the current or just completed step, from 1; 0 before the first. */
    int stepNumber();

    /** Where each parameter lies in the flat arrays. */
    ParameterLayout layout();

    /** Parameters as stored; laid out by {@link #layout}, like the three arrays below. */
    float[] parameters();

    /** Gradient of the step before clipping, as stored. */
    float[] gradients();

    /** First moment; all zeros for an optimizer without moments. */
    float[] expAvg();

    /** Second moment; all zeros for an optimizer without moments. */
    float[] expAvgSq();

    /** Logits of the step's first sequence at its last position, [V]. */
    float[] logits();

    /**
     * Mean over all positions of the step's sequences of the final normalisation's output, [D]: summed in double,
     * position by position. All zeros unless a listener {@linkplain StepListener#readsHidden reads it}.
     */
    float[] hidden();

    /**
     * Variance over all positions of the step's sequences of the final normalisation's output, [D]: the mean of the
     * squares less the square of the mean, in double, at least 0. All zeros unless a listener
     * {@linkplain StepListener#readsHidden reads it}.
     */
    float[] hiddenVariance();

    /**
     * The part of W's gradient that comes from the output head, where both are one matrix: of the step's last
     * micro-batch, [V*D] from {@link org.lilgatsby.kernel.CacheLine#ALIGNED_OFFSET} on. Empty for a model with a head
     * of its own.
     */
    float[] headGradients();

    /** The part that comes from the lookups, likewise. */
    float[] lookupGradients();

    /** Loss of the step in nats, as the configuration scales it; NaN before the first step. */
    double loss();

    /** Learning rate of the step. */
    double learningRate();

    /** Norm of the gradient over all parameters before clipping, rounded as gradients are. */
    double gradientNorm();

    /** The factor of the gradient in the update, at most 1. */
    double clipCoefficient();
}
