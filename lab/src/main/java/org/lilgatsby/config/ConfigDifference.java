package org.lilgatsby.config;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where two configurations differ. */
public final class ConfigDifference {
    private ConfigDifference() {}

    /** The first setting with two values, such as {@code training.steps is 100, not 200}; empty for equal ones. */
    public static Optional<String> first(ExperimentConfig a, ExperimentConfig b) {
        return first("", ConfigYaml.toJson(a), ConfigYaml.toJson(b));
    }

    private static Optional<String> first(String path, JsonNode a, JsonNode b) {
        if (a.equals(b)) {
            return Optional.empty();
        }
        if (a.isObject() && b.isObject() && a.propertyNames().equals(b.propertyNames())) {
            String prefix = path.isEmpty() ? "" : path + ".";
            return a.propertyNames().stream()
                    .flatMap(key -> first(prefix + key, a.get(key), b.get(key)).stream())
                    .findFirst();
        }
        return Optional.of("%s is %s, not %s".formatted(path, a, b));
    }
}
