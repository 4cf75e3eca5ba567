package org.lilgatsby.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lilgatsby.settings.SettingException;

/**
 * A configuration whose settings are still to be chosen: its text is read once, and it is bound once for each choice. A
 * draft is immutable; laying settings over it gives a new one.
 */
public final class ConfigDraft {
    private final ConfigOverlay layers;

    /** Settings that were laid over the experiment; a choice may replace them, but not take them back. */
    private final Set<String> set;

    private ConfigDraft(ConfigOverlay layers) {
        this(layers, Set.of());
    }

    private ConfigDraft(ConfigOverlay layers, Set<String> set) {
        this.layers = layers;
        this.set = Set.copyOf(set);
    }

    /**
     * A setting's value before its type is known.
     *
     * @param where how messages call the place where it was written
     */
    public record Value(String where, YamlNode node) {}

    /**
     * A built-in experiment.
     *
     * @throws SettingException naming the nearest if there is none of this name
     */
    public static ConfigDraft builtIn(String name) {
        return new ConfigDraft(ConfigYaml.layers(BuiltIn.named(name).yaml(), name + ".yaml"));
    }

    /**
     * An experiment from a file.
     *
     * @throws SettingException if its content cannot be used
     * @throws IOException if it cannot be read
     */
    public static ConfigDraft read(Path file) throws IOException {
        return new ConfigDraft(ConfigYaml.layers(ConfigYaml.text(file), file.toString()));
    }

    /**
     * An experiment that is part of another document.
     *
     * @param settings as in a file
     * @param origin what messages call the document
     * @throws SettingException if its content cannot be used
     */
    public static ConfigDraft of(YamlNode.Mapping settings, String origin) {
        return new ConfigDraft(ConfigYaml.layers(settings, origin));
    }

    /** The draft with settings laid over it, all at once, by the same rules as a file over the defaults. */
    public ConfigDraft with(Map<String, Value> settings) {
        ConfigOverlay copy = layers.copy();
        Map<String, Given> layer = new LinkedHashMap<>();
        settings.forEach((key, value) -> layer.put(key, new Given(key, value.where(), value.node())));
        copy.addLayer(layer);
        return new ConfigDraft(copy, still(copy, settings.keySet()));
    }

    /**
     * The configuration of one choice among many: the settings laid over the draft.
     *
     * @throws SettingException as {@link #bind}, and if the choice would take back what was set for all, as another
     *     {@code initialization.mode} does with a {@code sigma} whose meaning depends on it
     */
    public ExperimentConfig choose(Map<String, Value> settings) {
        ConfigDraft chosen = with(settings);
        for (String key : set) {
            Given given = layers.settings().get(key);
            if (!given.isMissingOrNull() && !chosen.layers.settings().containsKey(key)) {
                String group = key.substring(0, key.indexOf('.') + 1);
                throw new SettingException(
                        key,
                        ("%s: %s is set for all runs, but its meaning depends on %s, which varies; vary it too, "
                                        + "if only over one value")
                                .formatted(
                                        given.where(),
                                        key,
                                        settings.keySet().stream()
                                                .filter(other -> other.startsWith(group))
                                                .collect(Collectors.joining(", "))));
            }
        }
        return chosen.bind();
    }

    private Set<String> still(ConfigOverlay copy, Set<String> added) {
        return Stream.concat(set.stream(), added.stream())
                .filter(copy.settings()::containsKey)
                .collect(Collectors.toSet());
    }

    /**
     * The draft with overrides as {@code key.path=value} laid over it, all at once.
     *
     * @throws SettingException for a key that is unknown or given twice
     */
    public ConfigDraft with(Iterable<String> overrides) {
        ConfigOverlay copy = layers.copy();
        Set<String> added = copy.addOverrides(overrides);
        return new ConfigDraft(copy, still(copy, added));
    }

    /**
     * The draft as a document that needs no defaults: every setting as it was written, such as {@code ffn: 4x}, so that
     * the same settings laid over it mean the same.
     *
     * @throws SettingException if it is not a complete configuration
     */
    public String toYaml() {
        return ConfigWriter.write(layers.settings(), bind());
    }

    /** @throws SettingException for a setting that is missing, of the wrong type, or out of its range */
    public ExperimentConfig bind() {
        return ConfigBinder.bind(layers.settings());
    }

    /**
     * The settings in a part of a document, in its order, by dotted key; groups may be nested or dotted.
     *
     * @param origin what messages call the document
     * @param what what messages call the part, such as {@code vary}
     * @throws SettingException if it is not a mapping, or a key is unknown or repeated
     */
    public static SequencedMap<String, Value> settings(YamlNode part, String origin, String what) {
        if (!(part instanceof YamlNode.Mapping mapping)) {
            throw new SettingException(
                    what,
                    "%s line %d: %s must be a group of settings, but is %s"
                            .formatted(origin, part.line(), what, part.describe()));
        }
        SequencedMap<String, Value> settings = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> {
            Map<String, Given> found = new LinkedHashMap<>();
            ConfigOverlay.flatten(key, entry, line -> origin + " line " + line, found);
            found.forEach((path, setting) -> {
                Value earlier = settings.put(path, new Value(setting.where(), setting.node()));
                if (earlier != null) {
                    throw new SettingException(
                            path,
                            "%s: %s is given twice, first on %s"
                                    .formatted(
                                            setting.where(),
                                            path,
                                            earlier.where().substring(origin.length() + 1)));
                }
            });
        });
        return settings;
    }

    /**
     * Checks that a setting of this name exists.
     *
     * @param where how messages call the place where it is named
     * @throws SettingException naming the nearest if there is none
     */
    public static void requireSetting(String where, String key) {
        if (ConfigKeys.isGroup(key)) {
            throw new SettingException(
                    key,
                    "%s: %s is a group of settings; name one of them, such as %s"
                            .formatted(where, key, ConfigKeys.oneOf(key)));
        }
        if (!ConfigKeys.isSetting(key)) {
            throw ConfigKeys.unknown(where, key);
        }
    }
}
