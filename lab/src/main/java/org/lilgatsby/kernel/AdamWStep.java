package org.lilgatsby.kernel;

/**
 * The scalars of one optimizer step, computed in double and rounded to float once, as PyTorch does.
 * Mutable and reused, so that a step allocates nothing.
 */
public final class AdamWStep {
    float learningRate;
    float decay;
    float keep;
    float oneMinusBeta1;
    float beta2;
    float oneMinusBeta2;
    float stepSize;
    float correction2;
    float epsilon;
    float clip;
    boolean roundParameters;
    boolean roundGradients;
    boolean roundMoments;

    /**
     * Which stored tensors are rounded to bfloat16; the same for the whole run.
     */
    public AdamWStep(boolean roundParameters, boolean roundGradients, boolean roundMoments) {
        this.roundParameters = roundParameters;
        this.roundGradients = roundGradients;
        this.roundMoments = roundMoments;
    }

    /**
     * Sets the scalars of step t.
     *
     * @param t step, from 1
     * @param learningRate of this step
     * @param weightDecay decoupled decay of the tensors of this call, 0 for biases and normalisation
     * @param clip coefficient that gradients are multiplied by, at most 1
     */
    public void set(
            int t, double learningRate, double weightDecay, double beta1, double beta2, double epsilon, float clip) {
        this.learningRate = (float) learningRate;
        this.decay = (float) (learningRate * weightDecay);
        this.keep = (float) (1 - learningRate * weightDecay);
        this.oneMinusBeta1 = (float) (1 - beta1);
        this.beta2 = (float) beta2;
        this.oneMinusBeta2 = (float) (1 - beta2);
        this.stepSize = (float) (learningRate / (1 - StrictMath.pow(beta1, t)));
        this.correction2 = (float) Math.sqrt(1 - StrictMath.pow(beta2, t));
        this.epsilon = (float) epsilon;
        this.clip = clip;
    }
}
