package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.ScalarKernels.r;

import org.lilgatsby.bf16.Bf16;

/** The optimizers' updates of {@link ScalarKernels}, element by element. */
final class ScalarOptimizer {
    private ScalarOptimizer() {}

    static void adamwFused(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        for (int i = at; i < at + n; i++) {
            p[i] = r(s.roundParameters(), p[i] - p[i] * s.decay() - moments(m, v, g, i, s));
        }
    }

    /** Updates the moments of element i; returns what is to be subtracted from the parameter. */
    private static float moments(float[] m, float[] v, float[] g, int i, AdamWStep s) {
        float gradient = r(s.roundGradients(), g[i] * s.clip());
        float expAvg = Math.fma(s.oneMinusBeta1(), gradient - m[i], m[i]);
        float expAvgSq = Math.fma(s.oneMinusBeta2() * gradient, gradient, s.beta2() * v[i]);
        float denominator = (float) Math.sqrt(expAvgSq) / s.correction2() + s.epsilon();
        m[i] = r(s.roundMoments(), expAvg);
        v[i] = r(s.roundMoments(), expAvgSq);
        return s.stepSize() * expAvg / denominator;
    }

    /** From element {@code first} of the tensor on, which lies at {@code at}. */
    static void adamwStochastic(
            float[] p, float[] m, float[] v, float[] g, int at, int n, int first, int tensor, AdamWStep s) {
        for (int i = at; i < at + n; i++) {
            float parameter = p[i] - p[i] * s.decay() - moments(m, v, g, i, s);
            p[i] = Bf16.roundStochastically(parameter, Threefry.ofElement(s.key0(), s.key1(), first + i - at, tensor));
        }
    }

    static void adamwKahan(float[] p, float[] c, float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        for (int i = at; i < at + n; i++) {
            kahan(p, c, i, moments(m, v, g, i, s), s);
        }
    }

    private static void kahan(float[] p, float[] c, int i, float subtracted, AdamWStep s) {
        float wanted = -(p[i] * s.decay()) - subtracted + c[i];
        float parameter = Bf16.round(p[i] + wanted);
        c[i] = Bf16.round(wanted - (parameter - p[i]));
        p[i] = parameter;
    }

    static void adamwPerOp(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        boolean bp = s.roundParameters();
        boolean bm = s.roundMoments();
        float epsilon = r(bm, s.epsilon());
        for (int i = at; i < at + n; i++) {
            float gradient = r(s.roundGradients(), g[i] * s.clip());
            float parameter = r(bp, p[i] * s.keep());
            float expAvg = r(bm, Math.fma(s.oneMinusBeta1(), gradient - m[i], m[i]));
            float decayed = r(bm, s.beta2() * v[i]);
            float expAvgSq = r(bm, Math.fma(s.oneMinusBeta2() * gradient, gradient, decayed));
            float root = r(bm, (float) Math.sqrt(expAvgSq));
            float denominator = r(bm, r(bm, root / s.correction2()) + epsilon);
            m[i] = expAvg;
            v[i] = expAvgSq;
            p[i] = r(bp, parameter + -s.stepSize() * expAvg / denominator);
        }
    }

    static void sgd(float[] p, float[] g, int at, int n, AdamWStep s) {
        for (int i = at; i < at + n; i++) {
            float gradient = r(s.roundGradients(), g[i] * s.clip());
            float parameter = s.decay() == 0f ? p[i] : r(s.roundParameters(), p[i] - p[i] * s.decay());
            p[i] = r(s.roundParameters(), parameter - s.learningRate() * gradient);
        }
    }

    /** From element {@code first} of the tensor on, which lies at {@code at}. */
    static void sgdStochastic(float[] p, float[] g, int at, int n, int first, int tensor, AdamWStep s) {
        for (int i = at; i < at + n; i++) {
            float gradient = r(s.roundGradients(), g[i] * s.clip());
            float parameter = p[i] - p[i] * s.decay() - gradient * s.learningRate();
            p[i] = Bf16.roundStochastically(parameter, Threefry.ofElement(s.key0(), s.key1(), first + i - at, tensor));
        }
    }

    static void sgdKahan(float[] p, float[] c, float[] g, int at, int n, AdamWStep s) {
        for (int i = at; i < at + n; i++) {
            kahan(p, c, i, r(s.roundGradients(), g[i] * s.clip()) * s.learningRate(), s);
        }
    }
}
