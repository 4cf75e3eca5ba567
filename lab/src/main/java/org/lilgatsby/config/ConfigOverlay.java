package org.lilgatsby.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.lilgatsby.settings.SettingException;

/**
 * Settings laid over one another: a later layer replaces an earlier one key by key, with three exceptions that keep a
 * short difference from meaning more than it says. The tensors of a recording are replaced together, a new
 * initialization mode removes the earlier scale and sigma, whose meaning depends on the mode, and what names token ids
 * or a tokenizer removes what gave them before.
 */
final class ConfigOverlay {
    private static final String A_TENSOR = ConfigKeys.TENSORS + ".";
    private static final String MODE = "initialization.mode";

    private static final String TOKENS = "corpus.tokens";
    private static final String TOKENIZER = "corpus.tokenizer";
    private static final String TRAIN = "corpus.train.";

    /** The file that W is read from; another file has another tensor and another hash. */
    private static final List<String> OF_A_FILE =
            List.of("initialization.file", "initialization.tensor", "initialization.sha256");

    private final Map<String, Given> settings = new LinkedHashMap<>();

    /**
     * Lays a document over the present settings.
     *
     * @param origin what error messages call the document
     * @throws SettingException for unknown keys, groups given as values, and values given as groups
     */
    void add(YamlNode document, String origin) {
        if (!(document instanceof YamlNode.Mapping root)) {
            String found = document == null ? "nothing" : document.describe();
            throw new SettingException(
                    "", "%s: expected settings, one per line, but found %s".formatted(origin, found));
        }
        Map<String, Given> layer = new LinkedHashMap<>();
        root.entries().forEach((key, entry) -> flatten(key, entry, line -> origin + " line " + line, layer));
        addLayer(layer);
    }

    /** Lays settings over the present ones, all at once. */
    void addLayer(Map<String, Given> layer) {
        dropTensorsIfNamedBy(layer);
        lay(layer);
    }

    /** A copy, to lay other settings over. */
    ConfigOverlay copy() {
        ConfigOverlay copy = new ConfigOverlay();
        copy.settings.putAll(settings);
        return copy;
    }

    /**
     * Lays single settings over the present ones, all at once: their order does not matter.
     *
     * @return their dotted keys
     * @throws SettingException as {@link #add}, and for a setting that is given twice
     */
    Set<String> addOverrides(Iterable<String> overrides) {
        Map<String, Given> layer = new LinkedHashMap<>();
        for (String override : overrides) {
            addOverride(override, layer);
        }
        lay(layer);
        return layer.keySet();
    }

    /** All settings, by dotted key. */
    Map<String, Given> settings() {
        return settings;
    }

    private void addOverride(String override, Map<String, Given> layer) {
        String origin = "--set " + YamlNode.printable(override);
        int equals = override.indexOf('=');
        if (equals < 1) {
            throw new SettingException("", origin + ": expected key.path=value, such as training.steps=100");
        }
        String key = override.substring(0, equals).strip();
        YamlNode value = YamlReader.read(override.substring(equals + 1), origin);
        if (value == null) {
            throw new SettingException(key, origin + ": the value is missing; write null for no value");
        }
        Map<String, Given> set = new LinkedHashMap<>();
        flatten(key, new YamlNode.Entry(value.line(), value), line -> origin, set);
        if (!key.startsWith(A_TENSOR)) {
            dropTensorsIfNamedBy(set);
        }
        set.forEach((path, setting) -> {
            if (layer.put(path, setting) != null) {
                throw new SettingException(path, "%s: %s is set twice".formatted(origin, path));
            }
        });
    }

    private void dropTensorsIfNamedBy(Map<String, Given> layer) {
        if (layer.keySet().stream().anyMatch(key -> key.startsWith(A_TENSOR))) {
            settings.keySet().removeIf(key -> key.startsWith(A_TENSOR));
        }
    }

    private void lay(Map<String, Given> layer) {
        if (layer.containsKey(MODE) && !sameMode(layer.get(MODE), settings.get(MODE))) {
            settings.remove("initialization.scale");
            settings.remove("initialization.sigma");
            OF_A_FILE.forEach(settings::remove);
        }
        if (layer.containsKey(OF_A_FILE.getFirst())) {
            OF_A_FILE.forEach(settings::remove);
        }
        dropSourcesOfIdsReplacedBy(layer);
        settings.putAll(layer);
    }

    /** A tokenizer comes from a file or is trained, and files of token ids stand for a text. */
    private void dropSourcesOfIdsReplacedBy(Map<String, Given> layer) {
        boolean files = names(layer, TOKENS);
        if (files) {
            settings.remove("corpus.source");
            settings.remove("corpus.end_token");
        }
        if (files || names(layer, TOKENIZER)) {
            settings.keySet().removeIf(key -> key.startsWith(TRAIN));
        } else if (layer.keySet().stream().anyMatch(key -> key.startsWith(TRAIN))) {
            settings.remove(TOKENIZER);
        }
    }

    private static boolean names(Map<String, Given> layer, String key) {
        return layer.containsKey(key) && !layer.get(key).isMissingOrNull();
    }

    private static boolean sameMode(Given one, Given other) {
        return other != null
                && Objects.equals(one.node().describe(), other.node().describe());
    }

    /**
     * The settings below a key, by dotted key.
     *
     * @throws SettingException for an unknown key, or a group given as a value
     */
    static void flatten(String key, YamlNode.Entry entry, Place origin, Map<String, Given> into) {
        String where = origin.at(entry.line());
        if (ConfigKeys.isSetting(key)) {
            into.put(key, new Given(key, where, entry.value()));
        } else if (!ConfigKeys.isGroup(key)) {
            throw ConfigKeys.unknown(where, key);
        } else if (entry.value() instanceof YamlNode.Mapping group
                && !group.entries().isEmpty()) {
            group.entries().forEach((name, inner) -> flatten(key + "." + name, inner, origin, into));
        } else {
            throw new SettingException(
                    key,
                    "%s: %s is a group of settings, but here it is %s"
                            .formatted(where, key, entry.value().describe()));
        }
    }

    /** How messages refer to a line of a document; an override is one place as a whole. */
    interface Place {
        String at(int line);
    }
}
