package org.lilgatsby.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.kernel.AdamWStep;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.PackedMatrix;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.StepFlop;

/**
 * The kernels of a model's training step at its shapes. A case of several sequences does what the step does: one
 * sequence after the other in the same memory, matrices packed once, gradients accumulated.
 */
public final class KernelCases {
    private final Kernels kernels;
    private final ModelConfig model;
    private final int sequences;
    private final int t;
    private final int c;
    private final List<KernelCase> cases = new ArrayList<>();

    private KernelCases(Kernels kernels, ModelConfig model, int sequences) {
        this.kernels = kernels;
        this.model = model;
        this.sequences = sequences;
        this.t = model.context();
        this.c = model.width();
    }

    /** Every kernel that takes more than a hundredth of a step, for a batch of so many sequences. */
    public static List<KernelCase> of(Kernels kernels, ModelConfig model, int sequences) {
        KernelCases cases = new KernelCases(kernels, model, sequences);
        int c = model.width();
        int[][] layers = {{c, 3 * c}, {c, c}, {c, model.mlpWidth()}, {model.mlpWidth(), c}, {c, model.vocabulary()}};
        for (int[] layer : layers) {
            cases.product("forward", layer[0], layer[1], false);
        }
        for (int[] layer : layers) {
            cases.product("backward, data", layer[1], layer[0], true);
        }
        for (int[] layer : layers) {
            cases.weightGradient(layer[0], layer[1]);
        }
        cases.attention();
        cases.norm();
        cases.gelu();
        cases.crossEntropy();
        cases.adamw();
        return List.copyOf(cases.cases);
    }

    private void add(String name, String shape, double flop, Measurement.Work work) {
        cases.add(new KernelCase(name, shape, flop, work));
    }

    /** A linear layer with its bias, or the gradient of its input, rounded as under bf16 compute; packing included. */
    private void product(String name, int in, int out, boolean transposed) {
        float[] a = values(t * in);
        float[] w = values(in * out);
        float[] bias = transposed ? null : values(out);
        float[] result = new float[t * out];
        PackedMatrix packed = kernels.packed(in, out);
        add(name, "%d x %d x %d".formatted(t, in, out), sequences * StepFlop.product(t, in, out), () -> {
            kernels.pack(packed, w, 0, transposed ? in : out, transposed, false);
            for (int i = 0; i < sequences; i++) {
                kernels.multiply(result, 0, out, null, a, 0, in, packed, bias, 0, t, true);
            }
            return result[0];
        });
    }

    private void weightGradient(int in, int out) {
        float[] x = values(t * in);
        float[] dy = values(t * out);
        float[] result = new float[in * out];
        add("weight gradient", "%d x %d x %d".formatted(in, t, out), sequences * StepFlop.product(in, t, out), () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.weightGradient(result, 0, out, x, 0, in, dy, 0, out, t, 0, in, out, i > 0);
            }
            return result[0];
        });
    }

    private void attention() {
        int hs = model.headSize();
        float[] qkv = values(t * 3 * c);
        float[] out = new float[t * c];
        float[] dqkv = new float[t * 3 * c];
        float[] stats = new float[2 * t];
        float[] scratch = new float[kernels.attentionScratch(t, hs)];
        float scale = (float) (1 / Math.sqrt(hs));
        String shape = "%d x %d, one head".formatted(t, hs);
        double flop = sequences * StepFlop.pairs(t, hs);
        Measurement.Work forward = () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.attention(out, 0, c, stats, 0, qkv, 0, c, 2 * c, 3 * c, scratch, t, hs, scale, true);
            }
            return out[0];
        };
        forward.run(); // fills what backward reads
        add("attention", shape, 2 * flop, forward);
        add("attention, backward", shape, 5 * flop, () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.attentionBackward(
                        dqkv, out, 0, c, stats, 0, qkv, 0, c, 2 * c, 3 * c, scratch, t, hs, scale, true);
            }
            return dqkv[0];
        });
    }

    private void norm() {
        float[] x = values(t * c);
        float[] dout = values(t * c);
        float[] out = new float[t * c];
        float[] stats = new float[2 * t];
        float[] weight = values(c);
        boolean centered = model.norm() == ModelConfig.Norm.LAYER_NORM;
        String shape = "%d x %d".formatted(t, c);
        double elements = (double) sequences * t * c;
        Measurement.Work forward = () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.norm(out, 0, stats, 0, x, 0, weight, 0, weight, 0, t, c, 1e-5f, centered, true);
            }
            return out[0];
        };
        forward.run();
        add("norm", shape, Flop.NORM * elements, forward);
        add("norm, backward", shape, Flop.NORM_BACKWARD * elements, () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.normBackward(out, 0, x, dout, 0, x, 0, stats, 0, weight, 0, t, c, centered, true);
            }
            return out[0];
        });
    }

    private void gelu() {
        int n = t * model.mlpWidth();
        float[] x = values(n);
        float[] dout = values(n);
        float[] out = new float[n];
        String shape = "%d x %d".formatted(t, model.mlpWidth());
        add("gelu", shape, Flop.GELU * sequences * n, () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.gelu(out, 0, x, 0, n, true);
            }
            return out[0];
        });
        add("gelu, backward", shape, Flop.GELU_BACKWARD * sequences * n, () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.geluBackward(out, 0, dout, 0, x, 0, n, true);
            }
            return out[0];
        });
    }

    private void crossEntropy() {
        int v = model.vocabulary();
        float[] logits = values(t * v);
        float[] dlogits = new float[t * v];
        double[] losses = new double[t];
        int[] targets = new int[t];
        add("cross-entropy", "%d x %d".formatted(t, v), Flop.CROSS_ENTROPY * sequences * t * v, () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.crossEntropy(losses, 0, dlogits, 0, logits, 0, targets, 0, t, v, 1f / t, true);
            }
            return dlogits[0];
        });
    }

    /** One update of all parameters, whatever the batch; a learning rate of 0, so that it can go on for ever. */
    private void adamw() {
        int n = (int) model.parameterCount();
        float[] p = values(n);
        float[] g = values(n);
        float[] m = new float[n];
        float[] v = new float[n];
        AdamWStep step = new AdamWStep(true, true, true);
        step.set(1000, 0, 0.01, 0.9, 0.999, 1e-8, 0.5f);
        add("AdamW, fused", "%d parameters".formatted(n), Flop.ADAMW * n, () -> {
            kernels.adamwFused(p, m, v, g, 0, n, step);
            return p[0];
        });
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
