package org.lilgatsby.sweep;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lilgatsby.config.ConfigDraft;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.YamlNode;
import org.lilgatsby.config.YamlReader;
import org.lilgatsby.settings.NearestName;
import org.lilgatsby.settings.SettingException;

/** Reads a sweep from a YAML file. */
final class SweepFile {
    private static final List<String> KEYS = List.of(
            "name",
            "title",
            "experiment",
            "set",
            "vary",
            "together",
            "exclude",
            "keep",
            "compare",
            "headlines",
            "store");

    /** Room for a list of some hundred thousand values. */
    private static final int LARGEST = 16 << 20;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private static final Pattern TITLE = Pattern.compile("[^\\p{Cntrl}\\p{Co}\\p{Cn}\\p{Cs}\\u2028\\u2029]{1,200}");

    private final String origin;
    private final Map<String, YamlNode.Entry> entries;

    private SweepFile(String origin, Map<String, YamlNode.Entry> entries) {
        this.origin = origin;
        this.entries = entries;
    }

    /**
     * Whether a file is a sweep; otherwise it is to be read as an experiment.
     *
     * @throws SettingException if it is not readable as YAML
     */
    static boolean isSweep(Path file) throws IOException {
        YamlNode root = YamlReader.readDotted(ConfigYaml.text(file, LARGEST), file.toString());
        return root instanceof YamlNode.Mapping mapping
                && mapping.entries().keySet().stream().anyMatch(List.of("experiment", "vary", "together")::contains);
    }

    static Sweep read(Path file) throws IOException {
        return parse(ConfigYaml.text(file, LARGEST), file.toString(), file);
    }

    /**
     * Reads a sweep from text.
     *
     * @param origin what messages call the text
     * @param file beside which other files are; the path need not exist
     */
    static Sweep parse(String yaml, String origin, Path file) throws IOException {
        YamlNode root = YamlReader.readDotted(yaml, origin);
        if (!(root instanceof YamlNode.Mapping mapping)) {
            throw new SettingException(
                    "",
                    "%s: expected keys such as experiment and vary, one per line, but found %s"
                            .formatted(origin, root == null ? "nothing" : root.describe()));
        }
        mapping.entries().forEach((key, entry) -> {
            if (!KEYS.contains(key)) {
                throw new SettingException(
                        key,
                        "%s line %d: unknown key %s; did you mean %s?"
                                .formatted(origin, entry.line(), YamlNode.printable(key), NearestName.to(key, KEYS)));
            }
        });
        return new SweepFile(origin, mapping.entries()).sweep(file);
    }

    private Sweep sweep(Path file) throws IOException {
        List<Axis> axes = new ArrayList<>();
        if (entries.containsKey("together")) {
            axes.add(Axis.together(value("together"), origin));
        }
        if (entries.containsKey("vary")) {
            axes.addAll(Axis.vary(value("vary"), origin));
        }
        Sweep.requireDistinct(axes);
        return new Sweep(
                entries.containsKey("name") ? name() : ConfigYaml.nameOf(origin),
                entries.containsKey("title") ? title() : null,
                experiment(file).with(set(axes)),
                axes,
                entries.containsKey("exclude") ? Exclusion.list(value("exclude"), origin) : List.of(),
                entries.containsKey("keep") ? keep() : Keep.SERIES,
                entries.containsKey("compare") ? names("compare", "varied settings") : null,
                entries.containsKey("headlines") ? names("headlines", "names of figures") : List.of(),
                entries.containsKey("store") ? store(file) : null);
    }

    private Path store(Path file) {
        try {
            return file.resolveSibling(text("store"));
        } catch (InvalidPathException e) {
            throw new SettingException(
                    "store",
                    "%s: store is not a valid path (%s); name a directory".formatted(where("store"), e.getReason()));
        }
    }

    private String name() {
        String name = text("name");
        if (!NAME.matcher(name).matches()) {
            throw new SettingException(
                    "name",
                    ("%s: name is \"%s\"; allowed are lower-case letters, digits and hyphens, at most 64, not a "
                                    + "hyphen first")
                            .formatted(where("name"), YamlNode.printable(name)));
        }
        return name;
    }

    private String title() {
        String title = text("title");
        if (!TITLE.matcher(title).matches()) {
            throw new SettingException(
                    "title", "%s: title must be one line of 1 to 200 printable characters".formatted(where("title")));
        }
        return title;
    }

    private ConfigDraft experiment(Path file) throws IOException {
        if (!entries.containsKey("experiment")) {
            throw new SettingException(
                    "experiment",
                    origin + ": experiment is missing; name a built-in one or a YAML file, or give its settings");
        }
        if (value("experiment") instanceof YamlNode.Mapping settings) {
            return ConfigDraft.of(settings, origin);
        }
        String experiment = text("experiment");
        if (Sweep.isFile(experiment)) {
            try {
                return ConfigDraft.read(file.resolveSibling(experiment));
            } catch (InvalidPathException e) {
                throw new SettingException(
                        "experiment",
                        "%s: experiment is not a valid path (%s); name a YAML file"
                                .formatted(where("experiment"), e.getReason()));
            }
        }
        try {
            return ConfigDraft.builtIn(experiment);
        } catch (SettingException e) {
            throw new SettingException("experiment", "%s: %s".formatted(where("experiment"), e.getMessage()));
        }
    }

    private SequencedMap<String, ConfigDraft.Value> set(List<Axis> axes) {
        if (!entries.containsKey("set")) {
            return new LinkedHashMap<>();
        }
        SequencedMap<String, ConfigDraft.Value> set = ConfigDraft.settings(value("set"), origin, "set");
        for (Axis axis : axes) {
            for (String key : axis.keys()) {
                if (set.containsKey(key)) {
                    throw new SettingException(
                            key,
                            "%s: %s is set, but also varies; leave one of them out"
                                    .formatted(set.get(key).where(), key));
                }
            }
        }
        return set;
    }

    private Keep keep() {
        String keep = text("keep");
        return Arrays.stream(Keep.values())
                .filter(choice -> choice.toString().equals(keep))
                .findFirst()
                .orElseThrow(() -> new SettingException(
                        "keep",
                        "%s: keep is \"%s\"; allowed are %s"
                                .formatted(
                                        where("keep"),
                                        YamlNode.printable(keep),
                                        Arrays.stream(Keep.values())
                                                .map(Keep::toString)
                                                .collect(Collectors.joining(", ")))));
    }

    private List<String> names(String key, String what) {
        List<String> names = new ArrayList<>();
        for (YamlNode item : AxisValues.items(value(key))) {
            if (!(item instanceof YamlNode.Scalar(var _, String name)) || name == null) {
                throw new SettingException(
                        key,
                        "%s: %s must be a list of %s, but holds %s".formatted(where(key), key, what, item.describe()));
            }
            if (names.contains(name)) {
                throw new SettingException(
                        key,
                        "%s: %s names %s twice; leave one out".formatted(where(key), key, YamlNode.printable(name)));
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    private String text(String key) {
        if (value(key) instanceof YamlNode.Scalar(var _, String text) && text != null && !text.isBlank()) {
            return text;
        }
        throw new SettingException(
                key,
                "%s: %s must be text, but is %s"
                        .formatted(where(key), key, value(key).describe()));
    }

    private YamlNode value(String key) {
        return entries.get(key).value();
    }

    private String where(String key) {
        return "%s line %d".formatted(origin, entries.get(key).line());
    }
}
