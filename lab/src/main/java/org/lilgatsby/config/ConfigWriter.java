package org.lilgatsby.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.TokenSource;
import org.lilgatsby.corpus.TokenSource.TokenizerChoice;
import org.lilgatsby.corpus.WindowConfig;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.StepChoice;
import org.lilgatsby.settings.Settings;
import org.lilgatsby.tokenfile.TokenFormat;
import org.lilgatsby.tokenizer.Recipe;
import org.lilgatsby.tokenizer.TrainingOptions;
import org.lilgatsby.training.Decayed;
import org.lilgatsby.training.PerturbationConfig;
import org.lilgatsby.training.TrainingConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prints a configuration: every key in a fixed order, with the effect of its value beside it. Makes the tree that the
 * text would be read as on the way.
 */
final class ConfigWriter {
    private static final int COMMENT_COLUMN = 34;

    /** Indentation of a level. */
    private static final int INDENT = 2;

    private final StringBuilder out = new StringBuilder();
    private final List<ObjectNode> levels = new ArrayList<>(List.of(JsonNodeFactory.instance.objectNode()));

    private ConfigWriter() {}

    static String write(ExperimentConfig config) {
        return of(config).out.toString();
    }

    static ObjectNode tree(ExperimentConfig config) {
        return of(config).levels.getFirst();
    }

    private static ConfigWriter of(ExperimentConfig config) {
        ConfigWriter writer = new ConfigWriter();
        writer.identity(config);
        writer.corpus(config.corpus());
        writer.model(config.model(), config.corpus().isBytes());
        writer.initialization(config.initialization());
        writer.training(config.training(), config.model());
        writer.perturbation(config.perturbation());
        writer.precision(config.precision());
        writer.recording(config.recording(), config.model());
        return writer;
    }

    private void identity(ExperimentConfig config) {
        setting("name", new Quoted(config.name()), "the run's directory is called after it");
        setting("title", new Quoted(config.title()), "heads lists and reports");
        setting("conclusion", config.conclusion(), ConfigReasons.ofConclusion(config.conclusion()));
        setting(
                "seed",
                config.seed(),
                "of PyTorch's generator: the start of every parameter and the order of the windows");
    }

    private void corpus(CorpusConfig corpus) {
        group("corpus");
        if (corpus.source() == null) {
            setting("  source", null, "the built-in synthetic corpus; a path takes a text instead");
        } else {
            setting("  source", new Quoted(corpus.source()), "the text");
        }
        setting("  preparation", corpus.preparation(), ConfigReasons.of(corpus.preparation()));
        setting(
                "  drop_unknown",
                corpus.dropUnknown(),
                corpus.dropUnknown()
                        ? "bytes outside the vocabulary are left out"
                        : "a byte outside the vocabulary is an error");
        // What is as usual is not printed, so that keys stay as they were before there was a choice.
        tokens(corpus.tokens());
        windows(corpus.windows());
        if (corpus.dead().ids() != null) {
            setting("  dead", new Quoted(corpus.dead().ids()), "the dead ids, whether they occur or not");
        }
        if (corpus.dead().rare() > 0) {
            setting("  rare", corpus.dead().rare(), "most occurrences of an id that is called rare");
        }
    }

    private void tokens(TokenSource tokens) {
        switch (tokens) {
            case TokenSource.Bytes _ -> {}
            case TokenSource.Encoded(TokenizerChoice choice, String endToken, String renumber) -> {
                switch (choice) {
                    case TokenizerChoice.Named(String path) -> path("tokenizer", path, "encodes the text");
                    case TokenizerChoice.Trained(Recipe recipe, TrainingOptions options) -> train(recipe, options);
                }
                path("renumber", renumber, "new ids, and one for all others");
                path("end_token", endToken, "put behind each document");
            }
            case TokenSource.Files(
                    String files,
                    String tensor,
                    TokenFormat format,
                    String tokenizer,
                    String renumber) -> {
                path("tokenizer", tokenizer, "names the ids");
                path("tokens", files, "hold token ids");
                path("tensor", tensor, "of safetensors files");
                if (format != null) {
                    setting("  format", format, "of the files");
                }
                path("renumber", renumber, "new ids, and one for all others");
            }
        }
    }

