package org.lilgatsby.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.lilgatsby.safetensors.Shape;

/**
 * The shape of a GPT-2 with layer norms.
 *
 * @param vocabulary V, rows of the embedding matrix
 * @param context T, learned positions
 * @param width C, components of an embedding; a multiple of {@code heads}
 * @param layers L, blocks
 * @param heads attention heads of a block
 * @param layerNormEpsilon added to the variance in every layer norm
 * @param tied whether the output head is the embedding matrix itself
 * @param activation the MLP's function by Hugging Face's name, {@code gelu_new} or {@code gelu}
 * @param inner hidden units of the MLP
 */
public record Gpt2Dimensions(
        int vocabulary,
        int context,
        int width,
        int layers,
        int heads,
        double layerNormEpsilon,
        boolean tied,
        String activation,
        int inner) {
    private static final Set<String> ACTIVATIONS = Set.of("gelu_new", "gelu");

    /** With GPT-2's own MLP: four times the width, with gelu_new. */
    public Gpt2Dimensions(
            int vocabulary, int context, int width, int layers, int heads, double layerNormEpsilon, boolean tied) {
        this(vocabulary, context, width, layers, heads, layerNormEpsilon, tied, "gelu_new", 4 * width);
    }

    /** @throws IllegalArgumentException if a size is not positive, or the heads do not divide the width */
    public Gpt2Dimensions {
        if (vocabulary < 1
                || context < 1
                || width < 1
                || layers < 1
                || heads < 1
                || inner < 1
                || !(layerNormEpsilon > 0)) {
            throw new IllegalArgumentException(
                    ("every size must be positive: vocabulary %d, context %d, width %d, layers %d, heads %d, inner %d, "
                                    + "epsilon %s")
                            .formatted(vocabulary, context, width, layers, heads, inner, layerNormEpsilon));
        }
        if (!ACTIVATIONS.contains(activation)) {
            throw new IllegalArgumentException("the activation is gelu_new or gelu, not " + activation);
        }
        if (width % heads != 0) {
            throw new IllegalArgumentException("%d heads do not divide the width %d".formatted(heads, width));
        }
    }

    /** The shape of every tensor by its Hugging Face name; weights of linear layers are [in, out] (Conv1D). */
    public Map<String, Shape> tensors() {
        Map<String, Shape> tensors = new LinkedHashMap<>();
        tensors.put("transformer.wte.weight", Shape.of(vocabulary, width));
        tensors.put("transformer.wpe.weight", Shape.of(context, width));
        for (int layer = 0; layer < layers; layer++) {
            String block = "transformer.h." + layer + ".";
            putNorm(tensors, block + "ln_1");
            putLinear(tensors, block + "attn.c_attn", width, 3L * width);
            putLinear(tensors, block + "attn.c_proj", width, width);
            putNorm(tensors, block + "ln_2");
            putLinear(tensors, block + "mlp.c_fc", width, inner);
            putLinear(tensors, block + "mlp.c_proj", inner, width);
        }
        putNorm(tensors, "transformer.ln_f");
        if (!tied) {
            tensors.put("lm_head.weight", Shape.of(vocabulary, width));
        }
        return tensors;
    }

    private void putNorm(Map<String, Shape> tensors, String name) {
        tensors.put(name + ".weight", Shape.of(width));
        tensors.put(name + ".bias", Shape.of(width));
    }

    private static void putLinear(Map<String, Shape> tensors, String name, long in, long out) {
        tensors.put(name + ".weight", Shape.of(in, out));
        tensors.put(name + ".bias", Shape.of(out));
    }
}
