package org.lilgatsby.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.lilgatsby.config.ConfigDraft;
import org.lilgatsby.config.ConfigDraft.Value;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.config.YamlNode;
import org.lilgatsby.config.YamlReader;
import org.lilgatsby.settings.SettingException;

/**
 * One axis of a grid: a setting, or several that vary together, and the values that they take.
 *
 * @param where how messages call the place where it is given
 * @param keys the settings
 * @param values for each place on the axis, a value for each of the settings
 * @param isTogether whether it was written as settings that go together, be it a single one
 */
record Axis(String where, List<String> keys, List<List<Value>> values, boolean isTogether) {
    Axis {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
    }

    /**
     * An axis of a command line.
     *
     * @param option such as {@code --vary}
     * @param piece a key, an equals sign, and comma-separated values or a list in brackets
     * @throws SettingException if it cannot be used
     */
    static Axis parse(String option, String piece) {
        String where = option + " " + YamlNode.printable(piece);
        int equals = piece.indexOf('=');
        if (equals < 1) {
            throw new SettingException(
                    "", where + ": expected key.path=values, such as training.batch=32,64 or seed=42..73");
        }
        return parse(where, piece.substring(0, equals).strip(), piece.substring(equals + 1));
    }

    /** The seeds of a command line, such as {@code 42..73} or {@code 1,2,3}. */
    static Axis seeds(String values) {
        return parse("--seeds " + YamlNode.printable(values), "seed", values);
    }

    private static Axis parse(String where, String key, String text) {
        requireVariable(where, key);
        List<YamlNode> items = new ArrayList<>();
        for (String part : parts(text)) {
            YamlNode node = YamlReader.readDotted(part, where);
            if (node == null) {
                throw new SettingException(
                        key, "%s: a value of %s is missing; write null for no value".formatted(where, key));
            }
            items.addAll(AxisValues.items(node));
        }
        return single(where, key, items);
    }

    /** The axes of a group {@code vary}. */
    static List<Axis> vary(YamlNode node, String origin) {
        List<Axis> axes = new ArrayList<>();
        ConfigDraft.settings(node, origin, "vary").forEach((key, value) -> {
            String where = value.where() + ", axis " + key;
            requireVariable(where, key);
            axes.add(single(where, key, AxisValues.items(value.node())));
        });
        return axes;
    }

    /** The single axis of a list {@code together}: the same settings with their values in every item. */
    static Axis together(YamlNode node, String origin) {
        String where = "%s line %d".formatted(origin, node.line());
        if (!(node instanceof YamlNode.Sequence list) || list.items().isEmpty()) {
            throw new SettingException(
                    "together",
                    "%s: together must be a list of settings that go together, such as [{seed: 1, training.batch: 8}], "
                                    .formatted(where)
                            + "but is " + (node instanceof YamlNode.Sequence ? "empty" : node.describe()));
        }
        List<String> keys = null;
        List<List<Value>> values = new ArrayList<>();
        for (YamlNode item : list.items()) {
            SequencedMap<String, Value> settings = ConfigDraft.settings(item, origin, "an item of together");
            if (settings.isEmpty()) {
                throw new SettingException(
                        "together",
                        "%s line %d: together names no setting here; give the settings that go together"
                                .formatted(origin, item.line()));
            }
            if (keys == null) {
                keys = List.copyOf(settings.keySet());
                keys.forEach(key -> requireVariable(where, key));
            }
            if (!settings.keySet().equals(Set.copyOf(keys))) {
                throw new SettingException(
                        "together",
                        "%s line %d: has %s, but the first of together has %s; give each the same settings"
                                .formatted(
                                        origin,
                                        item.line(),
                                        String.join(", ", settings.keySet()),
                                        String.join(", ", keys)));
            }
            values.add(keys.stream().map(key -> named(key, settings.get(key))).toList());
        }
        return new Axis(where + ", axis " + String.join(", ", keys), keys, values, true);
    }

    /** The pieces between commas that are outside brackets and quotation marks. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote == 0 && depth == 0 && c == ',') {
                parts.add(part.toString());
                part.setLength(0);
                continue;
            }
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            }
            part.append(c);
        }
        parts.add(part.toString());
        return parts;
    }

    private static Value named(String key, Value value) {
        return new Value(value.where() + ", axis " + key, value.node());
    }

    private static Axis single(String where, String key, List<YamlNode> items) {
        return new Axis(
                where,
                List.of(key),
                AxisValues.of(where, key, items).stream().map(List::of).toList(),
                false);
    }

    private static void requireVariable(String where, String key) {
        if (!ResultKey.ignores(key)) {
            ConfigDraft.requireSetting(where, key);
            return;
        }
        throw new SettingException(
                key, "%s: %s changes no result, so it cannot be varied; set it for all runs".formatted(where, key));
    }
}
