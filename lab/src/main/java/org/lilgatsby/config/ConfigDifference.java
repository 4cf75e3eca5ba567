package org.lilgatsby.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A setting whose values differ between two configurations.
 *
 * @param key its dotted key
 * @param value the first configuration's value; a missing node for a group that it does not print
 * @param other the second configuration's value, likewise
 */
public record ConfigDifference(String key, JsonNode value, JsonNode other) {
    /**
     * The first setting that differs, such as {@code training.steps is 100, not 200}; empty for equal configurations.
     */
    public static Optional<String> first(ExperimentConfig a, ExperimentConfig b) {
        return all(a, b).stream()
                .findFirst()
                .map(found -> "%s is %s, not %s".formatted(found.key, shown(found.value), shown(found.other)));
    }

    /** Every setting that differs, in the order of the YAML. */
    public static List<ConfigDifference> all(ExperimentConfig a, ExperimentConfig b) {
        return found("", settings(a), settings(b)).toList();
    }

    /** The usual instant is not printed, but has a name. */
    private static JsonNode settings(ExperimentConfig config) {
        JsonNode settings = ConfigYaml.toJson(config);
        ((ObjectNode) settings.get("recording"))
                .put("instant", config.recording().instant().toString());
        return settings;
    }

    private static Stream<ConfigDifference> found(String path, JsonNode a, JsonNode b) {
        if (a.equals(b)) {
            return Stream.empty();
        }
        if (a.isObject() && b.isObject()) {
            String prefix = path.isEmpty() ? "" : path + ".";
            return Stream.concat(a.propertyNames().stream(), b.propertyNames().stream())
                    .distinct()
                    .flatMap(key -> found(prefix + key, a.path(key), b.path(key)));
        }
        return Stream.of(new ConfigDifference(path, a, b));
    }

    /** What a configuration does not print counts as none: a tensor, a perturbation, a horizon beyond its steps. */
    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "none" : value.toString();
    }
}
