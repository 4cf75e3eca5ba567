package org.lilgatsby.benchmark;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;

import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.kernel.AdamWStep;
import org.lilgatsby.kernel.CacheLine;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.PackedMatrix;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.StepFlop;

/**
 * The kernels of a model's training step at its shapes. A case of several sequences works as the step does: one
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

    /**
     * Every kernel that takes more than a hundredth of a step, and its products alone, for a batch of the given number
     * of sequences.
     */
    public static List<KernelCase> of(Kernels kernels, ModelConfig model, int sequences) {
        KernelCases cases = new KernelCases(kernels, model, sequences);
        int c = model.width();
        int[][] layers = {{c, 3 * c}, {c, c}, {c, model.ffn()}, {model.ffn(), c}, {c, model.vocabulary()}};
        for (int[] layer : layers) {
            cases.layer("forward", layer[0], layer[1], false);
        }
        for (int[] layer : layers) {
            cases.layer("backward, data", layer[1], layer[0], true);
        }
        for (int[] layer : layers) {
            cases.product("forward, product alone", layer[0], layer[1], false);
        }
        for (int[] layer : layers) {
            cases.product("backward, product alone", layer[1], layer[0], true);
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
        cases.add(new KernelCase(name, shape, flop, false, work));
    }

    private void addDense(String name, String shape, double flop, Measurement.Work work) {
        cases.add(new KernelCase(name, shape, flop, true, work));
    }

    /** A linear layer with its bias, or the gradient of its input, rounded as under bf16 compute; including packing. */
    private void layer(String name, int in, int out, boolean transposed) {
        float[] w = values(in * out);
        PackedMatrix packed = kernels.packed(in, out);
        Measurement.Work products = products(packed, in, out, transposed, true);
        addDense(name, shape(in, out), sequences * StepFlop.product(t, in, out), () -> {
            kernels.pack(packed, w, ALIGNED_OFFSET, transposed ? in : out, transposed, false);
            return products.run();
        });
    }

    /** The same with a matrix that is already packed, without rounding. */
    private void product(String name, int in, int out, boolean transposed) {
        PackedMatrix packed = kernels.packed(in, out);
        kernels.pack(packed, values(in * out), ALIGNED_OFFSET, transposed ? in : out, transposed, false);
        Measurement.Work work = products(packed, in, out, transposed, false);
        addDense(name, shape(in, out), sequences * StepFlop.product(t, in, out), work);
    }

    private String shape(int in, int out) {
        return "%d x %d x %d".formatted(t, in, out);
    }

    private Measurement.Work products(PackedMatrix packed, int in, int out, boolean transposed, boolean rounded) {
        float[] a = values(t * in);
        float[] bias = transposed ? null : values(out);
        float[] result = CacheLine.floats(t * out);
        return () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.multiply(
                        result, ALIGNED_OFFSET, out, null, a, ALIGNED_OFFSET, in,
                        packed, bias, ALIGNED_OFFSET, t, rounded);
            }
            return result[ALIGNED_OFFSET];
        };
    }

    private void weightGradient(int in, int out) {
        float[] x = values(t * in);
        float[] dy = values(t * out);
        float[] result = CacheLine.floats(in * out);
        String shape = "%d x %d x %d".formatted(in, t, out);
        addDense("weight gradient", shape, sequences * StepFlop.product(in, t, out), () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.weightGradient(
                        result, ALIGNED_OFFSET, out, x, ALIGNED_OFFSET, in, dy, ALIGNED_OFFSET, out,
                        t, 0, in, out, i > 0);
            }
            return result[ALIGNED_OFFSET];
        });
    }

    private void attention() {
        int hs = model.headSize();
        float[] qkv = values(t * 3 * c);
        float[] out = CacheLine.floats(t * c);
        float[] dqkv = CacheLine.floats(t * 3 * c);
        float[] exps = CacheLine.floats(kernels.attentionExps(t));
        float[] reciprocals = new float[t];
        float[] scratch = new float[kernels.attentionScratch(t, hs)];
        float scale = (float) (1 / Math.sqrt(hs));
        String shape = "%d x %d, one head".formatted(t, hs);
        double flop = sequences * StepFlop.pairs(t, hs);
        Measurement.Work forward = () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.attention(
                        out, ALIGNED_OFFSET, c, exps, ALIGNED_OFFSET, reciprocals, 0,
                        qkv, ALIGNED_OFFSET, ALIGNED_OFFSET + c, ALIGNED_OFFSET + 2 * c, 3 * c,
                        scratch, t, hs, scale, true);
            }
            return out[ALIGNED_OFFSET];
        };
        forward.run(); // fills what backward reads
        add("attention", shape, 2 * flop, forward);
        add("attention, backward", shape, 4 * flop, () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.attentionBackward(
                        dqkv, out, ALIGNED_OFFSET, c, exps, ALIGNED_OFFSET, reciprocals, 0,
                        qkv, ALIGNED_OFFSET, ALIGNED_OFFSET + c, ALIGNED_OFFSET + 2 * c, 3 * c,
                        scratch, t, hs, scale, true);
            }
            return dqkv[ALIGNED_OFFSET];
        });
    }

    private void norm() {
        float[] x = values(t * c);
        float[] dout = values(t * c);
        float[] out = CacheLine.floats(t * c);
        float[] stats = new float[2 * t];
        float[] weight = values(c);
        boolean centered = model.norm() == ModelConfig.Norm.LAYER_NORM;
        String shape = "%d x %d".formatted(t, c);
        double elements = (double) sequences * t * c;
        Measurement.Work forward = () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.norm(
                        out, ALIGNED_OFFSET, stats, 0, x, ALIGNED_OFFSET,
                        weight, ALIGNED_OFFSET, weight, ALIGNED_OFFSET,
                        t, c, 1e-5f, centered, true);
            }
            return out[ALIGNED_OFFSET];
        };
        forward.run();
        add("norm", shape, Flop.NORM * elements, forward);
        add("norm, backward", shape, Flop.NORM_BACKWARD * elements, () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.normBackward(
                        out, ALIGNED_OFFSET, x, dout, ALIGNED_OFFSET, x, ALIGNED_OFFSET,
                        stats, 0, weight, ALIGNED_OFFSET,
                        t, c, centered, true);
            }
            return out[ALIGNED_OFFSET];
        });
    }

    private void gelu() {
        int n = t * model.ffn();
        float[] x = values(n);
        float[] dout = values(n);
        float[] derivative = values(n);
        float[] out = CacheLine.floats(n);
        String shape = "%d x %d".formatted(t, model.ffn());
        add("gelu", shape, Flop.GELU * sequences * n, () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.gelu(out, ALIGNED_OFFSET, derivative, ALIGNED_OFFSET, x, ALIGNED_OFFSET, n, true);
            }
            return out[ALIGNED_OFFSET];
        });
        add("gelu, backward", shape, Flop.GELU_BACKWARD * sequences * n, () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.geluBackward(out, ALIGNED_OFFSET, dout, ALIGNED_OFFSET, derivative, ALIGNED_OFFSET, n, true);
            }
            return out[ALIGNED_OFFSET];
        });
    }

    private void crossEntropy() {
        int v = model.vocabulary();
        float[] logits = values(t * v);
        float[] dlogits = CacheLine.floats(t * v);
        double[] losses = new double[t];
        int[] targets = new int[t];
        add("cross-entropy", "%d x %d".formatted(t, v), Flop.CROSS_ENTROPY * sequences * t * v, () -> {
            for (int i = 0; i < sequences; i++) {
                kernels.crossEntropy(
                        losses, 0, dlogits, ALIGNED_OFFSET, logits, ALIGNED_OFFSET, targets, 0, t, v, 1f / t, true);
            }
            return dlogits[ALIGNED_OFFSET];
        });
    }

    /** One update of all parameters, whatever the batch; the learning rate is 0, so it can be repeated for ever. */
    private void adamw() {
        int n = (int) model.parameterCount();
        float[] p = values(n);
        float[] g = values(n);
        float[] m = CacheLine.floats(n);
        float[] v = CacheLine.floats(n);
        AdamWStep step = new AdamWStep(true, true, true);
        step.set(1000, 0, 0.01, 0.9, 0.999, 1e-8, 0.5f);
        add("AdamW, fused", "%d parameters".formatted(n), Flop.ADAMW * n, () -> {
            kernels.adamwFused(p, m, v, g, ALIGNED_OFFSET, n, step);
            return p[ALIGNED_OFFSET];
        });
        add("AdamW, stochastic", "%d parameters".formatted(n), Flop.ADAMW * n, () -> {
            kernels.adamwStochastic(p, m, v, g, ALIGNED_OFFSET, n, 0, step);
            return p[ALIGNED_OFFSET];
        });
        float[] c = CacheLine.floats(n);
        add("AdamW, kahan", "%d parameters".formatted(n), Flop.ADAMW * n, () -> {
            kernels.adamwKahan(p, c, m, v, g, ALIGNED_OFFSET, n, step);
            return p[ALIGNED_OFFSET];
        });
    }

    /**
     * Bounded values from {@link CacheLine#ALIGNED_OFFSET} on, without a generator: rates do not depend on the values.
     */
    private static float[] values(int n) {
        float[] values = CacheLine.floats(n);
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 37 % 101 - 50) / 64f;
        }
        return values;
    }
}
