package org.lilgatsby.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Sweep;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

/** The choice of a sweep: what it starts from, what is set in it and what varies. */
final class SweepChoice {
    @Parameters(
            arity = "0..1",
            paramLabel = "SWEEP",
            description = "A built-in sweep, a sweep's YAML file, or an experiment with settings to vary.")
    private String what;

    @Option(
            names = "--vary",
            paramLabel = "KEY=VALUES",
            description = "Vary one setting, such as 'initialization.sigma=log(1e-6,1e-4,25)' or "
                    + "training.batch=16,32; repeatable.")
    private List<String> varied = List.of();

    @Option(names = "--seeds", paramLabel = "VALUES", description = "Vary the seed, such as 42..73 or 1,2,3.")
    private String seeds;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one setting of all runs, such as training.batch=16; repeatable.")
    private List<String> settings = List.of();

    @Option(names = "--steps", paramLabel = "N", description = "Number of updates; 0 examines only the start.")
    private Integer steps;

    @Option(names = "--every", paramLabel = "N", description = "Examine every Nth step.")
    private Integer every;

    @Option(
            names = "--corpus",
            paramLabel = "TEXT",
            description = "A raw Project Gutenberg text, an ASCII file, or gatsby for the fetched book.")
    private String corpus;

    @Option(
            names = "--keep",
            paramLabel = "WHAT",
            description = "What to keep of each run: ${COMPLETION-CANDIDATES} (default: series).")
    private Keep keep;

    /** Whether a sweep is named. */
    boolean isNamed() {
        return what != null;
    }

    /**
     * The sweep that is asked for.
     *
     * @throws SettingException if it cannot be used
     */
    Sweep sweep() throws IOException {
        List<String> all = new ArrayList<>(settings);
        if (steps != null) {
            all.add("training.steps=" + steps);
        }
        if (every != null) {
            all.add("recording.every=" + every);
        }
        if (corpus != null) {
            all.add("corpus.source=" + JsonNodeFactory.instance.stringNode(TextPath.absolute(corpus)));
        }
        try {
            Sweep sweep = Sweep.open(what).setting(all).varying(varied, seeds);
            return keep == null ? sweep : sweep.keeping(keep);
        } catch (SettingException e) {
            throw new SettingException(e.key(), RunChoice.asTyped(e.getMessage()));
        }
    }
}
