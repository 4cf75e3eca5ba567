package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * The gradients of some tokens, before clipping, against the steps of the same update.
 *
 * @param cosines cosine of the angle between gradient and W[t] - W[t-1], of the tokens for which neither is zero: -1 if
 *     a token goes straight down its gradient
 * @param ratios L2 norm of the step over that of the gradient, of the same tokens
 * @param still tokens with a gradient that did not move
 * @param unasked tokens without one that moved
 */
public record GradientStep(Summary cosines, Summary ratios, int still, int unasked) {
    /** The tokens of one update, from W before and after it and its gradients. */
    public static GradientStep of(Matrix before, Matrix after, Matrix gradients, Tokens tokens) {
        double[] cosines = new double[tokens.size()];
        double[] ratios = new double[tokens.size()];
        int n = 0;
        int still = 0;
        int unasked = 0;
        for (int i = 0; i < tokens.size(); i++) {
            int token = tokens.id(i);
            Vector step = new Vector(after.values(token)).minus(new Vector(before.values(token)));
            Vector gradient = new Vector(gradients.values(token));
            double length = step.norm();
            double pull = gradient.norm();
            still += length == 0 && pull != 0 ? 1 : 0;
            unasked += length != 0 && pull == 0 ? 1 : 0;
            if (length != 0 && pull != 0) {
                cosines[n] = step.cosine(gradient);
                ratios[n++] = length / pull;
            }
        }
        return new GradientStep(
                Summary.of(Arrays.copyOf(cosines, n)), Summary.of(Arrays.copyOf(ratios, n)), still, unasked);
    }
}
