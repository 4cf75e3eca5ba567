package org.lilgatsby.sweep;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lilgatsby.config.ConfigDraft;
import org.lilgatsby.config.ConfigDraft.Value;
import org.lilgatsby.config.YamlNode;
import org.lilgatsby.config.YamlText;

/**
 * Prints a sweep as YAML that needs no other file: all settings of the experiment are part of it, as they were written,
 * since what they mean may depend on what varies.
 */
final class SweepWriter {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    private final StringBuilder yaml = new StringBuilder();

    private SweepWriter() {}

    static String write(
            String name,
            String title,
            ConfigDraft experiment,
            List<Axis> axes,
            List<Exclusion> exclusions,
            Keep keep,
            List<String> compared,
            List<String> headlines,
            String store) {
        SweepWriter writer = new SweepWriter();
        writer.line("name: " + YamlText.of(name));
        if (title != null) {
            writer.line("title: " + YamlText.of(title));
        }
        writer.line("keep: " + keep);
        if (compared != null) {
            writer.line("compare: " + names(compared));
        }
        if (!headlines.isEmpty()) {
            writer.line("headlines: " + names(headlines));
        }
        if (store != null) {
            writer.line("store: " + YamlText.of(store));
        }
        writer.axes(axes);
        if (!exclusions.isEmpty()) {
            writer.line("exclude:");
            exclusions.forEach(writer::exclusion);
        }
        writer.line("experiment:");
        experiment.toYaml().lines().forEach(line -> writer.line(line.isBlank() ? "" : "  " + line));
        return writer.yaml.toString();
    }

    private static String names(List<String> names) {
        return names.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
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
            settings.add(keys.get(i) + ": " + YamlText.of(values.get(i).node()));
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
            String first = YamlText.of(values.get(i).node());
            if (end - i > 2) {
                items.add(first + ".." + YamlText.of(values.get(end - 1).node()));
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
}
