package org.lilgatsby.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.kernel.Team;
import org.lilgatsby.kernel.Worker;

/** However many positions' logits are held at a time, everything has the same bits. */
class HeadRowsTest {
    private static final int V = 101;
    private static final int T = 37;
    private static final int WHOLE = T * V + 16 * V;
    private static final int A_TILE = 16 * V;

    static Stream<Arguments> cases() {
        return Stream.of(true, false)
                .flatMap(tied -> Stream.of(
                        Arguments.of(new ScalarKernels(), tied, 1),
                        Arguments.of(new ScalarKernels(), tied, 3),
                        Arguments.of(KernelChoice.AUTO.create(), tied, 1),
                        Arguments.of(KernelChoice.AUTO.create(), tied, 2)));
    }

    private record Result(float[] part, double[] losses, float[] last, float[] logits) {}

    private static Result sequence(Kernels kernels, boolean tied, int workers, int mostLogits, Precision compute) {
        ModelConfig model = new ModelConfig(V, 18, 2, 3, T, ModelConfig.Norm.LAYER_NORM, tied);
        PrecisionConfig precision =
                new PrecisionConfig(Precision.F32, Precision.F32, Precision.F32, compute, PrecisionConfig.Update.FUSED);
        Gpt2Layout layout = new Gpt2Layout(model);
        float[] parameters = Models.draw(model, new InitializationConfig(new Normal(), 0.5, 0), Precision.F32, 7)
                .parameters();
        Weights weights = new Weights(model, layout, precision, kernels, parameters);
        for (int i = 0; i < layout.count(); i++) {
            weights.pack(i);
        }
        Network network = new Network(model, precision, layout, weights, kernels);
        Activations a = new Activations(model, precision.compute(), kernels, mostLogits);
        assertEquals(mostLogits == WHOLE ? T : 16, a.headRows);
        int[] ids = new int[T];
        int[] targets = new int[T];
        for (int t = 0; t < T; t++) {
            ids[t] = (t * t + 3) % V;
            targets[t] = t % 5 == 4 ? -1 : (t * 7 + 1) % V;
        }
        int lookups = tied ? layout.length() : layout.wte().at();
        float[] part = new float[layout.length() + V * 18];
        float[] last = new float[V];
        for (int time = 0; time < 2; time++) { // the second time on top of the first
            boolean accumulate = time > 0;
            try (Team team = new Team(workers)) {
                team.run(slice -> {
                    network.forward(slice, a, ids, 0);
                    network.backward(slice, a, ids, 0, targets, 0, part, lookups, accumulate, 0.01f, last);
                });
            }
        }
        float[] logits = new float[T * V];
        network.logits(Worker.alone(), a, logits);
        return new Result(part, a.losses, last, logits);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fewAtATimeAreTheSameAsAll(Kernels kernels, boolean tied, int workers) {
        for (Precision compute : Precision.values()) {
            Result whole = sequence(new ScalarKernels(), tied, 1, WHOLE, compute);
            Result tiles = sequence(kernels, tied, workers, A_TILE, compute);
            assertArrayEquals(whole.part, tiles.part, "sums of gradients");
            assertArrayEquals(whole.losses, tiles.losses, "losses");
            assertArrayEquals(whole.last, tiles.last, "logits of the last position");
            assertArrayEquals(whole.logits, tiles.logits, "logits");
            for (int i = 0; i < V; i++) {
                assertEquals(whole.logits[(T - 1) * V + i], whole.last[i]);
            }
            assertTrue(whole.losses[0] > 0);
        }
    }
}
