package org.lilgatsby.model;

import java.util.Arrays;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.random.TorchGenerator;

/**
 * Draws a model's parameters as PyTorch and Hugging Face's GPT-2 do, then its embeddings as the experiment says. The
 * order of the draws is part of the result: the constructors' own first, then all weights again as N(0, 0.02), the
 * projections back into the residual stream a third time as N(0, 0.02/sqrt(2L)), the output head last; only then the
 * experiment's own vectors.
 */
public final class Initialization {
    private static final float STD = 0.02f;

    private final ModelConfig model;
    private final Gpt2Layout layout;
    private final float[] values;

    private Initialization(ModelConfig model) {
        this.model = model;
        this.layout = new Gpt2Layout(model);
        this.values = new float[layout.length()];
    }

    /** The initial state for a seed; the same for the same arguments on every machine. */
    public static InitialState draw(ModelConfig model, InitializationConfig how, Precision stored, long seed) {
        return new Initialization(model).draw(how, stored, new TorchGenerator(seed), seed);
    }

    private InitialState draw(InitializationConfig how, Precision stored, TorchGenerator generator, long seed) {
        construct(generator);
        float[] common = embed(how, generator, seed);
        ParameterTensor wte = layout.wte();
        float[] drawn = Arrays.copyOfRange(values, wte.at(), wte.end());
        for (int i = 0; i < values.length; i++) {
            values[i] = stored.store(values[i]);
        }
        return new InitialState(values, drawn, common, generator.state());
    }

    /** The draws of {@code GPT2LMHeadModel(config)}. */
    private void construct(TorchGenerator g) {
        normal(g, layout.wte(), 1f);
        normal(g, layout.wpe(), 1f);
        for (Gpt2Layout.Block block : layout.blocks()) {
            normal(g, block.attention(), STD);
            normal(g, block.projection(), STD);
            normal(g, block.mlpUp(), STD);
            normal(g, block.mlpDown(), STD);
        }
        float residual = (float) (0.02 / Math.sqrt(2.0 * model.layers()));
        normal(g, layout.wte(), STD);
        normal(g, layout.wpe(), STD);
        for (Gpt2Layout.Block block : layout.blocks()) {
            ones(block.norm1());
            normal(g, block.attention(), STD);
            normal(g, block.projection(), STD);
            normal(g, block.projection(), residual);
            ones(block.norm2());
            normal(g, block.mlpUp(), STD);
            normal(g, block.mlpDown(), STD);
            normal(g, block.mlpDown(), residual);
        }
        ones(layout.finalNorm());
        float[] head = new float[model.vocabulary() * model.width()];
        float bound = (float) (1 / Math.sqrt(model.width()));
        g.uniform(head, 0, head.length, -bound, bound);
        g.normal(head, 0, head.length, 0, STD);
        if (!model.tied()) {
            System.arraycopy(head, 0, values, layout.head().at(), head.length);
        }
    }

    /** Replaces W by the experiment's own; returns the common vector as drawn. */
    private float[] embed(InitializationConfig how, TorchGenerator generator, long seed) {
        int c = model.width();
        float sigma = (float) how.sigma();
        return switch (how.mode()) {
            case NORMAL -> {
                if (how.scale() != how.mode().usualScale()) {
                    float factor = (float) (how.scale() / how.mode().usualScale());
                    ParameterTensor wte = layout.wte();
                    for (int i = wte.at(); i < wte.end(); i++) {
                        values[i] *= factor;
                    }
                }
                yield new float[0];
            }
            case SINGULAR -> {
                float[] common = scaled(generator.randn(c), (float) how.scale());
                spread(common, null);
                yield common;
            }
            case SNOWBALL -> {
                float[] common = scaled(generator.randn(c), (float) how.scale());
                spread(common, noise(generator, sigma));
                yield common;
            }
            case UNIT_NOISE -> {
                float[] common = generator.randn(c);
                float length = norm(common);
                for (int i = 0; i < c; i++) {
                    common[i] = common[i] / length * (float) how.scale();
                }
                spread(common, noise(generator, sigma));
                yield common;
            }
            case BF16_NATIVE -> {
                generator.seed(seed);
                float[] common = rounded(scaled(generator.randn(c), (float) how.scale()));
                spread(common, sigma == 0 ? null : rounded(noise(generator, sigma)));
                ParameterTensor wte = layout.wte();
                for (int i = wte.at(); i < wte.end(); i++) {
                    values[i] = Bf16.round(values[i]);
                }
                yield common;
            }
        };
    }

    private float[] noise(TorchGenerator generator, float sigma) {
        return scaled(generator.randn(layout.wte().size()), sigma);
    }

    private void spread(float[] common, float[] noise) {
        for (int i = 0; i < layout.wte().size(); i++) {
            values[layout.wte().at() + i] = common[i % common.length] + (noise == null ? 0f : noise[i]);
        }
    }

    private void normal(TorchGenerator g, ParameterTensor tensor, float std) {
        g.normal(values, tensor.at(), tensor.size(), 0f, std);
    }

    private void ones(ParameterTensor tensor) {
        Arrays.fill(values, tensor.at(), tensor.end(), 1f);
    }

    private static float[] scaled(float[] vector, float factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
        return vector;
    }

    private static float[] rounded(float[] vector) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Bf16.round(vector[i]);
        }
        return vector;
    }

    private static float norm(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return (float) Math.sqrt(sum);
    }
}
