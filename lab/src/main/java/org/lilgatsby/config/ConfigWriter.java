package org.lilgatsby.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.RecordedTensor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Prints a configuration: its settings in the order of the records, with the effect of each value beside it. */
final class ConfigWriter {
    private static final int COMMENT_COLUMN = 34;

    /** Indentation of a level. */
    private static final String INDENT = "  ";

    /**
     * What the first version knew is printed whatever it is. All else is left out where it is as by default, so that
     * keys of runs stay as they were before there was such a setting. Nothing is ever added here.
     */
    private static final Set<String> ALWAYS = Set.of(
            "name",
            "title",
            "conclusion",
            "seed",
            "corpus.source",
            "corpus.preparation",
            "corpus.drop_unknown",
            "model.vocabulary",
            "model.width",
            "model.layers",
            "model.heads",
            "model.context",
            "model.norm",
            "model.tied",
            "initialization.mode",
            "initialization.scale",
            "initialization.sigma",
            "training.steps",
            "training.batch",
            "training.accumulation",
            "training.optimizer",
            "training.learning_rate",
            "training.schedule",
            "training.weight_decay",
            "training.beta1",
            "training.beta2",
            "training.epsilon",
            "training.clip",
            "training.targets",
            "training.loss_scale",
            "training.log_every",
            "precision.parameters",
            "precision.gradients",
            "precision.moments",
            "precision.compute",
            "precision.update",
            "recording.tensors",
            "recording.constants",
            "recording.every",
            "recording.layout");

    /** They follow from the mode and the file, and are dropped with them where those vary. */
    private static final Set<String> OF_THE_START =
            Set.of("initialization.scale", "initialization.sigma", "initialization.sha256");

    private final StringBuilder out = new StringBuilder();
    private String group = "";

    private ConfigWriter() {}

    static String write(ExperimentConfig config) {
        ConfigWriter writer = new ConfigWriter();
        printed(config, (component, value) -> writer.setting(component, value, config));
        return writer.out.toString();
    }

