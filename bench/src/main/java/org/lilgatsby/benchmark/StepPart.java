package org.lilgatsby.benchmark;

import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.StepFlop;

/** The parts of a training step's time. */
public enum StepPart {
    PRODUCTS("matrix products, forward and backward"),
    WEIGHT_GRADIENTS("weight gradients"),
    ATTENTION("attention"),
    ATTENTION_BACKWARD("attention, backward"),
    NORMS("norms, forward and backward"),
    GELU("gelu, forward and backward"),
    CROSS_ENTROPY("cross-entropy"),
    SUMS("embeddings and bias gradients"),
    PACKING("packing of weights"),
    UPDATE("joining gradients, clipping, AdamW"),
    RECORDING("rounding for the recording"),
    REST("outside the kernels");

    private final String title;

    StepPart(String title) {
        this.title = title;
    }

    /** The name in tables. */
    public String title() {
        return title;
    }

    /** The part of a method of {@link org.lilgatsby.kernel.Kernels}; null for one that does no work of a step. */
    static StepPart of(String method) {
        return switch (method) {
            case "multiply" -> PRODUCTS;
            case "weightGradient" -> WEIGHT_GRADIENTS;
            case "attention" -> ATTENTION;
            case "attentionBackward" -> ATTENTION_BACKWARD;
            case "norm", "normBackward", "normParameterGradient" -> NORMS;
            case "gelu", "geluErf", "geluBackward" -> GELU;
            case "crossEntropy", "crossEntropyOfBf16" -> CROSS_ENTROPY;
            case "embed", "embedBackward", "add", "columnSums", "round" -> SUMS;
            case "pack" -> PACKING;
            case "joinParts", "sumOfSquares", "adamwFused", "adamwPerOp", "adamwStochastic", "adamwKahan" -> UPDATE;
            case "sgd", "sgdStochastic", "sgdKahan" -> UPDATE;
            case "toBf16", "differencesToBf16", "differences" -> RECORDING;
            case "description", "packed", "packedBytes", "attentionExps", "attentionScratch" -> null;
            default -> throw new IllegalArgumentException("no part of a step is known for the kernel " + method);
        };
    }

    /** Floating point operations per sequence, as {@link StepFlop} counts them; 0 for parts that it does not count. */
    double flop(ModelConfig model) {
        return switch (this) {
            case PRODUCTS -> StepFlop.dense(model) * 2 / 3;
            case WEIGHT_GRADIENTS -> StepFlop.dense(model) / 3;
            case ATTENTION -> StepFlop.attention(model) * 2 / 6;
            case ATTENTION_BACKWARD -> StepFlop.attention(model) * 4 / 6;
            default -> 0;
        };
    }
}