    private void path(String key, String text, String reason) {
        if (text != null) {
            setting("  " + key, new Quoted(text), reason);
        }
    }

    private void train(Recipe recipe, TrainingOptions options) {
        group("  train");
        setting("    recipe", recipe, "a tokenizer is trained on the text: its pieces and characters");
        setting("    vocabulary", options.vocabulary(), "ids; fewer where no pair occurs often enough");
        setting("    min_frequency", options.minFrequency(), "occurrences that a pair needs to be merged");
        setting(
                "    special_tokens",
                options.special().stream().map(Quoted::new).toList(),
                "they have the first ids");
        setting("    initial_alphabet", new Quoted(options.alphabet()), "characters that have an id in any case");
        if (options.alphabetLimit().isPresent()) {
            setting("    limit_alphabet", options.alphabetLimit().getAsInt(), "most characters");
        }
        if (options.longestToken().isPresent()) {
            setting("    max_token_length", options.longestToken().getAsInt(), "a merged token is shorter");
        }
    }

    private void windows(WindowConfig windows) {
        if (windows.windows() != WindowConfig.USUAL.windows()) {
            setting("  windows", windows.windows(), ConfigReasons.of(windows.windows()));
        }
        if (windows.starts().isPresent()) {
            setting("  starts", windows.starts().getAsInt(), "number of random windows");
        }
        if (windows.lastBlock() != WindowConfig.USUAL.lastBlock()) {
            setting("  last_block", windows.lastBlock(), "what is left behind the last whole block is a window too");
        }
        if (windows.order() != WindowConfig.USUAL.order()) {
            setting("  order", windows.order(), ConfigReasons.of(windows.order()));
        }
        if (windows.dataSeed().isPresent()) {
            setting("  data_seed", windows.dataSeed().getAsLong(), "seed of windows and order, beside the model's");
        }
    }

    private void model(ModelConfig model, boolean bytes) {
        group("model");
        setting("  vocabulary", model.vocabulary(), bytes ? "token ids; a byte is its own id" : "token ids");
        setting("  width", model.width(), "components of an embedding");
        setting(
                "  layers",
                model.layers(),
                "blocks of attention and MLP; %,d parameters in all",
                model.parameterCount());
        setting("  heads", model.heads(), "attention heads a block, %d components each", model.headSize());
        setting("  context", model.context(), (bytes ? "bytes" : "ids") + " of a window, and learned positions");
        setting("  norm", model.norm(), ConfigReasons.of(model.norm()));
        setting(
                "  tied",
                model.tied(),
                model.tied()
                        ? "the output head is the embedding matrix, so every row is pushed at every step"
                        : "the output head is a matrix of its own, so a dead token's embedding gets no gradient");
        mlp(model);
    }

    /** GPT-2's own MLP and biases are not printed, so that keys stay as they were before there were others. */
    private void mlp(ModelConfig model) {
        if (model.activation() != ModelConfig.Activation.GELU_NEW) {
            setting("  activation", model.activation(), ConfigReasons.of(model.activation()));
        }
        if (model.ffn() != ModelConfig.USUAL_FFN * model.width()) {
            setting("  ffn", model.ffn(), "hidden units of the MLP");
        }
        if (!model.biases()) {
            setting("  biases", false, "no linear layer and no norm has one; sums start from 0");
        }
    }

    private void initialization(InitializationConfig start) {
        group("initialization");
        setting("  mode", start.mode().name(), start.mode().reason());
        setting("  scale", start.scale(), start.mode().meaningOfScale());
        setting("  sigma", start.sigma(), ConfigReasons.ofSigma(start));
        // GPT-2's own are not printed, so that keys stay as they were before there were others.
        if (start.blocks() != InitializationConfig.Blocks.GPT2) {
            setting("  blocks", start.blocks(), ConfigReasons.of(start.blocks()));
        }
        if (start.positions() != InitializationConfig.USUAL_POSITIONS) {
            setting("  positions", start.positions(), "standard deviation of the position embeddings");
        }
        start.file().ifPresent(file -> {
            setting("  file", new Quoted(file.path()), "holds W");
            file.tensor().ifPresent(tensor -> setting("  tensor", new Quoted(tensor), "its name in the file"));
            setting("  sha256", new Quoted(file.sha256()), "of the file");
        });
    }

