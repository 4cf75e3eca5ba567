package org.lilgatsby.sweep;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.lilgatsby.config.ConfigDraft;
import org.lilgatsby.config.ConfigDraft.Value;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.settings.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the points of a sweep: the product of its axes, the last varying fastest, minus the exclusions. */
final class Grid {
    /** Points that are made at the same time. */
    private static final int AT_ONCE = 1024;

    private final ConfigDraft experiment;
    private final List<Axis> axes;
    private final List<Exclusion.Places> exclusions;
    private final CorpusHash corpora;
    private final Map<List<Object>, String> hashes = new HashMap<>();
    private final List<SequencedMap<String, Value>> waiting = new ArrayList<>();
    private final Map<ResultKey, Point> points = new LinkedHashMap<>();

    private Grid(ConfigDraft experiment, List<Axis> axes, List<Exclusion> exclusions, CorpusHash corpora) {
        this.experiment = experiment;
        this.axes = axes;
        this.exclusions =
                exclusions.stream().map(exclusion -> exclusion.on(axes)).toList();
        this.corpora = corpora;
    }

    /**
     * The points, all of them checked.
     *
     * @throws SettingException if there are more than a million, a value cannot be used, or two points are the same run
     */
    static List<Point> points(ConfigDraft experiment, List<Axis> axes, List<Exclusion> exclusions, CorpusHash corpora) {
        requireRoom(axes);
        Grid grid = new Grid(experiment, axes, exclusions, corpora);
        grid.visit(0, new int[axes.size()]);
        grid.addWaiting();
        if (grid.points.isEmpty()) {
            throw new SettingException("exclude", "exclude leaves no point; remove one of its lines");
        }
        return List.copyOf(grid.points.values());
    }

    private static void requireRoom(List<Axis> axes) {
        BigInteger product = axes.stream()
                .map(axis -> BigInteger.valueOf(axis.values().size()))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        if (product.compareTo(BigInteger.valueOf(Sweep.MOST_POINTS)) > 0) {
            String factors = axes.stream()
                    .map(axis ->
                            String.join("+", axis.keys()) + " " + axis.values().size())
                    .collect(Collectors.joining(" x "));
            throw new SettingException(
                    "",
                    "the sweep has %,d points (%s); at most %,d are allowed; use fewer values"
                            .formatted(product, factors, Sweep.MOST_POINTS));
        }
    }

    private void visit(int axis, int[] place) {
        if (axis < place.length) {
            for (place[axis] = 0; place[axis] < axes.get(axis).values().size(); place[axis]++) {
                visit(axis + 1, place);
            }
        } else if (exclusions.stream().noneMatch(exclusion -> exclusion.holds(place))) {
            waiting.add(chosen(place));
            if (waiting.size() == AT_ONCE) {
                addWaiting();
            }
        }
    }

    private SequencedMap<String, Value> chosen(int[] place) {
        SequencedMap<String, Value> chosen = new LinkedHashMap<>();
        for (int a = 0; a < place.length; a++) {
            List<String> keys = axes.get(a).keys();
            for (int k = 0; k < keys.size(); k++) {
                chosen.put(keys.get(k), axes.get(a).values().get(place[a]).get(k));
            }
        }
        return chosen;
    }

    /**
     * Binds the next points side by side, then takes them in their order: corpora are asked for in it, and the first
     * point that is none is the one that is told of.
     */
    private void addWaiting() {
        List<Supplier<Bound>> bound =
                waiting.parallelStream().map(this::attempt).toList();
        waiting.clear();
        bound.forEach(point -> add(point.get()));
    }

    private Supplier<Bound> attempt(SequencedMap<String, Value> chosen) {
        try {
            Bound bound = bound(chosen);
            return () -> bound;
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }

    /** A point without its corpus. */
    private record Bound(ExperimentConfig config, ObjectNode tree, SequencedMap<String, String> settings) {}

    private Bound bound(SequencedMap<String, Value> chosen) {
        ExperimentConfig config = bind(chosen);
        ObjectNode tree = ConfigYaml.toJson(config);
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        chosen.forEach((key, value) -> settings.put(key, text(at(tree, key), value)));
        return new Bound(config, tree, settings);
    }

    private void add(Bound bound) {
        ExperimentConfig config = bound.config();
        String corpus = hashes.computeIfAbsent(
                List.of(config.corpus(), config.model().vocabulary()),
                _ -> corpora.sha256(config.corpus(), config.model().vocabulary()));
        Point point = new Point(config, bound.settings(), ResultKey.of(bound.tree(), corpus, Manifest.ARITHMETIC));
        Point other = points.put(point.key(), point);
        if (other != null) {
            throw new SettingException(
                    "",
                    other.settings().equals(point.settings())
                            ? "the point %s occurs twice; leave one out".formatted(point)
                            : "the points %s and %s are the same run, with equal results; leave one out"
                                    .formatted(other, point));
        }
    }

    /** An error in one value names its place; an error in a combination of values names the point. */
    private ExperimentConfig bind(SequencedMap<String, Value> chosen) {
        try {
            return experiment.choose(chosen);
        } catch (SettingException e) {
            if (!e.key().isEmpty()) {
                throw e;
            }
            String point = chosen.entrySet().stream()
                    .map(setting -> setting.getKey() + " " + AxisValues.describe(setting.getValue()))
                    .collect(Collectors.joining(", "));
            throw new SettingException("", "at the point %s: %s".formatted(point, e.getMessage()));
        }
    }

    private static JsonNode at(JsonNode tree, String key) {
        JsonNode node = tree;
        for (String part : key.split("\\.")) {
            node = node.path(part);
        }
        return node;
    }

    /** A setting as the configuration prints it, or as it was given, where the configuration leaves its group out. */
    private static String text(JsonNode printed, Value given) {
        if (printed.isMissingNode()) {
            return AxisValues.describe(given);
        }
        if (printed.isNull()) {
            return "null";
        }
        return printed.isFloatingPointNumber() ? Settings.plain(printed.doubleValue()) : printed.asString();
    }
}
