package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.safetensors.SafetensorsFile;

/** PyTorch's cross-entropy of bf16 logits, bit for bit: {@code reference/loss/make.py} says of which rows. */
class CrossEntropyReferenceTest {
    private static final ValueLayout.OfInt ID = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** exp is 0 below Exp.LOWEST here; in PyTorch it is subnormal, or little more than the least normal number. */
    private static final float UNDERFLOW = 1.2e-38f;

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "13", "16", "17", "31", "128", "207", "50257", "many"})
    void lossesAndGradientsAreThoseOfPyTorch(String name) throws IOException, URISyntaxException {
        Path path = Path.of(getClass()
                .getResource("/reference/loss/cross-entropy.safetensors")
                .toURI());
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            float[] logits = file.tensor(name + "/logits").toFloats();
            int[] targets = file.tensor(name + "/targets").data().toArray(ID);
            float[] expectedLosses = file.tensor(name + "/losses").toFloats();
            float[] expected = file.tensor(name + "/gradient").toFloats();
            int rows = targets.length;
            int vocabulary = logits.length / rows;
            long counted = Arrays.stream(targets).filter(target -> target >= 0).count();
            for (Kernels kernels : TestKernels.all()) {
                double[] losses = new double[rows];
                float[] gradient = new float[logits.length];
                kernels.crossEntropyOfBf16(
                        losses, 0, gradient, 0, logits, 0, targets, 0, rows, vocabulary, 1 / Bf16.round(counted));
                for (int t = 0; t < rows; t++) {
                    String row = kernels.description() + ", row " + t;
                    assertEquals(expectedLosses[t], (float) losses[t], 0f, row);
                    for (int v = 0; v < vocabulary; v++) {
                        int i = t * vocabulary + v;
                        boolean underflow = Math.abs(expected[i]) < UNDERFLOW && Math.abs(gradient[i]) < UNDERFLOW;
                        assertTrue(
                                underflow || Float.compare(expected[i], gradient[i]) == 0,
                                () -> "%s, gradient %d: PyTorch has %s".formatted(row, i % vocabulary, expected[i])
                                        + ", here it is " + gradient[i]);
                    }
                }
            }
        }
    }
}