    /** The tree that the text would be read as. */
    static ObjectNode tree(ExperimentConfig config) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        printed(config, (component, value) -> {
            if (component.key().equals(ConfigKeys.TENSORS)) {
                config.recording().tensors().forEach(tensor -> set(tree, keyOf(tensor), node(tensor)));
            } else {
                set(tree, component.key(), PrintedValue.node(value));
            }
        });
        return tree;
    }

    /**
     * Prints settings as they were given, and of what follows from others only what is the same whatever those become.
     *
     * @param config what they are bound to
     */
    static String write(Map<String, Given> settings, ExperimentConfig config) {
        ConfigWriter writer = new ConfigWriter();
        for (SettingComponent component : SettingComponent.ALL) {
            String key = component.key();
            Object value = PrintedValue.of(component, config);
            String reason = SettingReasons.of(component, value, config);
            if (key.equals(ConfigKeys.TENSORS)) {
                writer.tensors(settings);
            } else if (settings.containsKey(key)) {
                writer.line(key, YamlText.of(settings.get(key).node()), reason);
            } else if (OF_THE_START.contains(key) && value != null) {
                writer.line(key, PrintedValue.text(value), reason);
            }
        }
        return writer.out.toString();
    }

    private void tensors(Map<String, Given> settings) {
        for (String name : ConfigKeys.tensors(settings.keySet())) {
            for (String last : ConfigKeys.OF_A_TENSOR) {
                String key = ConfigKeys.TENSORS + "." + name + "." + last;
                if (settings.containsKey(key)) {
                    line(
                            key,
                            YamlText.of(settings.get(key).node()),
                            last.equals("format") ? "how they are stored" : "what its rows hold");
                }
            }
        }
    }

    /** What is printed of a configuration, in order: settings and their values. */
    private static void printed(ExperimentConfig config, BiConsumer<SettingComponent, Object> print) {
        for (SettingComponent component : SettingComponent.ALL) {
            Object value = PrintedValue.of(component, config);
            if (isPrinted(component, value, config)) {
                print.accept(component, value);
            }
        }
    }

    private static boolean isPrinted(SettingComponent component, Object value, ExperimentConfig config) {
        ModelConfig model = config.model();
        return switch (component.key()) {
            case "model.ffn" -> model.ffn() != ModelConfig.USUAL_FFN * model.width();
            case "training.horizon" ->
                config.training().horizon() != config.training().steps();
            case "perturbation.every", "perturbation.tensors" ->
                config.perturbation().isOn();
            case String key -> ALWAYS.contains(key) || value != null && !isSame(value, Usual.VALUES.get(key));
        };
    }

    private static boolean isSame(Object value, Object usual) {
        return value instanceof Double a && usual instanceof Double b
                ? a.doubleValue() == b.doubleValue()
                : value.equals(usual);
    }

    /** What a configuration is that says nothing. */
    private static final class Usual {
        static final Map<String, Object> VALUES = values(
                ConfigDraft.of(new YamlNode.Mapping(1, Map.of()), "usual").bind());

        private static Map<String, Object> values(ExperimentConfig usual) {
            Map<String, Object> values = new HashMap<>();
            SettingComponent.ALL.forEach(component -> values.put(component.key(), PrintedValue.of(component, usual)));
            return values;
        }
    }

    private void setting(SettingComponent component, Object value, ExperimentConfig config) {
        String key = component.key();
        if (key.equals(ConfigKeys.TENSORS)) {
            tensors(config);
        } else {
            line(key, PrintedValue.text(value), SettingReasons.of(component, value, config));
        }
    }

    private void tensors(ExperimentConfig config) {
        ModelConfig model = config.model();
        for (RecordedTensor tensor : config.recording().tensors()) {
            boolean chosen = !config.recording().tokens().isAll()
                    && tensor.observable().axes().contains(Axis.TOKENS);
            long values = tensor.observable().valuesPerRow(chosen ? 1 : model.vocabulary(), model.width());
            line(
                    keyOf(tensor),
                    "{observe: %s, format: %s}".formatted(tensor.observable().name(), tensor.format()),
                    String.format(
                            Locale.ROOT,
                            "%s; %,d bytes per row%s",
                            tensor.observable().description(),
                            values * tensor.format().bytes(),
                            chosen ? " for each recorded token" : ""));
        }
    }

    private static String keyOf(RecordedTensor tensor) {
        return ConfigKeys.TENSORS + "." + tensor.name();
    }

    private static ObjectNode node(RecordedTensor tensor) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("observe", tensor.observable().name())
                .put("format", tensor.format().toString());
    }

    private static void set(ObjectNode tree, String key, JsonNode node) {
        ObjectNode holder = tree;
        int from = 0;
        for (int dot; (dot = key.indexOf('.', from)) >= 0; from = dot + 1) {
            holder = holder.withObjectProperty(key.substring(from, dot));
        }
        holder.set(key.substring(from), node);
    }

    private void line(String key, String text, String reason) {
        int last = key.lastIndexOf('.') + 1;
        String line = INDENT.repeat(open(key.substring(0, last))) + key.substring(last) + ": " + text;
        out.append(line)
                .repeat(" ", Math.max(2, COMMENT_COLUMN - line.length()))
                .append("# ")
                .append(reason)
                .append('\n');
    }

    /** Heads the groups of a prefix such as {@code corpus.train.} that are not open yet; returns its depth. */
    private int open(String prefix) {
        int depth = 0;
        int from = 0;
        for (int dot; (dot = prefix.indexOf('.', from)) >= 0; from = dot + 1) {
            if (!group.startsWith(prefix.substring(0, dot + 1))) {
                out.append(INDENT.repeat(depth)).append(prefix, from, dot).append(":\n");
            }
            depth++;
        }
        group = prefix;
        return depth;
    }
}
