package org.lilgatsby.config;

import org.lilgatsby.bf16.Precision;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.corpus.WindowConfig.Order;
import org.lilgatsby.corpus.WindowConfig.Windows;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.InitializationConfig.Blocks;
import org.lilgatsby.model.ModelConfig.Activation;
import org.lilgatsby.model.ModelConfig.Norm;
import org.lilgatsby.model.PrecisionConfig.Compute;
import org.lilgatsby.model.PrecisionConfig.Loss;
import org.lilgatsby.model.PrecisionConfig.Update;
import org.lilgatsby.model.PrecisionConfig.View;
import org.lilgatsby.recording.RecordingConfig.Instant;
import org.lilgatsby.recording.RecordingConfig.Layout;
import org.lilgatsby.training.TrainingConfig.LossScale;
import org.lilgatsby.training.TrainingConfig.Targets;

/** What each choice of a configuration does, in one line, as printed beside the value. */
public final class ConfigReasons {
    private ConfigReasons() {}

    static String ofConclusion(String conclusion) {
        return BuiltIn.find(conclusion)
                .map(experiment -> "report and verdict (" + experiment.asks() + ")")
                .orElse("only the figures that every run has; no hypothesis");
    }

    public static String of(Preparation preparation) {
        return switch (preparation) {
            case NONE -> "the bytes of the text as they are";
            case TRAINING_CORPUS -> "between the Gutenberg markers, stripped, characters outside ASCII dropped";
            case GATSBY_CLEAN -> "between the Gutenberg markers, paragraphs on one line each, transliterated to ASCII";
        };
    }

    public static String of(Windows windows) {
        return switch (windows) {
            case EVERY -> "context + 1 ids from every position";
            case BLOCKS -> "blocks of context + 1 ids, without overlap";
            case CONTEXT_BLOCKS -> "blocks of context ids, without overlap; the id after a block is not a target";
            case RANDOM -> "context + 1 ids from random positions, drawn once";
        };
    }

    public static String of(Order order) {
        return switch (order) {
            case RESEEDED -> "each epoch a permutation from a generator seeded with seed + epoch";
            case OWN_GENERATOR -> "a shuffling DataLoader with a generator of its own";
            case GLOBAL_GENERATOR -> "a shuffling DataLoader on the global generator, after the model's draws";
            case SEQUENTIAL -> "in the order of the corpus; random windows as they were drawn";
        };
    }

    public static String of(Norm norm) {
        return switch (norm) {
            case LAYER_NORM -> "mean and variance, scale and shift, epsilon 1e-5";
            case RMS_NORM -> "root mean square, scale only, epsilon 1e-5";
        };
    }

    public static String of(Activation activation) {
        return switch (activation) {
            case GELU_NEW -> "x times the normal distribution function, in its tanh form";
            case GELU -> "x times the normal distribution function itself, by erf";
        };
    }

    public static String of(Blocks blocks) {
        return switch (blocks) {
            case GPT2 ->
                "all but W as Hugging Face's GPT-2: N(0, 0.02), less for the projections into the residual stream";
            case ENCODER_LAYERS -> "all but W as nn.TransformerEncoderLayer, each layer with draws of its own";
            case CLONED_ENCODER_LAYERS ->
                "all but W as nn.TransformerEncoder: copies of one layer, all equal at the start";
        };
    }

    static String ofSigma(InitializationConfig start) {
        if (!start.mode().hasNoise()) {
            return "this mode adds no noise";
        }
        return start.sigma() == 0
                ? "no noise: all rows start equal"
                : "standard deviation of each row's noise, per component";
    }

    public static String of(Targets targets) {
        return switch (targets) {
            case NEXT -> "position t predicts token t+1";
            case NEXT_WITHIN -> "position t predicts token t+1 of those that the model sees; the last predicts none";
            case DOUBLE_SHIFT -> "position t predicts token t+2: the notebooks' data set and model both shift";
        };
    }

    public static String of(LossScale scale, Targets targets, int context) {
        int positions = targets.counted(context);
        return switch (scale) {
            case MEAN -> "the loss is the mean over the %d positions that count".formatted(positions);
            case PER_LABEL ->
                "the loss is the sum over %d positions divided by %d labels".formatted(positions, context);
        };
    }

    public static String ofMoments(Precision moments) {
        return switch (moments) {
            case BF16 -> "as stored; in bf16 exp_avg_sq times 0.999 rounds back to itself and never decays";
            case F32 -> "as stored";
        };
    }

    public static String ofCompute(Compute compute) {
        return switch (compute) {
            case BF16 -> "sums in float32, the output of each operation rounded once";
            case AUTOCAST -> "factors and outputs of products rounded; residual stream, norms and loss in float32";
            case F32 -> "nothing is rounded between operations";
        };
    }

    public static String of(Update update) {
        return switch (update) {
            case FUSED -> "float32 inside, one rounding per stored tensor";
            case PER_OP -> "a rounding after every operation on a tensor";
            case STOCHASTIC -> "float32 inside; a parameter is rounded up or down at random, without bias";
            case KAHAN -> "float32 inside; the rounding error of a parameter is kept and added at the next update";
        };
    }

    public static String of(View view) {
        return switch (view) {
            case STORED -> "figures of W are those of W as it is stored";
            case BF16 -> "figures of W are those of W rounded to bf16, as products read it";
        };
    }

    public static String of(Loss loss) {
        return switch (loss) {
            case F32 -> "logits are turned to float32 before log_softmax";
            case BF16 ->
                "log-probabilities are rounded to bf16, and so are the loss and the gradient that come of them";
        };
    }

    public static String of(Instant instant) {
        return switch (instant) {
            case AFTER -> "a row holds the state after an update, and what that update computed";
            case BEFORE -> "a row holds the state before an update, and what that update computes; the last has none";
        };
    }

    public static String of(Layout layout) {
        return switch (layout) {
            case STREAM -> "one recording.safetensors, laid out at the start and filled as training goes";
            case PER_STEP -> "one file per row: steps/step_0000000.safetensors and so on";
        };
    }
}