    /** Settings that later versions added are printed only if they are used, so that keys of other runs stay. */
    private void training(TrainingConfig training, ModelConfig model) {
        group("training");
        boolean whole = training.horizon() == training.steps();
        setting("  steps", training.steps(), whole ? "updates; the schedule runs over all of them" : "updates");
        setting("  batch", training.batch(), "windows of a micro-batch");
        setting("  accumulation", training.accumulation(), "micro-batches whose gradients are added before an update");
        setting("  optimizer", training.optimizer().name(), training.optimizer().reason());
        boolean warmsUp = training.warmup() > 0;
        String first = warmsUp ? "of the first step after the warm-up" : "of the first step";
        setting("  learning_rate", training.learningRate(), first);
        setting("  schedule", training.schedule().name(), training.schedule().reason());
        if (!whole) {
            setting("  horizon", training.horizon(), "updates that the schedule runs over; the run is their beginning");
        }
        if (warmsUp) {
            setting("  warmup", training.warmup(), "steps over which the learning rate rises linearly");
        }
        if (training.warmupFrom() > 0) {
            setting("  warmup_from", training.warmupFrom(), "share of the learning rate that step 1 uses");
        }
        if (training.floor() > 0) {
            setting("  floor", training.floor(), "share of the learning rate that the schedule falls to");
        }
        setting(
                "  weight_decay",
                training.weightDecay(),
                training.weightDecay() == 0
                        ? "none"
                        : "decoupled; " + training.decayed().reason());
        if (training.decayed() != Decayed.Group.MATRICES) {
            Object decayed =
                    training.decayed() instanceof Decayed.Named(List<String> names) ? names : training.decayed();
            setting("  decayed", decayed, "parameters that decay");
        }
        setting("  beta1", training.beta1(), "decay of AdamW's first moment, exp_avg");
        setting("  beta2", training.beta2(), "decay of AdamW's second moment, exp_avg_sq");
        setting("  epsilon", training.epsilon(), "added to AdamW's denominator");
        setting(
                "  clip",
                training.clip(),
                training.clip() == 0
                        ? "off"
                        : "largest norm of the gradient over all parameters; gradients are recorded before");
        setting("  targets", training.targets(), ConfigReasons.of(training.targets()));
        setting(
                "  loss_scale",
                training.lossScale(),
                ConfigReasons.of(training.lossScale(), training.targets(), model.context()));
        setting("  log_every", training.logEvery(), "steps over which a printed loss is averaged");
    }

    /** A run without noise does not print the group, so its key is the same as in versions that did not know it. */
    private void perturbation(PerturbationConfig noise) {
        if (noise.isOn()) {
            group("perturbation");
            setting(
                    "  sigma",
                    noise.sigma(),
                    "standard deviation of the noise, per component, that is added after an update");
            setting("  every", noise.every(), "updates from one to the next that noise is added after");
            setting("  tensors", noise.tensors(), "each a draw of its own, in this order");
        }
    }

    private void precision(PrecisionConfig precision) {
        group("precision");
        setting("  parameters", precision.parameters(), "as stored");
        setting("  gradients", precision.gradients(), "as stored, clipping included");
        setting("  moments", precision.moments(), ConfigReasons.ofMoments(precision.moments()));
        setting("  compute", precision.compute(), ConfigReasons.ofCompute(precision.compute()));
        setting("  update", precision.update(), ConfigReasons.of(precision.update()));
        if (precision.view() != PrecisionConfig.View.STORED) {
            setting("  view", precision.view(), ConfigReasons.of(precision.view()));
        }
    }

    private void recording(RecordingConfig recording, ModelConfig model) {
        group("recording");
        group("  tensors");
        for (RecordedTensor tensor : recording.tensors()) {
            long values = tensor.observable().valuesPerRow(model.vocabulary(), model.width());
            setting(
                    "    " + tensor.name(),
                    new Recorded(tensor.observable().name(), tensor.format().toString()),
                    "%s; %,d bytes a row",
                    tensor.observable().description(),
                    values * tensor.format().bytes());
        }
        setting(
                "  constants",
                recording.constants().stream().map(Constant::name).toList(),
                "tensors that the recording holds once");
        whichRows(recording);
        // The usual instant is not printed, so that keys stay as they were before there was another.
        if (recording.instant() != RecordingConfig.Instant.AFTER) {
            setting("  instant", recording.instant(), ConfigReasons.of(recording.instant()));
        }
        setting("  layout", recording.layout(), ConfigReasons.of(recording.layout()));
    }

