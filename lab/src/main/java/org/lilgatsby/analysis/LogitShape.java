package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * What a model predicts at one position, from its logits. Probabilities are their softmax, in double.
 *
 * @param spread largest minus smallest logit, in nats
 * @param entropyBits entropy of the prediction: 0 for certainty, log2 of the vocabulary for a uniform prediction
 * @param gini Gini coefficient of the probabilities: 0 if all are equal, 1 - 1/vocabulary if one is 1
 * @param top1 probability of the most probable token
 * @param top5 probability of the five most probable tokens together
 * @param top10 probability of the ten most probable tokens together
 * @param deadSpread largest minus smallest logit of a dead token, in nats; NaN without dead tokens
 * @param deadMass total probability of the dead tokens
 */
public record LogitShape(
        double spread,
        double entropyBits,
        double gini,
        double top1,
        double top5,
        double top10,
        double deadSpread,
        double deadMass) {
    private static final double LN2 = StrictMath.log(2);

    /**
     * The shape of a prediction.
     *
     * @param logits one for each token, in nats
     * @param dead the tokens that never occur
     * @throws IllegalArgumentException if there is no logit, or a dead token has none
     */
    public static LogitShape of(double[] logits, Tokens dead) {
        dead.requireWithin(logits.length);
        if (logits.length == 0) {
            throw new IllegalArgumentException("a prediction needs at least one logit");
        }
        double max = Arrays.stream(logits).max().getAsDouble();
        double[] p = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = StrictMath.exp(logits[i] - max);
            sum += p[i];
        }
        double logSum = max + StrictMath.log(sum);
        double entropy = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
            entropy += p[i] == 0 ? 0 : p[i] * (logSum - logits[i]);
        }
        double deadMass = 0;
        double[] ofDead = new double[dead.size()];
        for (int i = 0; i < ofDead.length; i++) {
            ofDead[i] = logits[dead.id(i)];
            deadMass += p[dead.id(i)];
        }
        Arrays.sort(p);
        return new LogitShape(
                spread(logits), entropy / LN2, gini(p), top(p, 1), top(p, 5), top(p, 10), spread(ofDead), deadMass);
    }

    private static double spread(double[] numbers) {
        Summary summary = Summary.of(numbers);
        return summary.max() - summary.min();
    }

    /** Sum over ranks i from 1 of (2i - n - 1) p(i), over n, for ascending p that add up to 1. */
    private static double gini(double[] ascending) {
        int n = ascending.length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (2.0 * i + 1 - n) * ascending[i];
        }
        return sum / n;
    }

    private static double top(double[] ascending, int k) {
        double sum = 0;
        for (int i = Math.max(0, ascending.length - k); i < ascending.length; i++) {
            sum += ascending[i];
        }
        return sum;
    }
}
