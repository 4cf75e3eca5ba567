package org.lilgatsby.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ConfigDraft;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.YamlNode;
import org.lilgatsby.settings.NearestName;
import org.lilgatsby.settings.SettingException;

/**
 * Many runs that answer one question: an experiment, what varies in it, what is kept and what is compared. Immutable;
 * {@code setting}, {@code varying} and {@code keeping} return a new sweep.
 */
public final class Sweep {
    /** The most points of a sweep. */
    public static final int MOST_POINTS = 1_000_000;

    private static final String SEED = "seed";

    private final String name;
    private final String title;
    private final ConfigDraft experiment;
    private final List<Axis> axes;
    private final List<Exclusion> exclusions;
    private final Keep keep;
    private final List<String> compared;
    private final List<String> headlines;
    private final Path store;

    /**
     * @param title null for that of the experiment
     * @param compared null for the usual groups
     * @param headlines figures to be shown before all others
     * @param store null if the sweep names none
     */
    Sweep(
            String name,
            String title,
            ConfigDraft experiment,
            List<Axis> axes,
            List<Exclusion> exclusions,
            Keep keep,
            List<String> compared,
            List<String> headlines,
            Path store) {
        this.name = name;
        this.title = title;
        this.experiment = experiment;
        this.axes = List.copyOf(axes);
        this.exclusions = List.copyOf(exclusions);
        this.keep = keep;
        this.compared = compared;
        this.headlines = List.copyOf(headlines);
        this.store = store;
    }

    /**
     * An experiment in which nothing varies yet.
     *
     * @param experiment a built-in one, or a YAML file
     * @throws SettingException if it is unknown, or its content cannot be used
     * @throws IOException if it cannot be read
     */
    public static Sweep of(String experiment) throws IOException {
        boolean file = isFile(experiment);
        return new Sweep(
                file ? ConfigYaml.nameOf(experiment) : experiment,
                null,
                file ? ConfigDraft.read(Path.of(experiment)) : ConfigDraft.builtIn(experiment),
                List.of(),
                List.of(),
                Keep.SERIES,
                null,
                List.of(),
                null);
    }

    /**
     * A sweep from a file.
     *
     * @throws SettingException naming the line of what cannot be used
     * @throws IOException if it cannot be read, or the experiment that it names cannot
     */
    public static Sweep read(Path file) throws IOException {
        return SweepFile.read(file);
    }

    /**
     * A built-in sweep, a sweep's file, or an experiment in which nothing varies yet, built-in or a file.
     *
     * @throws SettingException if there is nothing of this name, or its content cannot be used
     * @throws IOException if it cannot be read
     */
    public static Sweep open(String what) throws IOException {
        if (BuiltInSweep.names().contains(what)) {
            return BuiltInSweep.load(what);
        }
        if (isFile(what)) {
            return SweepFile.isSweep(Path.of(what)) ? read(Path.of(what)) : of(what);
        }
        if (!BuiltIn.names().contains(what)) {
            List<String> names = new ArrayList<>(BuiltInSweep.names());
            names.addAll(BuiltIn.names());
            throw new SettingException(
                    "",
                    "there is no sweep or experiment \"%s\"; did you mean %s? A file's name ends in .yaml"
                            .formatted(YamlNode.printable(what), NearestName.to(what, names)));
        }
        return of(what);
    }

    /** Whether the experiment is given as a file. */
    static boolean isFile(String experiment) {
        return experiment.endsWith(".yaml") || experiment.endsWith(".yml") || experiment.contains("/");
    }

    /**
     * With settings for all runs, as {@code key.path=value}. A setting given here no longer varies.
     *
     * @throws SettingException if one cannot be used, or belongs to an axis of several
     */
    public Sweep setting(List<String> settings) {
        Set<String> keys = new HashSet<>();
        settings.forEach(setting -> keys.add(setting.split("=", 2)[0].strip()));
        return new Sweep(
                name,
                title,
                experiment.with(settings),
                without(keys, axes, "set"),
                exclusions,
                keep,
                compared,
                headlines,
                store);
    }

    /**
     * With axes from a command line, which replace those of the same settings and follow the others.
     *
     * @param varied each a setting and its values, such as {@code training.batch=32,64}
     * @param seeds values of the seed, such as {@code 42..73}; null for none
     * @throws SettingException if one cannot be used, or a setting appears twice
     */
    public Sweep varying(List<String> varied, String seeds) {
        List<Axis> added = new ArrayList<>();
        varied.forEach(piece -> added.add(Axis.parse("--vary", piece)));
        if (seeds != null) {
            added.add(Axis.seeds(seeds));
        }
        requireDistinct(added);
        Set<String> keys = new HashSet<>(keys(added));
        List<Axis> all = new ArrayList<>(without(keys, axes, "vary"));
        all.addAll(added);
        return new Sweep(name, title, experiment, all, exclusions, keep, compared, headlines, store);
    }

