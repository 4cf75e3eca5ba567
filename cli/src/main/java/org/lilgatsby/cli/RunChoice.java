package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ConfigDifference;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RecordedPrecision;
import org.lilgatsby.corpus.CorpusConfig;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.settings.SettingException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The choice of a run: an experiment, and the settings that differ from it. */
final class RunChoice {
    /** The names of all observables, for the help. */
    private static final class ObservableNames extends ArrayList<String> {
        ObservableNames() {
            super(Observables.ALL.names());
        }
    }

    @Parameters(arity = "0..1", paramLabel = "EXPERIMENT", description = "A built-in experiment, or a YAML file.")
    private String experiment;

    @Option(
            names = "--corpus",
            paramLabel = "TEXT",
            description = "A raw Project Gutenberg text, an ASCII file, or gatsby for the fetched book.")
    private String corpus;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of every random draw.")
    private Long seed;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Number of updates; 0 records and analyses the initial state.")
    private Integer steps;

    @Option(names = "--every", paramLabel = "N", description = "Record every Nth step.")
    private Integer every;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one setting, such as training.batch=16; repeatable.")
    private List<String> settings = List.of();

    @Option(
            names = "--observe",
            paramLabel = "WHAT",
            split = ",",
            completionCandidates = ObservableNames.class,
            description = "Also record: ${COMPLETION-CANDIDATES}; repeatable.")
    private List<Observable> observed = List.of();

    /** Whether an experiment is named. */
    boolean isNamed() {
        return experiment != null;
    }

    /**
     * The requested configuration. A text is named by its absolute path, since a run may be resumed from another
     * directory.
     *
     * @throws SettingException if it cannot be used, or no experiment is named
     */
    ExperimentConfig config() throws IOException {
        if (experiment == null) {
            throw new SettingException(
                    "", "no experiment given; name one of " + String.join(", ", BuiltIn.names()) + ", or a YAML file");
        }
        ExperimentConfig config;
        try {
            config = load(overrides());
            if (!observed.isEmpty()) {
                List<String> more = new ArrayList<>(overrides());
                more.addAll(RecordedPrecision.adding(observed, config));
                config = load(more);
            }
        } catch (SettingException e) {
            throw new SettingException(e.key(), asTyped(e.getMessage()));
        }
        CorpusConfig named = corpus == null ? config.corpus() : config.corpus().withSource(corpus);
        CorpusConfig placed = named.withPaths(TextPath::file);
        return config.withCorpus(
                placed.source() == null ? placed : placed.withSource(TextPath.absolute(placed.source())));
    }

    private ExperimentConfig load(List<String> overrides) throws IOException {
        boolean file = experiment.endsWith(".yaml") || experiment.endsWith(".yml") || experiment.contains("/");
        return file ? ConfigYaml.read(Path.of(experiment), overrides) : BuiltIn.load(experiment, overrides);
    }

    /** Where the text is, if given. */
    Optional<String> corpusSource() {
        return Optional.ofNullable(corpus).map(TextPath::absolute);
    }

    /**
     * Checks that the options do not contradict the run to be resumed.
     *
     * @param config the run's configuration
     * @throws SettingException naming what differs
     */
    void requireNothingElse(ExperimentConfig config) throws IOException {
        if (experiment == null && !(overrides().isEmpty() && observed.isEmpty())) {
            throw new SettingException(
                    "",
                    "a resumed run keeps its configuration; leave out --seed, --steps, --every, --observe and --set");
        }
        if (experiment != null) {
            Optional<String> difference = ConfigDifference.first(
                    config, config().withCorpusSource(config.corpus().where()));
            if (difference.isPresent()) {
                throw new SettingException(
                        "",
                        "the run was started with a different configuration: " + difference.get() + "; leave that out");
            }
        }
    }

    /** Names the option as typed, instead of the setting that it stands for. */
    static String asTyped(String message) {
        return message.replaceFirst("^--set training\\.steps=", "--steps ")
                .replaceFirst("^--set recording\\.every=", "--every ")
                .replaceFirst("^--set seed=", "--seed ");
    }

    private List<String> overrides() {
        List<String> all = new ArrayList<>(settings);
        if (seed != null) {
            all.add("seed=" + seed);
        }
        if (steps != null) {
            all.add("training.steps=" + steps);
        }
        if (every != null) {
            all.add("recording.every=" + every);
        }
        return all;
    }
}
