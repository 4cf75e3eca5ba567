package org.lilgatsby.experiment;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.settings.Settings;

/** In what a run differs from the published one of its experiment, so that nobody compares what cannot agree. */
final class PublishedRunDifferences {
    private final List<String> found = new ArrayList<>();

    private PublishedRunDifferences() {}

    /**
     * Compares a run with the built-in configuration of the experiment it concludes. What is recorded, and over how
     * many steps a printed loss is averaged, decide no figure and are not compared.
     *
     * @param sha256 of the published corpus
     */
    static List<String> of(ExperimentConfig config, Manifest.CorpusFacts corpus, String sha256) {
        ExperimentConfig published = BuiltIn.load(config.conclusion(), List.of());
        PublishedRunDifferences departures = new PublishedRunDifferences();
        if (!corpus.sha256().equals(sha256)) {
            departures.found.add("the corpus is %s, not the published one"
                    .formatted(corpus.synthetic() ? "the built-in synthetic text" : corpus.name()));
        }
        departures.compare("seed", config.seed(), published.seed());
        departures.compareAll("model", config.model(), published.model());
        departures.compareAll("initialization", config.initialization(), published.initialization());
        departures.compareAll("training", config.training(), published.training());
        departures.compareAll("precision", config.precision(), published.precision());
        return departures.found;
    }

    private void compareAll(String group, Record run, Record published) {
        for (RecordComponent setting : run.getClass().getRecordComponents()) {
            if (!setting.getName().equals("logEvery")) {
                compare(group + "." + inSnakeCase(setting.getName()), value(setting, run), value(setting, published));
            }
        }
    }

    private void compare(String key, Object run, Object published) {
        if (!Objects.equals(run, published)) {
            found.add("%s is %s, published %s".formatted(key, text(run), text(published)));
        }
    }

    private static Object value(RecordComponent setting, Record settings) {
        try {
            return setting.getAccessor().invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a public record hides its " + setting.getName(), e);
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case Integer number -> Figures.count(number);
            case Double number -> Settings.plain(number);
            default -> value.toString();
        };
    }

    private static String inSnakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