    /** With another choice of what is kept. */
    public Sweep keeping(Keep other) {
        return new Sweep(name, title, experiment, axes, exclusions, other, compared, headlines, store);
    }

    /** The directory of the store that a file names; empty if it names none. */
    public Optional<Path> store() {
        return Optional.ofNullable(store);
    }

    /**
     * The sweep as a file that needs no other.
     *
     * @param directory where the file will be
     * @param runs the store of its runs, which the file names by its path from there
     * @throws SettingException if the experiment is not a complete configuration before anything varies
     */
    public String toYaml(Path directory, Path runs) {
        Path here = directory.toAbsolutePath().normalize();
        Path there = runs.toAbsolutePath().normalize();
        String path = here.getRoot().equals(there.getRoot())
                ? here.relativize(there).toString().replace('\\', '/')
                : there.toString();
        return SweepWriter.write(name, title, experiment, axes, exclusions, keep, compared, headlines, path);
    }

    /**
     * The experiment before anything varies.
     *
     * @throws SettingException if it is not a complete configuration
     */
    public ExperimentConfig base() {
        return experiment.bind();
    }

    /** With another name. */
    public Sweep withName(String other) {
        return new Sweep(other, title, experiment, axes, exclusions, keep, compared, headlines, store);
    }

    /** What reports and tables call this sweep. */
    public String name() {
        return name;
    }

    /**
     * The question that it asks, in one line; the experiment's title if it has none of its own.
     *
     * @throws SettingException if the experiment is not a complete configuration before anything varies
     */
    public String title() {
        return title == null ? base().title() : title;
    }

    /** What is kept of each run. */
    public Keep keep() {
        return keep;
    }

    /** The settings that vary, in the order of the axes. */
    public List<String> varied() {
        return keys(axes);
    }

    /** The settings of each axis; those of one axis change together. */
    public List<List<String>> axes() {
        return axes.stream().map(Axis::keys).toList();
    }

    /** The settings whose values define the groups of the statistics: by default, every varied setting but the seed. */
    public List<String> compared() {
        if (compared != null) {
            return compared;
        }
        return varied().stream().filter(key -> !key.equals(SEED)).toList();
    }

    /** Names of figures that a reader wants first, before those that every sweep has. */
    public List<String> headlines() {
        return headlines;
    }

    /**
     * The points, in the order of the axes, the last of which varies fastest. All of them are checked, so an impossible
     * point is found before anything runs.
     *
     * @throws SettingException if nothing varies, there are too many points, a value cannot be used, or two points are
     *     the same run
     * @throws org.lilgatsby.corpus.CorpusException if a corpus cannot be used
     */
    public List<Point> points(CorpusHash corpora) {
        if (axes.isEmpty()) {
            throw new SettingException("vary", "nothing varies; give a setting with its values, or seeds");
        }
        for (String key : compared()) {
            if (!varied().contains(key)) {
                throw new SettingException(
                        "compare",
                        "compare names %s, which is not varied; what varies: %s"
                                .formatted(key, String.join(", ", varied())));
            }
        }
        return Grid.points(experiment, axes, exclusions, corpora);
    }

    /** @throws SettingException if a setting is on two axes */
    static void requireDistinct(List<Axis> axes) {
        Set<String> keys = new HashSet<>();
        for (Axis axis : axes) {
            for (String key : axis.keys()) {
                if (!keys.add(key)) {
                    throw new SettingException(key, "%s: %s already varies".formatted(axis.where(), key));
                }
            }
        }
    }

    private static List<String> keys(Collection<Axis> axes) {
        return axes.stream().flatMap(axis -> axis.keys().stream()).toList();
    }

    private static List<Axis> without(Set<String> keys, List<Axis> axes, String verb) {
        List<Axis> rest = new ArrayList<>();
        for (Axis axis : axes) {
            List<String> common = axis.keys().stream().filter(keys::contains).toList();
            if (common.isEmpty()) {
                rest.add(axis);
            } else if (axis.keys().size() > 1) {
                throw new SettingException(
                        common.getFirst(),
                        "%s: %s varies together with other settings there; change the file to %s it"
                                .formatted(axis.where(), common.getFirst(), verb));
            }
        }
        return rest;
    }
}
