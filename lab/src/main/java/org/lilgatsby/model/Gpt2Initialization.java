package org.lilgatsby.model;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.random.GeneratorState;
import org.lilgatsby.random.TorchGenerator;

/**
 * Draws a GPT-2's parameters like PyTorch and Hugging Face's GPT-2, then its embeddings as the experiment requires. The
 * order of the draws is part of the result: first the draws of the constructors, then all weights again from N(0,
 * 0.02), the projections back into the residual stream a third time from N(0, 0.02/sqrt(2L)), the output head last;
 * only then the experiment's own vectors.
 */
final class Gpt2Initialization {
    private static final float STD = 0.02f;

    /** The latest, since runs of a sweep often differ in nothing that the constructors draw. */
    private static volatile SoftReference<Constructed> latest = new SoftReference<>(null);

    private final ModelConfig model;
    private final Gpt2Layout layout;
    private final float[] values;

    Gpt2Initialization(ModelConfig model) {
        this.model = model;
        this.layout = new Gpt2Layout(model);
        this.values = new float[layout.length()];
    }

    /** A model as its constructors draw it, and the generator after that; never written to. */
    private record Constructed(
            ModelConfig model, long seed, int drawnBefore, float[] values, GeneratorState generator) {}

    InitialState draw(InitializationConfig how, Precision stored, long seed, int drawnBefore) {
        TorchGenerator generator = constructed(seed, drawnBefore);
        ParameterTensor wte = layout.wte();
        float[] common = how.mode().embed(new EmbeddingDraw(how, values, wte, generator, seed));
        float[] drawn = Arrays.copyOfRange(values, wte.at(), wte.end());
        for (int i = 0; i < values.length; i++) {
            values[i] = stored.store(values[i]);
        }
        return new InitialState(values, drawn, common, generator.state());
    }

    /** Fills the values, and returns the generator in the state after that. */
    private TorchGenerator constructed(long seed, int drawnBefore) {
        Constructed known = latest.get();
        if (known == null || known.seed != seed || known.drawnBefore != drawnBefore || !known.model.equals(model)) {
            TorchGenerator generator = new TorchGenerator(seed);
            generator.skip(drawnBefore);
            construct(generator);
            latest = new SoftReference<>(new Constructed(model, seed, drawnBefore, values.clone(), generator.state()));
            return generator;
        }
        System.arraycopy(known.values, 0, values, 0, values.length);
        return new TorchGenerator(known.generator);
    }

    /** The draws of {@code GPT2LMHeadModel(config)}. Values that a later draw replaces are skipped. */
    private void construct(TorchGenerator g) {
        skipNormal(g, layout.wte());
        skipNormal(g, layout.wpe());
        for (Gpt2Layout.Block block : layout.blocks()) {
            skipNormal(g, block.attention());
            skipNormal(g, block.projection());
            skipNormal(g, block.mlpUp());
            skipNormal(g, block.mlpDown());
        }
        float residual = (float) (0.02 / Math.sqrt(2.0 * model.layers()));
        normal(g, layout.wte(), STD);
        normal(g, layout.wpe(), STD);
        for (Gpt2Layout.Block block : layout.blocks()) {
            ones(block.norm1());
            normal(g, block.attention(), STD);
            skipNormal(g, block.projection());
            normal(g, block.projection(), residual);
            ones(block.norm2());
            normal(g, block.mlpUp(), STD);
            skipNormal(g, block.mlpDown());
            normal(g, block.mlpDown(), residual);
        }
        ones(layout.finalNorm());
        g.skip(layout.wte().size()); // the head's uniforms, which its normals replace
        if (model.tied()) {
            skipNormal(g, layout.wte());
        } else {
            normal(g, layout.head(), STD);
        }
    }

    private static void skipNormal(TorchGenerator g, ParameterTensor tensor) {
        g.skipNormal(tensor.size());
    }

    private void normal(TorchGenerator g, ParameterTensor tensor, float std) {
        g.normal(values, tensor.at(), tensor.size(), 0f, std);
    }

    private void ones(ParameterTensor tensor) {
        Arrays.fill(values, tensor.at(), tensor.end(), 1f);
    }
}
