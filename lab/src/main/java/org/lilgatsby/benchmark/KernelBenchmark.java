package org.lilgatsby.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.PackedMatrix;
import org.lilgatsby.model.ModelConfig;

/** The matrix products and the attention of one sequence of a model, each against the core's peak. */
public final class KernelBenchmark {
    private static final int PAIRS = 15;

    private final Kernels kernels;
    private final ModelConfig model;
    private final List<Line> lines = new ArrayList<>();

    /**
     * One kernel.
     *
     * @param name what it computes
     * @param shape rows x length of the sum x columns, or positions x head size
     * @param flop operations of one call
     * @param measured its rate
     */
    public record Line(String name, String shape, double flop, Measurement measured) {}

    private KernelBenchmark(Kernels kernels, ModelConfig model) {
        this.kernels = kernels;
        this.model = model;
    }

    /** Measures every product of the model's shapes. */
    public static List<Line> of(Kernels kernels, ModelConfig model) {
        KernelBenchmark benchmark = new KernelBenchmark(kernels, model);
        int c = model.width();
        int[][] layers = {{c, 3 * c}, {c, c}, {c, model.mlpWidth()}, {model.mlpWidth(), c}, {c, model.vocabulary()}};
        for (int[] layer : layers) {
            benchmark.product("forward", layer[0], layer[1]);
        }
        for (int[] layer : layers) {
            benchmark.product("backward, data", layer[1], layer[0]);
        }
        for (int[] layer : layers) {
            benchmark.weightGradient(layer[0], layer[1]);
        }
        benchmark.attention();
        return List.copyOf(benchmark.lines);
    }

    private void product(String name, int in, int out) {
        int t = model.context();
        float[] a = values(t * in);
        float[] w = values(in * out);
        float[] result = new float[t * out];
        PackedMatrix packed = new PackedMatrix(in, out);
        kernels.pack(packed, w, 0, out, false, false);
        double flop = 2.0 * t * in * out;
        add(name, "%d x %d x %d".formatted(t, in, out), flop, () -> {
            kernels.multiply(result, 0, out, null, a, 0, in, packed, null, 0, t, false);
            return result[0];
        });
    }

    private void weightGradient(int in, int out) {
        int t = model.context();
        float[] x = values(t * in);
        float[] dy = values(t * out);
        float[] result = new float[in * out];
        double flop = 2.0 * t * in * out;
        add("weight gradient", "%d x %d x %d".formatted(in, t, out), flop, () -> {
            kernels.weightGradient(result, 0, out, x, 0, in, dy, 0, out, t, 0, in, out, false);
            return result[0];
        });
    }

    private void attention() {
        int t = model.context();
        int c = model.width();
        int hs = model.headSize();
        float[] qkv = values(t * 3 * c);
        float[] out = new float[t * c];
        float[] dqkv = new float[t * 3 * c];
        float[] stats = new float[2 * t];
        float[] scratch = new float[kernels.attentionScratch(t, hs)];
        float scale = (float) (1 / Math.sqrt(hs));
        String shape = "%d x %d, one head".formatted(t, hs);
        double pair = 2.0 * hs * t * (t + 1) / 2;
        add("attention", shape, 2 * pair, () -> {
            kernels.attention(out, 0, c, stats, 0, qkv, 0, c, 2 * c, 3 * c, scratch, t, hs, scale, true);
            return out[0];
        });
        add("attention, backward", shape, 5 * pair, () -> {
            kernels.attentionBackward(dqkv, out, 0, c, stats, 0, qkv, 0, c, 2 * c, 3 * c, scratch, t, hs, scale, true);
            return dqkv[0];
        });
    }

    private void add(String name, String shape, double flop, Measurement.Work work) {
        lines.add(new Line(name, shape, flop, Measurement.of(work, flop, PAIRS)));
    }

    /** Bounded values without a generator: rates do not depend on them. */
    private static float[] values(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (i * 37 % 101 - 50) / 64f;
        }
        return values;
    }
}
