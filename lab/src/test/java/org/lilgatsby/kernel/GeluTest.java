package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** gelu_new and its derivative against double, over the floats of both signs. */
class GeluTest {
    private static final int STRIDE = 997;
    private static final Kernels SCALAR = new ScalarKernels();

    private static double u(double x) {
        return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
    }

    private static double gelu(double x) {
        return 0.5 * x * (1 + Math.tanh(u(x)));
    }

    private static double derivative(double x) {
        if (Math.abs(x) > 100) {
            return x > 0 ? 1 : 0; // where the formula below would be 0 times infinity
        }
        double tanh = Math.tanh(u(x));
        double du = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
        return 0.5 * (1 + tanh) + 0.5 * x * (1 - tanh * tanh) * du;
    }

    @Test
    void theErrorIsSmallOverTheWholeDomain() {
        float[] x = new float[1];
        float[] out = new float[1];
        float[] derivative = new float[1];
        double worst = 0;
        double worstDerivative = 0;
        for (int sign = 0; sign < 2; sign++) {
            for (int bits = 0; bits < 0x7F80_0000; bits += STRIDE) {
                x[0] = Float.intBitsToFloat(bits | sign << 31);
                SCALAR.gelu(out, 0, derivative, 0, x, 0, 1, false);
                worst = Math.max(worst, Math.abs(out[0] - gelu(x[0])) / Math.max(1e-30, Math.abs(x[0])));
                worstDerivative = Math.max(worstDerivative, Math.abs(derivative[0] - derivative(x[0])));
            }
        }
        System.out.printf("gelu: worst error %.3e of |x|; derivative: %.3e%n", worst, worstDerivative);
        assertTrue(worst < 3e-7, "error " + worst + " relative to x");
        assertTrue(worstDerivative < 5e-7, "error of the derivative " + worstDerivative);
    }

    @Test
    void theEdgesAreDefined() {
        GeluEdges.assertDefined(
                (out, derivative, x, n) -> SCALAR.gelu(out, 0, derivative, 0, x, 0, n, false), 1e-32);
    }
}
