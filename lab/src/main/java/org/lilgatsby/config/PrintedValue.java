package org.lilgatsby.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.lilgatsby.corpus.TokenSource;
import org.lilgatsby.corpus.TokenSource.TokenizerChoice;
import org.lilgatsby.model.EmbeddingFile;
import org.lilgatsby.recording.StepChoice;
import org.lilgatsby.recording.TokenChoice;
import org.lilgatsby.settings.Named;
import org.lilgatsby.settings.Settings;
import org.lilgatsby.tokenizer.TrainingOptions;
import org.lilgatsby.training.Decayed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The values of settings as a configuration is printed, and as a reader of the text finds them. */
final class PrintedValue {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PrintedValue() {}

    /** Text that is printed as it is where YAML takes it for the same text, unlike a {@link String}. */
    private record Name(String text) {}

    /** The value of a setting; null if there is none. */
    static Object of(SettingComponent component, ExperimentConfig config) {
        Optional<EmbeddingFile> file = config.initialization().file();
        Object value = switch (component.key()) {
            case "conclusion" -> new Name(config.conclusion());
            case "initialization.file" -> file.map(EmbeddingFile::path);
            case "initialization.tensor" -> file.flatMap(EmbeddingFile::tensor);
            case "initialization.sha256" -> file.map(EmbeddingFile::sha256);
            case "perturbation.tensors" -> names(config.perturbation().tensors());
            case "recording.every" -> config.recording().steps().rule().every();
            case "recording.steps" -> steps(config.recording().steps().rule());
            case String key ->
                component.path().isPresent()
                        ? component.value(config)
                        : of(key, config.corpus().tokens());
        };
        return switch (value) {
            case Optional<?> given -> given.orElse(null);
            case OptionalInt given -> given.isPresent() ? given.getAsInt() : null;
            case OptionalLong given -> given.isPresent() ? given.getAsLong() : null;
            case Decayed.Named(List<String> names) -> names(names);
            case TokenChoice.Listed listed -> names(listed.items());
            case null, default -> value;
        };
    }

    private static List<Name> names(List<String> names) {
        return names.stream().map(Name::new).toList();
    }

    private static Object steps(StepChoice.Rule rule) {
        return switch (rule) {
            case StepChoice.Every _ -> null;
            case StepChoice.Geometric _ -> StepChoice.Kind.GEOMETRIC;
            case StepChoice.Listed listed -> listed.steps();
        };
    }

    /** A setting of those that choose together where token ids come from. */
    private static Object of(String key, TokenSource source) {
        return switch (source) {
            case TokenSource.Bytes _ -> null;
            case TokenSource.Encoded(TokenizerChoice choice, String endToken, String renumber) ->
                switch (key) {
                    case "corpus.end_token" -> endToken;
                    case "corpus.renumber" -> renumber;
                    case "corpus.tokenizer" -> choice instanceof TokenizerChoice.Named(String path) ? path : null;
                    default -> choice instanceof TokenizerChoice.Trained trained ? of(key, trained) : null;
                };
            case TokenSource.Files files ->
                switch (key) {
                    case "corpus.tokenizer" -> files.tokenizer();
                    case "corpus.tokens" ->
                        files.files().size() == 1 ? files.files().getFirst() : files.files();
                    case "corpus.tensor" -> files.tensor();
                    case "corpus.format" -> files.format();
                    case "corpus.renumber" -> files.renumber();
                    default -> null;
                };
        };
    }

    private static Object of(String key, TokenizerChoice.Trained trained) {
        TrainingOptions options = trained.options();
        return switch (key) {
            case "corpus.train.recipe" -> trained.recipe();
            case "corpus.train.vocabulary" -> options.vocabulary();
            case "corpus.train.min_frequency" -> options.minFrequency();
            case "corpus.train.special_tokens" -> options.special();
            case "corpus.train.initial_alphabet" -> options.alphabet();
            case "corpus.train.limit_alphabet" -> options.alphabetLimit();
            case "corpus.train.max_token_length" -> options.longestToken();
            default -> null;
        };
    }

    /** A value as text. */
    static String text(Object value) {
        return switch (value) {
            case null -> "null";
            case Double number -> Settings.plain(number);
            case String text -> YamlText.quoted(text);
            case Name(String text) -> YamlText.of(text);
            case Named thing -> thing.name();
            case List<?> list -> list.stream().map(PrintedValue::text).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    /** A value as a reader of the text finds it: a number without a fraction is a whole one. */
    static JsonNode node(Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case Boolean is -> NODES.booleanNode(is);
            case Integer number -> NODES.numberNode(number);
            case Long number ->
                number == number.intValue() ? NODES.numberNode(number.intValue()) : NODES.numberNode(number);
            case Double number -> number(number);
            case String text -> NODES.stringNode(text);
            case Name(String text) -> NODES.stringNode(text);
            case List<?> list -> {
                ArrayNode array = NODES.arrayNode();
                list.forEach(item -> array.add(node(item)));
                yield array;
            }
            default -> NODES.stringNode(text(value));
        };
    }

    private static JsonNode number(double number) {
        String text = Settings.plain(number);
        return text.chars().allMatch(Character::isDigit) && text.length() < 10
                ? NODES.numberNode(Integer.parseInt(text))
                : NODES.numberNode(number);
    }
}
