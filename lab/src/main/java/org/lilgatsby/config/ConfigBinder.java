package org.lilgatsby.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.corpus.DeadConfig;
import org.lilgatsby.corpus.Preparation;
import org.lilgatsby.corpus.TokenSource;
import org.lilgatsby.corpus.TokenSource.TokenizerChoice;
import org.lilgatsby.corpus.WindowConfig;
import org.lilgatsby.model.EmbeddingFile;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.model.InitializationConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.Constants;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.StepChoice;
import org.lilgatsby.recording.TokenChoice;
import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.Named;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.settings.Settings;
import org.lilgatsby.tokenfile.TokenFormat;
import org.lilgatsby.tokenizer.Recipe;
import org.lilgatsby.tokenizer.TrainingOptions;
import org.lilgatsby.training.Decayed;
import org.lilgatsby.training.Optimizer;
import org.lilgatsby.training.PerturbationConfig;
import org.lilgatsby.training.Schedule;
import org.lilgatsby.training.TrainingConfig;

/** Turns settings by dotted key into the records, each value checked for its type. */
final class ConfigBinder {
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,40}");
    private static final Pattern MULTIPLE = Pattern.compile("[0-9]{1,6}x");
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");

    private final Map<String, ConfigOverlay.Setting> settings;

    ConfigBinder(Map<String, ConfigOverlay.Setting> settings) {
        this.settings = settings;
    }

    /** @throws SettingException for a setting that is missing, of the wrong type, or out of its range */
    ExperimentConfig bind() {
        try {
            PrecisionConfig precision = precision();
            return new ExperimentConfig(
                    text("name"),
                    text("title"),
                    name("conclusion", BuiltIn.conclusions()),
                    whole("seed", ExperimentConfig.LARGEST_SEED),
                    corpus(),
                    model(),
                    initialization(),
                    training(),
                    perturbation(),
                    precision,
                    recording(precision));
        } catch (SettingException e) {
            ConfigOverlay.Setting culprit = settings.get(e.key());
            if (culprit == null || e.getMessage().startsWith(culprit.where())) {
                throw e;
            }
            throw new SettingException(e.key(), culprit.where() + ": " + e.getMessage());
        }
    }

    private CorpusConfig corpus() {
        String source = textOrNull("corpus.source");
        Preparation preparation = choice("corpus.preparation", Preparation.values());
        boolean dropUnknown = yesOrNo("corpus.drop_unknown");
        TokenSource tokens = tokens();
        WindowConfig windows = windows();
        DeadConfig dead = new DeadConfig(textIfGiven("corpus.dead"), whole("corpus.rare", Long.MAX_VALUE));
        try {
            return new CorpusConfig(source, preparation, dropUnknown, tokens, windows, dead);
        } catch (SettingException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new SettingException("corpus.source", e.getMessage());
        }
    }

    /** A tokenizer, given or trained, beside a text encodes it; beside files of ids it names them. */
    private TokenSource tokens() {
        String files = textIfGiven("corpus.tokens");
        String tokenizer = textIfGiven("corpus.tokenizer");
        String renumber = textIfGiven("corpus.renumber");
        String endToken = textIfGiven("corpus.end_token");
        boolean trains = settings.keySet().stream().anyMatch(key -> key.startsWith("corpus.train."));
        if (files != null) {
            requireNone("corpus.train", trains, "corpus.tokens names files that hold ids already");
            requireNone("corpus.end_token", endToken != null, "corpus.tokens names files that hold ids already");
            TokenFormat format =
                    textIfGiven("corpus.format") == null ? null : choice("corpus.format", TokenFormat.values());
            return new TokenSource.Files(files, textIfGiven("corpus.tensor"), format, tokenizer, renumber);
        }
        for (String key : List.of("corpus.tensor", "corpus.format")) {
            requireNone(key, textIfGiven(key) != null, "corpus.tokens names no files of token ids");
        }
        if (tokenizer == null && !trains) {
            requireNone("corpus.renumber", renumber != null, "bytes are their own ids");
            requireNone("corpus.end_token", endToken != null, "bytes are their own ids");
            return new TokenSource.Bytes();
        }
        requireNone("corpus.train", tokenizer != null && trains, "corpus.tokenizer names a tokenizer already");
        TokenizerChoice choice = tokenizer != null ? new TokenizerChoice.Named(tokenizer) : trained();
        return new TokenSource.Encoded(choice, endToken, renumber);
    }

    private static void requireNone(String key, boolean given, String why) {
        Settings.require(!given, key, "%s is set, but %s; leave one of them out".formatted(key, why));
    }

    private TokenizerChoice trained() {
        String prefix = "corpus.train.";
        try {
            return new TokenizerChoice.Trained(
                    choiceOr(prefix + "recipe", Recipe.values(), Optional.of(Recipe.BYTE_LEVEL)),
                    new TrainingOptions(
                            integer(prefix + "vocabulary"),
                            settings.containsKey(prefix + "min_frequency")
                                    ? whole(prefix + "min_frequency", Long.MAX_VALUE)
                                    : 2,
                            settings.containsKey(prefix + "special_tokens")
                                    ? texts(prefix + "special_tokens", "[\"<|endoftext|>\"]")
                                    : List.of(),
                            settings.containsKey(prefix + "initial_alphabet") ? text(prefix + "initial_alphabet") : "",
                            numberIfGiven(prefix + "limit_alphabet"),
                            numberIfGiven(prefix + "max_token_length")));
        } catch (SettingException e) {
            throw e.key().startsWith("corpus.") ? e : new SettingException(prefix + e.key(), prefix + e.getMessage());
        }
    }

    private OptionalInt numberIfGiven(String key) {
        return settings.containsKey(key) ? OptionalInt.of(integer(key)) : OptionalInt.empty();
    }

    private WindowConfig windows() {
        return new WindowConfig(
                choice("corpus.windows", WindowConfig.Windows.values()),
                numberIfGiven("corpus.starts"),
                choice("corpus.last_block", WindowConfig.LastBlock.values()),
                choice("corpus.order", WindowConfig.Order.values()),
                settings.containsKey("corpus.data_seed")
                        ? OptionalLong.of(whole("corpus.data_seed", ExperimentConfig.LARGEST_SEED))
                        : OptionalLong.empty());
    }

    private ModelConfig model() {
        return new ModelConfig(
                integer("model.vocabulary"),
                integer("model.width"),
                integer("model.layers"),
                integer("model.heads"),
                integer("model.context"),
                choice("model.norm", ModelConfig.Norm.values()),
                yesOrNo("model.tied"),
                choice("model.activation", ModelConfig.Activation.values()),
                ffn(),
                yesOrNo("model.biases"));
    }

    /** Hidden units, or a multiple of the width such as {@code 4x}. */
    private int ffn() {
        String key = "model.ffn";
        if (setting(key).value() instanceof YamlNode.Scalar(var _, String text)
                && text != null
                && MULTIPLE.matcher(text).matches()) {
            long units = Long.parseLong(text.substring(0, text.length() - 1)) * integer("model.width");
            return (int) Math.clamp(units, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        return (int)
                parsed(key, WHOLE, BigInteger::new, "a number of hidden units, or a multiple of the width such as 4x")
                        .max(BigInteger.valueOf(Integer.MIN_VALUE))
                        .min(BigInteger.valueOf(Integer.MAX_VALUE))
                        .intValueExact();
    }

    private InitializationConfig initialization() {
        Initialization mode = named("initialization.mode", Initialization.catalog());
        return new InitializationConfig(
                mode,
                settings.containsKey("initialization.scale") ? number("initialization.scale") : mode.usualScale(),
                settings.containsKey("initialization.sigma") ? number("initialization.sigma") : mode.usualSigma(),
                choice("initialization.blocks", InitializationConfig.Blocks.values()),
                number("initialization.positions"),
                embeddingFile());
    }

    /** The hash of a file is read off it unless it is given. */
    private Optional<EmbeddingFile> embeddingFile() {
        if (!settings.containsKey("initialization.file")) {
            for (String key : List.of("initialization.tensor", "initialization.sha256")) {
                if (settings.containsKey(key)) {
                    throw new SettingException(key, key + " is given, but initialization.file is not");
                }
            }
            return Optional.empty();
        }
        String path = text("initialization.file");
        Optional<String> tensor = settings.containsKey("initialization.tensor")
                ? Optional.of(text("initialization.tensor"))
                : Optional.empty();
        return Optional.of(
                settings.containsKey("initialization.sha256")
                        ? new EmbeddingFile(path, tensor, text("initialization.sha256"))
                        : EmbeddingFile.of(path, tensor));
    }

    private TrainingConfig training() {
        return new TrainingConfig(
                integer("training.steps"),
                integer("training.batch"),
                integer("training.accumulation"),
                named("training.optimizer", Optimizer.catalog()),
                number("training.learning_rate"),
                named("training.schedule", Schedule.catalog()),
                integer(settings.containsKey("training.horizon") ? "training.horizon" : "training.steps"),
                integer("training.warmup"),
                number("training.warmup_from"),
                number("training.floor"),
                number("training.weight_decay"),
                decayed("training.decayed"),
                number("training.beta1"),
                number("training.beta2"),
                number("training.epsilon"),
                number("training.clip"),
                choice("training.targets", TrainingConfig.Targets.values()),
                choice("training.loss_scale", TrainingConfig.LossScale.values()),
                integer("training.log_every"));
    }

    /** A group of parameters, or a list of names. */
    private Decayed decayed(String key) {
        return setting(key).value() instanceof YamlNode.Sequence
                ? new Decayed.Named(texts(key, "[transformer.wte.weight]"))
                : choice(key, Decayed.Group.values());
    }

    private PerturbationConfig perturbation() {
        List<String> tensors = texts("perturbation.tensors", "[transformer.wte.weight]");
        return new PerturbationConfig(number("perturbation.sigma"), integer("perturbation.every"), tensors);
    }

    private List<String> texts(String key, String example) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : list(key, example)) {
            if (!(item instanceof YamlNode.Scalar(var _, String text)) || text == null) {
                throw wrongType(key, "a list such as " + example);
            }
            texts.add(text);
        }
        return texts;
    }

    private PrecisionConfig precision() {
        return new PrecisionConfig(
                choice("precision.parameters", Precision.values()),
                choice("precision.gradients", Precision.values()),
                choice("precision.moments", Precision.values()),
                choice("precision.compute", PrecisionConfig.Compute.values()),
                choice("precision.update", PrecisionConfig.Update.values()),
                choice("precision.view", PrecisionConfig.View.values()));
    }

    private RecordingConfig recording(PrecisionConfig precision) {
        return new RecordingConfig(
                tensors(precision),
                constants(),
                steps(),
                recordedTokens(),
                settings.containsKey("recording.checkpoints") ? numbers("recording.checkpoints") : List.of(),
                choice("recording.instant", RecordingConfig.Instant.values()),
                choice("recording.layout", RecordingConfig.Layout.values()));
    }

    private StepChoice steps() {
        String key = "recording.steps";
        int every = integer("recording.every");
        OptionalInt until = settings.containsKey("recording.until")
                ? OptionalInt.of(integer("recording.until"))
                : OptionalInt.empty();
        if (!settings.containsKey(key)) {
            return new StepChoice(new StepChoice.Every(every), until);
        }
        if (setting(key).value() instanceof YamlNode.Sequence) {
            StepChoice.Listed listed = StepChoice.listed(numbers(key));
            if (every != 1) {
                throw new SettingException(
                        "recording.every",
                        "recording.every is %d, but recording.steps names the steps; leave out one of them"
                                .formatted(every));
            }
            return new StepChoice(listed, until);
        }
        return new StepChoice(
                switch (textOrNull(key)) {
                    case "every" -> new StepChoice.Every(every);
                    case "geometric" -> new StepChoice.Geometric(every);
                    case null, default ->
                        throw notAllowed(
                                key, setting(key).value(), Stream.of("every", "geometric", "a list such as [1, 10]"));
                },
                until);
    }

    private TokenChoice recordedTokens() {
        String key = TokenChoice.KEY;
        if (!settings.containsKey(key)) {
            return TokenChoice.ALL;
        }
        if (setting(key).value() instanceof YamlNode.Sequence) {
            return new TokenChoice.Listed(list(key, "[7, 20-31]").stream()
                    .map(item -> item instanceof YamlNode.Scalar(var _, String text) ? text : null)
                    .map(TokenChoice.Range::parse)
                    .toList());
        }
        return TokenChoice.parse(textOrNull(key));
    }

    private List<Integer> numbers(String key) {
        List<Integer> numbers = new ArrayList<>();
        for (YamlNode item : list(key, "[1, 10]")) {
            if (!(item instanceof YamlNode.Scalar(var _, String text)) || text == null || !text.matches("[0-9]{1,9}")) {
                throw wrongType(key, "a list of whole numbers");
            }
            numbers.add(Integer.parseInt(text));
        }
        return numbers;
    }

    /** A tensor named after an observable holds it in the run's format, unless it says otherwise. */
    private List<RecordedTensor> tensors(PrecisionConfig precision) {
        String prefix = ConfigKeys.TENSORS + ".";
        Set<String> names = new LinkedHashSet<>();
        settings.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .forEach(key -> names.add(key.substring(prefix.length(), key.lastIndexOf('.'))));
        List<RecordedTensor> tensors = new ArrayList<>();
        for (String name : names) {
            String observe = prefix + name + ".observe";
            Optional<Observable> usual = settings.containsKey(observe) ? Optional.empty() : Observables.ALL.find(name);
            Observable observable = usual.isPresent() ? usual.get() : named(observe, Observables.ALL);
            Precision format =
                    choiceOr(prefix + name + ".format", Precision.values(), Optional.of(observable.format(precision)));
            tensors.add(new RecordedTensor(name, observable, format));
        }
        return tensors;
    }

    private List<Constant> constants() {
        List<Constant> constants = new ArrayList<>();
        for (YamlNode item : list("recording.constants", "[dead_token_ids, init_sigma]")) {
            constants.add(named("recording.constants", item, Constants.ALL));
        }
        return constants;
    }

    private List<YamlNode> list(String key, String example) {
        if (setting(key).value() instanceof YamlNode.Sequence list) {
            return list.items();
        }
        throw wrongType(key, "a list such as " + example);
    }

    private ConfigOverlay.Setting setting(String key) {
        ConfigOverlay.Setting setting = settings.get(key);
        if (setting == null) {
            throw new SettingException(key, key + " is missing and has no default");
        }
        return setting;
    }

    private String textOrNull(String key) {
        if (!(setting(key).value() instanceof YamlNode.Scalar scalar)) {
            throw wrongType(key, "text");
        }
        return scalar.text();
    }

    private String textIfGiven(String key) {
        return settings.containsKey(key) ? textOrNull(key) : null;
    }

    private String text(String key) {
        String text = textOrNull(key);
        if (text == null) {
            throw wrongType(key, "text");
        }
        return text;
    }

    private int integer(String key) {
        return (int) whole(key, Integer.MAX_VALUE);
    }

    private long whole(String key, long most) {
        BigInteger value = parsed(key, WHOLE, BigInteger::new, "a whole number");
        if (value.abs().compareTo(BigInteger.valueOf(most)) > 0) {
            throw wrongType(key, "a whole number of at most " + most);
        }
        return value.longValueExact();
    }

    private double number(String key) {
        return parsed(key, NUMBER, Double::parseDouble, "a number");
    }

    private <T> T parsed(String key, Pattern pattern, Function<String, T> parse, String expected) {
        if (setting(key).value() instanceof YamlNode.Scalar(var _, String text)
                && text != null
                && pattern.matcher(text).matches()) {
            return parse.apply(text);
        }
        throw wrongType(key, expected);
    }

    private boolean yesOrNo(String key) {
        if (setting(key).value() instanceof YamlNode.Scalar(var _, String text)) {
            if ("true".equals(text)) {
                return true;
            }
            if ("false".equals(text)) {
                return false;
            }
        }
        throw wrongType(key, "true or false");
    }

    private <E extends Enum<E>> E choiceOr(String key, E[] choices, Optional<E> usual) {
        return settings.containsKey(key) || usual.isEmpty() ? choice(key, choices) : usual.get();
    }

    private <E extends Enum<E>> E choice(String key, E[] choices) {
        return choice(key, setting(key).value(), choices);
    }

    private <E extends Enum<E>> E choice(String key, YamlNode value, E[] choices) {
        for (E choice : choices) {
            if (value instanceof YamlNode.Scalar(var _, String text)
                    && choice.toString().equals(text)) {
                return choice;
            }
        }
        throw notAllowed(key, value, Arrays.stream(choices).map(Object::toString));
    }

    private String name(String key, List<String> names) {
        YamlNode value = setting(key).value();
        if (value instanceof YamlNode.Scalar(var _, String text) && text != null && names.contains(text)) {
            return text;
        }
        throw notAllowed(key, value, names.stream());
    }

    private <N extends Named> N named(String key, Catalog<N> things) {
        return named(key, setting(key).value(), things);
    }

    private <N extends Named> N named(String key, YamlNode value, Catalog<N> things) {
        Optional<N> thing = value instanceof YamlNode.Scalar(var _, String text) ? things.find(text) : Optional.empty();
        return thing.orElseThrow(() -> notAllowed(key, value, things.names().stream()));
    }

    private SettingException notAllowed(String key, YamlNode value, Stream<String> allowed) {
        return new SettingException(
                key,
                "%s: %s is %s; allowed are %s"
                        .formatted(
                                setting(key).where(),
                                key,
                                value.describe(),
                                allowed.collect(Collectors.joining(", "))));
    }

    private SettingException wrongType(String key, String expected) {
        ConfigOverlay.Setting setting = setting(key);
        return new SettingException(
                key,
                "%s: %s must be %s, but is %s"
                        .formatted(
                                setting.where(), key, expected, setting.value().describe()));
    }
}
