package org.lilgatsby.config;

import java.util.List;
import org.lilgatsby.settings.NearestName;
import org.lilgatsby.settings.SettingException;

/** The five experiments that come with the program, each a YAML file beside this class. */
public final class BuiltIn {
    /** In the order in which the research took them. */
    private static final List<String> NAMES = List.of(
            "embedding-evolution", "primordial-snowball", "float32-edition", "instrumented", "supermassive-black-hole");

    private BuiltIn() {}

    /** Names of the experiments. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * An experiment's configuration.
     *
     * @param overrides settings as {@code key.path=value}, which replace the experiment's
     * @throws SettingException if there is no such experiment, or an override cannot be used
     */
    public static ExperimentConfig load(String name, List<String> overrides) {
        requireKnown(name);
        return ConfigYaml.parse(ConfigYaml.resource(name), name + ".yaml", overrides);
    }

    /** @throws SettingException if there is no such experiment */
    static void requireKnown(String name) {
        if (!NAMES.contains(name)) {
            throw new SettingException(
                    "",
                    "unknown experiment '%s'%s experiments are %s"
                            .formatted(
                                    YamlNode.printable(name),
                                    NearestName.near(name, NAMES)
                                            .map("; did you mean '%s'? The"::formatted)
                                            .orElse("; the"),
                                    String.join(", ", NAMES)));
        }
    }
}
