package org.lilgatsby.explorer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.laboratory.Laboratory;
import org.lilgatsby.laboratory.ReportScope;
import org.lilgatsby.run.RunObserver;
import org.lilgatsby.run.RunOptions;

/** Runs of a few steps on the synthetic corpus, with their reports and seals. */
public final class SmallRuns {
    private static final List<String> SMALL = List.of(
            "training.batch=1",
            "training.log_every=1",
            "model.context=8",
            "model.width=8",
            "model.layers=1",
            "model.heads=1");

    private SmallRuns() {}

    public static Path run(Path root, String experiment, int steps, String... more) {
        return run(root, experiment, steps, RunObserver.SILENT, more);
    }

    public static Path run(Path root, String experiment, int steps, RunObserver observer, String... more) {
        List<String> settings = new ArrayList<>(SMALL);
        for (String setting : more) {
            settings.removeIf(usual -> usual.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
        }
        settings.add("training.steps=" + steps);
        settings.addAll(List.of(more));
        ExperimentConfig config = BuiltIn.load(experiment, settings);
        Laboratory laboratory = new Laboratory(
                new CorpusLoader(new CorpusCache(Path.of("no-cache"))),
                new RunOptions("test", new ScalarKernels(), 1).withSample(1),
                ReportScope.NONE);
        try {
            laboratory.run(laboratory.plan(config), root, observer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return root;
    }
}
