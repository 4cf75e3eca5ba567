package org.lilgatsby.sweep;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lilgatsby.config.ConfigDraft.Value;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.YamlNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Prints a sweep as YAML that needs no other file: the experiment's complete configuration is part of it. */
final class SweepWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+-]*");
    private static final Pattern NO_TEXT = Pattern.compile("(?i)null|~|");
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    private final StringBuilder yaml = new StringBuilder();

    private SweepWriter() {}

    static String write(
            String name,
            String title,
            ExperimentConfig experiment,
            List<Axis> axes,
            List<Exclusion> exclusions,
            Keep keep,
            List<String> compared,
            List<String> headlines,
            String store) {
        SweepWriter writer = new SweepWriter();
        writer.line("name: " + quoted(name));
        if (title != null) {
            writer.line("title: " + quoted(title));
        }
        writer.line("keep: " + keep);
        if (compared != null) {
            writer.line("compare: " + names(compared));
        }
        if (!headlines.isEmpty()) {
            writer.line("headlines: " + names(headlines));
        }
        if (store != null) {
            writer.line("store: " + quoted(store));
        }
        writer.axes(axes);
        if (!exclusions.isEmpty()) {
            writer.line("exclude:");
            exclusions.forEach(writer::exclusion);
        }
        writer.line("experiment:");
        ConfigYaml.toYaml(experiment).lines().forEach(line -> writer.line(line.isBlank() ? "" : "  " + line));
        return writer.yaml.toString();
    }

    private static String names(List<String> names) {
        return names.stream().map(SweepWriter::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private void line(String line) {
        yaml.append(line).append('\n');
    }

    private void axes(List<Axis> axes) {
        List<Axis> single = new ArrayList<>(axes);
        for (Axis axis : axes) {
            if (axis.isTogether()) {
                single.remove(axis);
                line("together:");
                axis.values().forEach(values -> line("  - " + together(axis.keys(), values)));
            }
        }
        if (!single.isEmpty()) {
            line("vary:");
            single.forEach(axis -> line("  %s: %s"
                    .formatted(
                            axis.keys().getFirst(),
                            list(axis.values().stream().map(List::getFirst).toList()))));
        }
    }

    private static String together(List<String> keys, List<Value> values) {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            settings.add(keys.get(i) + ": " + text(values.get(i).node()));
        }
        return "{" + String.join(", ", settings) + "}";
    }

    private void exclusion(Exclusion exclusion) {
        line("  - "
                + exclusion.conditions().stream()
                        .map(condition -> condition.key() + ": " + list(condition.values()))
                        .collect(Collectors.joining(", ", "{", "}")));
    }

    /** A list of values; three and more whole numbers that follow each other are a range. */
    private static String list(List<Value> values) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < values.size(); ) {
            int end = i + 1;
            while (end < values.size()
                    && follows(values.get(end - 1).node(), values.get(end).node())) {
                end++;
            }
            String first = text(values.get(i).node());
            if (end - i > 2) {
                items.add(first + ".." + text(values.get(end - 1).node()));
                i = end;
            } else {
                items.add(first);
                i++;
            }
        }
        return "[" + String.join(", ", items) + "]";
    }

    private static boolean follows(YamlNode one, YamlNode next) {
        return one instanceof YamlNode.Scalar(var _, String a)
                && next instanceof YamlNode.Scalar(var _, String b)
                && a != null
                && b != null
                && WHOLE.matcher(a).matches()
                && WHOLE.matcher(b).matches()
                && new BigInteger(a).add(BigInteger.ONE).equals(new BigInteger(b));
    }

    private static String text(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar(var _, String text) -> text == null ? "null" : quoted(text);
            case YamlNode.Sequence(var _, List<YamlNode> items) ->
                items.stream().map(SweepWriter::text).collect(Collectors.joining(", ", "[", "]"));
            case YamlNode.Mapping(var _, Map<String, YamlNode.Entry> entries) ->
                entries.entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ": "
                                + text(entry.getValue().value()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    /** As it is where YAML takes it for the same text, otherwise between quotation marks as in JSON. */
    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() && !NO_TEXT.matcher(text).matches()
                ? text
                : JsonNodeFactory.instance.stringNode(text).toString();
    }
}
