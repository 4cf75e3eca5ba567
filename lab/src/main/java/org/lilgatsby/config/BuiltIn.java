package org.lilgatsby.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.lilgatsby.settings.Catalog;

/** The experiments that come with the program, and with the jars beside it. */
public final class BuiltIn {
    /** The conclusion of a configuration that asks for figures only. */
    public static final String NO_CONCLUSION = "none";

    private static final Catalog<NamedExperiment> EXPERIMENTS = Catalog.of("experiment", NamedExperiment.class);

    private static final Map<String, ExperimentConfig> UNCHANGED = new ConcurrentHashMap<>();

    private BuiltIn() {}

    /** Names of the experiments, in the order of the research. */
    public static List<String> names() {
        return EXPERIMENTS.names();
    }

    /** The allowed values of {@code conclusion}: an experiment's name, or none. */
    public static List<String> conclusions() {
        return Stream.concat(names().stream(), Stream.of(NO_CONCLUSION)).toList();
    }

    /** The experiment with this name; empty without one, as for {@link #NO_CONCLUSION}. */
    public static Optional<NamedExperiment> find(String name) {
        return EXPERIMENTS.find(name);
    }

    /**
     * An experiment's configuration.
     *
     * @param overrides settings as {@code key.path=value}, which replace the experiment's
     * @throws org.lilgatsby.settings.SettingException if there is no such experiment, or an override cannot be used
     */
    public static ExperimentConfig load(String name, List<String> overrides) {
        return overrides.isEmpty()
                ? UNCHANGED.computeIfAbsent(name, _ -> parse(name, List.of()))
                : parse(name, overrides);
    }

    private static ExperimentConfig parse(String name, List<String> overrides) {
        return ConfigYaml.parse(named(name).yaml(), name + ".yaml", overrides);
    }

    /** @throws org.lilgatsby.settings.SettingException if there is no such experiment */
    static NamedExperiment named(String name) {
        return EXPERIMENTS.get("", YamlNode.printable(name));
    }
}
