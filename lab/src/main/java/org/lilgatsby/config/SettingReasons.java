package org.lilgatsby.config;

import java.util.Locale;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.corpus.TokenSource;
import org.lilgatsby.corpus.WindowConfig.LastBlock;
import org.lilgatsby.corpus.WindowConfig.Order;
import org.lilgatsby.corpus.WindowConfig.Windows;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.StepChoice;
import org.lilgatsby.training.Optimizer;
import org.lilgatsby.training.Schedule;
import org.lilgatsby.training.TrainingConfig;

/**
 * What stands beside a printed value: what the value does, where that depends on it or on others; otherwise what its
 * component says.
 */
final class SettingReasons {
    private SettingReasons() {}

    static String of(SettingComponent component, Object value, ExperimentConfig config) {
        String key = component.key();
        String reason = switch (key.substring(0, Math.max(0, key.indexOf('.')))) {
            case "" -> key.equals("conclusion") ? ConfigReasons.ofConclusion(config.conclusion()) : null;
            case "corpus" -> ofCorpus(key, config.corpus());
            case "model" -> ofModel(key, config.model(), config.corpus().isBytes());
            case "initialization" -> ofInitialization(key, config.initialization());
            case "training" -> ofTraining(key, config.training(), config.model().context());
            case "precision" -> ofPrecision(key, config.precision());
            case "recording" -> ofRecording(key, config.recording());
            default -> null;
        };
        return reason != null ? reason : ofChoice(value, component.reason());
    }

    private static String ofCorpus(String key, CorpusConfig corpus) {
        return switch (key) {
            case "corpus.source" ->
                corpus.source() == null ? "the built-in synthetic corpus, unless a path names a text" : "the text";
            case "corpus.drop_unknown" ->
                corpus.dropUnknown()
                        ? "bytes outside the vocabulary are left out"
                        : "a byte outside the vocabulary is an error";
            case "corpus.last_block" ->
                "what is left after the last whole block is "
                        + (corpus.windows().lastBlock() == LastBlock.KEEP ? "a window too" : "left out");
            case "corpus.tokenizer" ->
                corpus.tokens() instanceof TokenSource.Files ? "names the ids" : "encodes the text";
            default -> null;
        };
    }

    private static String ofModel(String key, ModelConfig model, boolean bytes) {
        return switch (key) {
            case "model.vocabulary" -> bytes ? "token ids; a byte is its own id" : "token ids";
            case "model.layers" ->
                String.format(
                        Locale.ROOT, "blocks of attention and MLP; %,d parameters in all", model.parameterCount());
            case "model.heads" -> "attention heads per block, %d components each".formatted(model.headSize());
            case "model.context" -> (bytes ? "bytes" : "ids") + " of a window, and learned positions";
            case "model.tied" ->
                model.tied()
                        ? "the output head is the embedding matrix, so every row is pushed at every step"
                        : "the output head is a matrix of its own, so a dead token's embedding gets no gradient";
            case "model.biases" ->
                model.biases()
                        ? "linear layers and norms have them"
                        : "no linear layer and no norm has one; sums start from 0";
            default -> null;
        };
    }

    private static String ofInitialization(String key, InitializationConfig start) {
        return switch (key) {
            case "initialization.scale" -> start.mode().meaningOfScale();
            case "initialization.sigma" -> ConfigReasons.ofSigma(start);
            default -> null;
        };
    }

    private static String ofTraining(String key, TrainingConfig training, int context) {
        return switch (key) {
            case "training.steps" ->
                training.horizon() == training.steps() ? "updates; the schedule runs over all of them" : "updates";
            case "training.horizon" ->
                "updates that the schedule runs over"
                        + (training.horizon() == training.steps() ? "" : "; the run ends before them");
            case "training.learning_rate" ->
                training.warmup() > 0 ? "of the first step after the warm-up" : "of the first step";
            case "training.weight_decay" ->
                training.weightDecay() == 0
                        ? "none"
                        : "decoupled; " + training.decayed().reason();
            case "training.clip" ->
                training.clip() == 0
                        ? "off"
                        : "largest norm of the gradient over all parameters; gradients are recorded before clipping";
            case "training.loss_scale" -> ConfigReasons.of(training.lossScale(), training.targets(), context);
            default -> null;
        };
    }

    private static String ofPrecision(String key, PrecisionConfig precision) {
        return switch (key) {
            case "precision.moments" -> ConfigReasons.ofMoments(precision.moments());
            case "precision.compute" -> ConfigReasons.ofCompute(precision.compute());
            default -> null;
        };
    }

    private static String ofRecording(String key, RecordingConfig recording) {
        return key.equals("recording.steps") && recording.steps().rule() instanceof StepChoice.Geometric(int n)
                ? "0, 1, 2, 4 and so on below %d, then every %dth".formatted(n, n)
                : null;
    }

    private static String ofChoice(Object value, String otherwise) {
        return switch (value) {
            case Initialization mode -> mode.reason();
            case Optimizer optimizer -> optimizer.reason();
            case Schedule schedule -> schedule.reason();
            case Preparation preparation -> ConfigReasons.of(preparation);
            case Windows windows -> ConfigReasons.of(windows);
            case Order order -> ConfigReasons.of(order);
            case ModelConfig.Norm norm -> ConfigReasons.of(norm);
            case ModelConfig.Activation activation -> ConfigReasons.of(activation);
            case InitializationConfig.Blocks blocks -> ConfigReasons.of(blocks);
            case TrainingConfig.Targets targets -> ConfigReasons.of(targets);
            case PrecisionConfig.Update update -> ConfigReasons.of(update);
            case PrecisionConfig.View view -> ConfigReasons.of(view);
            case PrecisionConfig.Loss loss -> ConfigReasons.of(loss);
            case RecordingConfig.Instant instant -> ConfigReasons.of(instant);
            case RecordingConfig.Layout layout -> ConfigReasons.of(layout);
            case null, default -> otherwise;
        };
    }
}
