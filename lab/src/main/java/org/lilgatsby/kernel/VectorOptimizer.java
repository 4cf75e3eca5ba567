package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.lilgatsby.bf16.Bf16;

/** The updates of the optimizers. */
final class VectorOptimizer {
    private static final ScalarKernels SCALAR = new ScalarKernels();

    private VectorOptimizer() {}

    private static FloatVector r(boolean rounded, FloatVector value) {
        return rounded ? VectorMath.round(value) : value;
    }

    private static FloatVector gradient(float[] g, int i, AdamWStep s) {
        return r(s.roundGradients(), FloatVector.fromArray(FLOATS, g, i).mul(s.clip()));
    }

    static void adamwFused(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        FloatVector oneMinusBeta1 = FloatVector.broadcast(FLOATS, s.oneMinusBeta1());
        int i = at;
        for (; i <= at + n - LENGTH; i += LENGTH) {
            FloatVector gradient = gradient(g, i, s);
            FloatVector parameter = FloatVector.fromArray(FLOATS, p, i);
            parameter = parameter.sub(parameter.mul(s.decay()));
            FloatVector before = FloatVector.fromArray(FLOATS, m, i);
            FloatVector expAvg = gradient.sub(before).fma(oneMinusBeta1, before);
            FloatVector decayed = FloatVector.fromArray(FLOATS, v, i).mul(s.beta2());
            FloatVector expAvgSq = gradient.mul(s.oneMinusBeta2()).fma(gradient, decayed);
            FloatVector denominator = expAvgSq.lanewise(VectorOperators.SQRT).div(s.correction2()).add(s.epsilon());
            parameter = parameter.sub(expAvg.mul(s.stepSize()).div(denominator));
            r(s.roundMoments(), expAvg).intoArray(m, i);
            r(s.roundMoments(), expAvgSq).intoArray(v, i);
            r(s.roundParameters(), parameter).intoArray(p, i);
        }
        SCALAR.adamwFused(p, m, v, g, i, at + n - i, s);
    }

    static void adamwPerOp(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        boolean rp = s.roundParameters();
        boolean rm = s.roundMoments();
        float epsilon = rm ? Bf16.round(s.epsilon()) : s.epsilon();
        FloatVector oneMinusBeta1 = FloatVector.broadcast(FLOATS, s.oneMinusBeta1());
        int i = at;
        for (; i <= at + n - LENGTH; i += LENGTH) {
            FloatVector gradient = gradient(g, i, s);
            FloatVector parameter = r(rp, FloatVector.fromArray(FLOATS, p, i).mul(s.keep()));
            FloatVector before = FloatVector.fromArray(FLOATS, m, i);
            FloatVector expAvg = r(rm, gradient.sub(before).fma(oneMinusBeta1, before));
            FloatVector decayed = r(rm, FloatVector.fromArray(FLOATS, v, i).mul(s.beta2()));
            FloatVector expAvgSq = r(rm, gradient.mul(s.oneMinusBeta2()).fma(gradient, decayed));
            FloatVector root = r(rm, expAvgSq.lanewise(VectorOperators.SQRT));
            FloatVector denominator = r(rm, r(rm, root.div(s.correction2())).add(epsilon));
            expAvg.intoArray(m, i);
            expAvgSq.intoArray(v, i);
            r(rp, parameter.add(expAvg.mul(-s.stepSize()).div(denominator))).intoArray(p, i);
        }
        SCALAR.adamwPerOp(p, m, v, g, i, at + n - i, s);
    }

    static void sgd(float[] p, float[] g, int at, int n, AdamWStep s) {
        boolean rp = s.roundParameters();
        int i = at;
        for (; i <= at + n - LENGTH; i += LENGTH) {
            FloatVector gradient = gradient(g, i, s);
            FloatVector parameter = FloatVector.fromArray(FLOATS, p, i);
            if (s.decay() != 0f) {
                parameter = r(rp, parameter.sub(parameter.mul(s.decay())));
            }
            r(rp, parameter.sub(gradient.mul(s.learningRate()))).intoArray(p, i);
        }
        SCALAR.sgd(p, g, i, at + n - i, s);
    }
}
