package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lilgatsby.archive.RunComparison;
import org.lilgatsby.config.ConfigDifference;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.OpenRuns;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.settings.SettingException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * How runs differ: in their settings, and bit for bit from the first of them.
 *
 * @param runs their ids
 * @param settings that are not the same in all, in the order of the configuration
 * @param pairs each other run with the first
 */
public record RunDifferences(List<String> runs, List<Setting> settings, List<Pair> pairs) {
    /** A setting with its value in each run; null where it is not set. */
    public record Setting(String key, List<JsonNode> values) {}

    /**
     * Two runs.
     *
     * @param waiting whether they are still being compared
     * @param missing why they cannot be; null if they can
     * @param sharedSteps number of states that both recorded
     * @param lastSharedStep updates before the last of these
     * @param first the first difference; null if what both recorded is equal bit for bit
     */
    public record Pair(
            String run, boolean waiting, String missing, Integer sharedSteps, Integer lastSharedStep, First first) {}

    /** Where two runs differ first: values are those of the first run and of the other. */
    public record First(int step, String observable, int token, int component, double[] values) {}

    private record Compared(RunComparison comparison, String missing) implements Background.Result {
        @Override
        public long numbers() {
            return 64;
        }
    }

    /**
     * Compares runs with the first of them.
     *
     * @param patience how long to wait for all comparisons, in milliseconds
     * @throws IOException if a run cannot be read
     */
    public static RunDifferences of(Background background, OpenRuns runs, List<Place> places, long patience)
            throws IOException {
        List<ExperimentConfig> configs = new ArrayList<>();
        for (Place place : places) {
            configs.add(runs.with(place, run -> run.archive().config()));
        }
        List<Pair> pairs = new ArrayList<>();
        for (Place other : places.subList(1, places.size())) {
            pairs.add(pair(background, runs, places.getFirst(), other, patience / places.size()));
        }
        return new RunDifferences(places.stream().map(Place::id).toList(), settings(configs), pairs);
    }

    /** The settings that are not the same in all, in the order of the configuration. */
    static List<Setting> settings(List<ExperimentConfig> configs) {
        Set<String> keys = new LinkedHashSet<>();
        for (ExperimentConfig config : configs) {
            ConfigDifference.all(configs.getFirst(), config).forEach(difference -> keys.add(difference.key()));
        }
        List<JsonNode> all = configs.stream().<JsonNode>map(ConfigYaml::toJson).toList();
        return keys.stream()
                .map(key -> new Setting(
                        key, all.stream().map(config -> value(config, key)).toList()))
                .toList();
    }

    private static JsonNode value(JsonNode config, String key) {
        JsonNode node = config;
        for (String part : key.split("\\.")) {
            node = node.path(part);
        }
        return node.isMissingNode() ? NullNode.getInstance() : node;
    }

    private static Pair pair(Background background, OpenRuns runs, Place first, Place other, long patience)
            throws IOException {
        String with = runs.with(other, run -> run.identity() + " " + run.states());
        Optional<Compared> compared = runs.with(
                first,
                run -> background.find(
                        first,
                        run,
                        "comparison with " + with,
                        Compared.class,
                        patience,
                        open -> runs.with(other, opened -> compare(open, opened))));
        if (compared.isEmpty()) {
            return new Pair(other.id(), true, null, null, null, null);
        }
        RunComparison comparison = compared.get().comparison();
        return comparison == null
                ? new Pair(other.id(), false, compared.get().missing(), null, null, null)
                : new Pair(
                        other.id(),
                        false,
                        null,
                        comparison.sharedSteps(),
                        comparison.lastSharedStep(),
                        first(comparison).orElse(null));
    }

    private static Compared compare(OpenRun a, OpenRun b) throws IOException {
        try {
            return new Compared(RunComparison.of(a.archive(), b.archive()), null);
        } catch (SettingException e) {
            return new Compared(null, e.getMessage());
        }
    }

    private static Optional<First> first(RunComparison comparison) {
        return comparison.tensors().stream()
                .filter(tensor -> tensor.first().isPresent())
                .min(Comparator.comparingInt(tensor -> tensor.first().get().step()))
                .map(tensor -> {
                    RunComparison.Difference at = tensor.first().get();
                    return new First(at.step(), tensor.observable().name(), at.token(), at.component(), new double[] {
                        at.a(), at.b()
                    });
                });
    }
}
