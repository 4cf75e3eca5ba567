package org.lilgatsby.model;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.random.GeneratorState;
import org.lilgatsby.random.TorchGenerator;

/**
 * Draws a GPT-2's parameters like PyTorch and Hugging Face's GPT-2, or as {@link EncoderLayers}, then its embeddings as
 * the experiment requires. The order of the draws is part of the result: first the draws of the constructors, then all
 * weights again from N(0, 0.02), the projections back into the residual stream a third time from N(0, 0.02/sqrt(2L)),
 * the output head last; only then the experiment's own vectors.
 */
final class Gpt2Initialization {
    static final float STD = 0.02f;

    /** The latest, since runs of a sweep often differ in nothing that the constructors draw. */
    private static volatile SoftReference<Constructed> latest = new SoftReference<>(null);

    private final ModelConfig model;
    private final Gpt2Layout layout;
    private final boolean whole;
    private final float[] values;

    /** @param whole whether all parameters are wanted, or W alone */
    Gpt2Initialization(ModelConfig model, boolean whole) {
        this.model = model;
        this.layout = new Gpt2Layout(model);
        this.whole = whole;
        this.values = new float[layout.length()];
    }

    /** What decides the draws of the constructors. */
    private record Recipe(
            ModelConfig model,
            InitializationConfig.Blocks blocks,
            double tokens,
            double positions,
            Precision stored,
            long seed,
            int drawnBefore,
            boolean whole) {}

    /**
     * A model as its constructors draw it: all but W as stored if they are wanted, how W is drawn, and the generator
     * after that.
     */
    private record Constructed(Recipe recipe, float[] values, OwnRows rows, GeneratorState generator) {}

    InitialState draw(InitializationConfig how, Precision stored, long seed, int drawnBefore) {
        double tokens = how.blocks() == InitializationConfig.Blocks.GPT2 ? 0.02 : how.scale();
        Constructed constructed =
                constructed(new Recipe(model, how.blocks(), tokens, how.positions(), stored, seed, drawnBefore, whole));
        TorchGenerator generator = new TorchGenerator(constructed.generator);
        ParameterTensor wte = layout.wte();
        if (whole) {
            System.arraycopy(constructed.values, 0, values, 0, values.length);
        } else {
            Arrays.fill(values, 0, wte.at(), Float.NaN);
            Arrays.fill(values, wte.end(), values.length, Float.NaN);
        }
        EmbeddingDraw embedding = new EmbeddingDraw(how, values, constructed.rows, tokens, generator, seed);
        float[] common = how.mode().embed(embedding);
        embedding.complete();
        float[] drawn = Arrays.copyOfRange(values, wte.at(), wte.end());
        store(stored, wte.at(), wte.end());
        return new InitialState(values, drawn, common, generator.state());
    }

    private Constructed constructed(Recipe recipe) {
        Constructed known = latest.get();
        if (known == null || !known.recipe.equals(recipe)) {
            TorchGenerator generator = new TorchGenerator(recipe.seed);
            generator.skip(recipe.drawnBefore);
            ParameterDraws draws = new ParameterDraws(values, generator, whole);
            construct(recipe, draws);
            if (whole) {
                store(recipe.stored, 0, layout.wte().at());
                store(recipe.stored, layout.wte().end(), values.length);
            }
            known = new Constructed(recipe, whole ? values.clone() : new float[0], draws.rows(), generator.state());
            latest = new SoftReference<>(known);
        }
        return known;
    }

    private void store(Precision stored, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] = stored.store(values[i]);
        }
    }

    private void construct(Recipe recipe, ParameterDraws draws) {
        float positions = (float) recipe.positions;
        switch (recipe.blocks) {
            case GPT2 -> gpt2(draws, positions);
            case ENCODER_LAYERS ->
                new EncoderLayers(model, layout, draws).draw(false, (float) recipe.tokens, positions);
            case CLONED_ENCODER_LAYERS ->
                new EncoderLayers(model, layout, draws).draw(true, (float) recipe.tokens, positions);
        }
    }

    /** The draws of {@code GPT2LMHeadModel(config)}. Values that a later draw replaces are skipped. */
    private void gpt2(ParameterDraws draws, float positions) {
        draws.skipNormal(layout.wte());
        draws.skipNormal(layout.wpe());
        for (Gpt2Layout.Block block : layout.blocks()) {
            draws.skipNormal(block.attention());
            draws.skipNormal(block.projection());
            draws.skipNormal(block.mlpUp());
            draws.skipNormal(block.mlpDown());
        }
        float residual = (float) (0.02 / Math.sqrt(2.0 * model.layers()));
        draws.rows(layout.wte(), STD);
        draws.normal(layout.wpe(), positions);
        for (Gpt2Layout.Block block : layout.blocks()) {
            draws.ones(block.norm1());
            draws.normal(block.attention(), STD);
            draws.skipNormal(block.projection());
            draws.normal(block.projection(), residual);
            draws.ones(block.norm2());
            draws.normal(block.mlpUp(), STD);
            draws.skipNormal(block.mlpDown());
            draws.normal(block.mlpDown(), residual);
        }
        draws.ones(layout.finalNorm());
        draws.skipUniform(layout.wte().size()); // the head's uniforms, which its normals replace
        if (model.tied()) {
            draws.skipNormal(layout.wte());
        } else {
            draws.normal(layout.head(), STD);
        }
    }
}
