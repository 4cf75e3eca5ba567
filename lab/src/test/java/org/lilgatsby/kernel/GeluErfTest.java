package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * gelu by erf and its derivative against PyTorch, in float64 and on a CPU; {@code python/model/gelu.py} makes the data.
 */
class GeluErfTest {
    private static final Kernels SCALAR = new ScalarKernels();
    private static final double UNIT = 0x1p-24;

    private final JsonNode reference = reference();
    private final float[] x = floats("x");
    private final float[] out = new float[x.length];
    private final float[] derivative = new float[x.length];

    GeluErfTest() throws IOException {
        SCALAR.geluErf(out, 0, derivative, 0, x, 0, x.length, false);
    }

    private static JsonNode reference() throws IOException {
        try (InputStream in = GeluErfTest.class.getResourceAsStream("/reference/model/gelu.json")) {
            return JsonMapper.shared().readTree(in.readAllBytes());
        }
    }

    private double of(String name, int i) {
        return reference.get(name).get(i).asDouble();
    }

    private float[] floats(String name) {
        float[] values = new float[reference.get(name).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) of(name, i);
        }
        return values;
    }

    @Test
    void everyDigitIsThereAlsoWhereTheResultIsTiny() {
        assertTrue(x.length > 400);
        for (int i = 0; i < x.length; i++) {
            double exact = of("gelu", i);
            double units = x[i] > -5 ? 11 : x[i] > -8 ? 20 : 80;
            double error = Math.abs(out[i] - exact);
            assertTrue(
                    error <= units * UNIT * Math.abs(exact) || Math.abs(x[i]) > NormalTail.LARGEST && error < 1e-34,
                    "gelu(%s) is %s, exactly %s".formatted(x[i], out[i], exact));
            assertEquals(of("derivative", i), derivative[i], 5 * UNIT, () -> "derivative");
        }
    }

    /** PyTorch's own float32 loses the digits of 1 + erf where x is below 0: by the unit of 1, times half of x. */
    @Test
    void theDifferenceFromPyTorchOnACpuIsItsOwnCancellation() {
        for (int i = 0; i < x.length; i++) {
            assertEquals(of("cpu", i), out[i], 7 * UNIT * Math.abs(x[i]), "gelu(" + x[i] + ")");
            assertEquals(of("cpu_derivative", i), derivative[i], 7 * UNIT, "derivative at " + x[i]);
        }
    }

    @Test
    void theEdgesAreDefined() {
        GeluEdges.assertDefined(
                (out, derivative, x, n) -> SCALAR.geluErf(out, 0, derivative, 0, x, 0, n, false), 1e-34);
    }
}