    /** Usual choices are not printed, so that keys stay as they were before there were others. */
    private void whichRows(RecordingConfig recording) {
        if (!recording.tokens().isAll()) {
            List<String> items = recording.tokens().items();
            setting(
                    "  tokens",
                    items.isEmpty() ? recording.tokens().toString() : items,
                    "whose rows are recorded; recorded_tokens holds their ids");
        }
        StepChoice steps = recording.steps();
        switch (steps.rule()) {
            case StepChoice.Every _ -> {}
            case StepChoice.Geometric(int n) ->
                setting("  steps", "geometric", "0, 1, 2, 4 and so on below %d, then every %dth".formatted(n, n));
            case StepChoice.Listed listed ->
                setting("  steps", listed.steps(), "whose states have a row; 0 is the state before training");
        }
        setting("  every", steps.rule().every(), "steps from row to row; row 0 is the state before training");
        steps.until().ifPresent(last -> setting("  until", last, "the last step that may have a row"));
        if (!recording.checkpoints().isEmpty()) {
            setting("  checkpoints", recording.checkpoints(), "steps after which a checkpoint is written that stays");
        }
    }

    /** Text that is printed between quotation marks. */
    private record Quoted(String text) {
        @Override
        public String toString() {
            return quoted(text);
        }
    }

    /** What a tensor of a recording holds. */
    private record Recorded(String observable, String format) {
        @Override
        public String toString() {
            return "{observe: %s, format: %s}".formatted(observable, format);
        }
    }

    private void group(String name) {
        ObjectNode group = holder(name).putObject(name.strip());
        levels.add(group);
        out.append(name).append(":\n");
    }

    private void setting(String key, Object value, String reason, Object... figures) {
        holder(key).set(key.strip(), node(value));
        String line = key + ": " + (value instanceof Double number ? Settings.plain(number) : value);
        out.append(line)
                .repeat(" ", Math.max(2, COMMENT_COLUMN - line.length()))
                .append("# ")
                .append(figures.length == 0 ? reason : String.format(Locale.ROOT, reason, figures))
                .append('\n');
    }

    /** The object that a key belongs to by its indentation. */
    private ObjectNode holder(String key) {
        int level = (key.length() - key.stripLeading().length()) / INDENT;
        levels.subList(level + 1, levels.size()).clear();
        return levels.getLast();
    }

    /** A value as a reader of the text finds it: a number without a fraction is a whole one. */
    private static JsonNode node(Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case null -> nodes.nullNode();
            case Boolean is -> nodes.booleanNode(is);
            case Integer number -> nodes.numberNode(number);
            case Long number ->
                number == number.intValue() ? nodes.numberNode(number.intValue()) : nodes.numberNode(number);
            case Double number -> number(number);
            case Quoted(String text) -> nodes.stringNode(text);
            case Recorded(String observable, String format) ->
                nodes.objectNode().put("observe", observable).put("format", format);
            case List<?> list -> {
                ArrayNode array = nodes.arrayNode();
                list.forEach(item -> array.add(
                        switch (item) {
                            case Integer number -> nodes.numberNode(number);
                            case Quoted(String text) -> nodes.stringNode(text);
                            default -> nodes.stringNode(item.toString());
                        }));
                yield array;
            }
            default -> nodes.stringNode(value.toString());
        };
    }

    private static JsonNode number(double number) {
        String text = Settings.plain(number);
        return text.chars().allMatch(Character::isDigit) && text.length() < 10
                ? JsonNodeFactory.instance.numberNode(Integer.parseInt(text))
                : JsonNodeFactory.instance.numberNode(number);
    }

    /** Double-quoted, with escapes for whatever a terminal or a YAML reader would not show as it is. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (isShownAsItIs(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(Locale.ROOT, "\\U%08X", c));
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isShownAsItIs(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }
}
