package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Observables;

/**
 * Update t recomputed by hand from what the recording says of it: the gradient of row t with the moments of row t-1
 * gives the moments of row t, and these with W of row t-1 give W of row t. An off-by-one of the recorder, or an event
 * that fires before the update, cannot pass.
 */
class RowSemanticsTest {
    /** Windows: rows and updates are whole all the same. */
    private static final String SHORT = "model.context=16";

    @Test
    void updateTFollowsFromRowTMinusOneAndTheGradientOfRowT(@TempDir Path root) throws IOException {
        ExperimentConfig config = ShortRuns.config(
                "supermassive-black-hole",
                "training.steps=2",
                "precision.update=fused",
                "training.clip=0",
                "training.schedule=linear",
                "training.weight_decay=0.01",
                "initialization.sigma=0.001",
                SHORT);
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("run"), config))) {
            RunData data = ShortRuns.data(run);
            History w = data.embeddings();
            History g = data.gradients().orElseThrow();
            History m = data.momentum().orElseThrow();
            History v = data.variance().orElseThrow();
            assertEquals(3, w.size());
            int moved = 0;
            for (int t = 1; t <= 2; t++) {
                double lr = 1e-3 * (1 - (t - 1) / 2.0);
                float oneMinusBeta1 = (float) (1 - 0.9);
                float oneMinusBeta2 = (float) (1 - 0.999);
                float stepSize = (float) (lr / (1 - Math.pow(0.9, t)));
                float correction2 = (float) Math.sqrt(1 - Math.pow(0.999, t));
                for (int id = 0; id < 128; id++) {
                    for (int c = 0; c < 64; c++) {
                        float gradient = (float) g.matrix(t).value(id, c);
                        float expAvg = (float) m.matrix(t - 1).value(id, c);
                        float expAvgSq = (float) v.matrix(t - 1).value(id, c);
                        float parameter = (float) w.matrix(t - 1).value(id, c);
                        expAvg = Math.fma(oneMinusBeta1, gradient - expAvg, expAvg);
                        expAvgSq = Math.fma(oneMinusBeta2 * gradient, gradient, 0.999f * expAvgSq);
                        parameter -= parameter * (float) (lr * 0.01);
                        parameter -= stepSize * expAvg / ((float) Math.sqrt(expAvgSq) / correction2 + 1e-8f);
                        String place = "update " + t + " token " + id + " component " + c;
                        assertEquals(Bf16.round(expAvg), (float) m.matrix(t).value(id, c), place + " exp_avg");
                        assertEquals(Bf16.round(expAvgSq), (float) v.matrix(t).value(id, c), place + " exp_avg_sq");
                        assertEquals(Bf16.round(parameter), (float) w.matrix(t).value(id, c), place + " W");
                        moved += w.matrix(t).value(id, c) != w.matrix(t - 1).value(id, c) ? 1 : 0;
                    }
                }
            }
            assertTrue(moved > 10_000, "the updates move W: " + moved);
            float[] losses = data.stepLosses().orElseThrow();
            assertTrue(Float.isNaN(losses[0]));
            assertTrue(losses[1] > 4 && losses[1] < 6, "loss of the first step " + losses[1]);
            for (int c = 0; c < 64; c++) {
                assertEquals(0f, g.matrix(0).value(0, c));
                assertEquals(0f, m.matrix(0).value(0, c));
            }
        }
    }

    @Test
    void differencesAddUpToTheFinalMatrixExactly(@TempDir Path root) throws IOException {
        ExperimentConfig deltas = ShortRuns.config("instrumented", "training.steps=5", SHORT);
        ExperimentConfig whole = ShortRuns.config("float32-edition", "training.steps=5", SHORT);
        try (RunArchive a = ShortRuns.open(ShortRuns.run(root.resolve("deltas"), deltas));
                RunArchive b = ShortRuns.open(ShortRuns.run(root.resolve("whole"), whole))) {
            History expected = ShortRuns.data(b).embeddings();
            History rebuilt = ShortRuns.data(a).embeddings();
            double[] sum = new double[128 * 64];
            for (int t = 0; t <= 5; t++) {
                Matrix state = expected.matrix(t);
                Matrix again = rebuilt.matrix(t);
                float[] row = new float[sum.length];
                a.recording().row(Observables.DELTAS, t).toFloats(0, row, 0, row.length);
                for (int id = 0; id < 128; id++) {
                    for (int c = 0; c < 64; c++) {
                        int i = id * 64 + c;
                        sum[i] = t == 0 ? state.value(id, c) : sum[i] + row[i];
                        assertEquals(state.value(id, c), again.value(id, c));
                        assertEquals(state.value(id, c), sum[i], "plain sum at step " + t);
                    }
                }
            }
        }
    }
}
