package org.lilgatsby.kernel;

/**
 * The scalars of one optimizer step, computed in double and rounded to float once, as PyTorch does.
 * Mutable and reused, so that a step allocates nothing.
 */
public final class AdamWStep {
    private float learningRate;
    private float decay;
    private float keep;
    private float oneMinusBeta1;
    private float beta2;
    private float oneMinusBeta2;
    private float stepSize;
    private float correction2;
    private float epsilon;
    private float clip;
    private int key0;
    private int key1;
    private final boolean roundParameters;
    private final boolean roundGradients;
    private final boolean roundMoments;

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

    /** Sets the key of the step's random bits, for updates that round stochastically. */
    public void setKey(int key0, int key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** First word of the key. */
    public int key0() {
        return key0;
    }

    /** Second word of the key. */
    public int key1() {
        return key1;
    }

    /** Learning rate. */
    public float learningRate() {
        return learningRate;
    }

    /** lr*wd. */
    public float decay() {
        return decay;
    }

    /** 1 - lr*wd. */
    public float keep() {
        return keep;
    }

    /** 1 - b1. */
    public float oneMinusBeta1() {
        return oneMinusBeta1;
    }

    /** b2. */
    public float beta2() {
        return beta2;
    }

    /** 1 - b2. */
    public float oneMinusBeta2() {
        return oneMinusBeta2;
    }

    /** lr/(1 - b1^t). */
    public float stepSize() {
        return stepSize;
    }

    /** sqrt(1 - b2^t). */
    public float correction2() {
        return correction2;
    }

    /** eps. */
    public float epsilon() {
        return epsilon;
    }

    /** What gradients are multiplied by first. */
    public float clip() {
        return clip;
    }

    /** Whether parameters are stored as bfloat16. */
    public boolean roundParameters() {
        return roundParameters;
    }

    /** Whether gradients are. */
    public boolean roundGradients() {
        return roundGradients;
    }

    /** Whether both moments are. */
    public boolean roundMoments() {
        return roundMoments;
    }
}
