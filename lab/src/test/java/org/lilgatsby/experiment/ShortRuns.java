package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.run.RunObserver;
import org.lilgatsby.run.RunOptions;

/** Runs of a few steps on the synthetic corpus, for tests. */
public final class ShortRuns {
    /** Each id is a forward pass of its own: the usual hundreds take longer than the training. */
    private static final int SAMPLE = 4;

    /** What is not given otherwise. */
    private static final List<String> SMALL = List.of("training.batch=2", "training.steps=3", "training.log_every=1");

    private ShortRuns() {}

    /** A built-in experiment, small and with windows of 8 ids where {@code overrides} does not say otherwise. */
    public static ExperimentConfig config(String name, String... overrides) {
        return load(name, List.of(overrides), "model.context=8");
    }

    /** The same with the experiment's own windows, for tests of their length: each costs 16 times as much. */
    public static ExperimentConfig withOwnWindows(String name, String... overrides) {
        return load(name, List.of(overrides));
    }

    private static ExperimentConfig load(String name, List<String> overrides, String... more) {
        List<String> all = new ArrayList<>(overrides);
        Stream.concat(SMALL.stream(), Stream.of(more))
                .filter(small -> overrides.stream()
                        .noneMatch(given -> given.startsWith(small.substring(0, small.indexOf('=') + 1))))
                .forEach(all::add);
        return BuiltIn.load(name, all);
    }

    public static Corpus corpus(ExperimentConfig config) {
        return new CorpusLoader(new CorpusCache(Path.of("no-cache")))
                .load(config.corpus(), config.model().vocabulary());
    }

    public static RunDirectory run(Path root, ExperimentConfig config) {
        return run(root, config, new ScalarKernels(), 1);
    }

    public static RunDirectory run(Path root, ExperimentConfig config, Kernels kernels, int threads) {
        try {
            RunDirectory directory = RunDirectory.create(root);
            ExperimentRun.start(config, corpus(config), directory, options(kernels, threads), new Quiet(-1));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same by one thread, stopped after a step, and resumed to its end. */
    public static RunDirectory runInTwo(Path root, ExperimentConfig config, int stop) throws IOException {
        RunDirectory directory = RunDirectory.create(root);
        RunOptions options = options(new ScalarKernels(), 1);
        assertFalse(ExperimentRun.start(config, corpus(config), directory, options, new Quiet(stop)), "stopped");
        assertTrue(ExperimentRun.resume(config, corpus(config), directory, options, new Quiet(-1)), "finished");
        return directory;
    }

    /** How a short run is carried out. */
    public static RunOptions options(Kernels kernels, int threads) {
        return new RunOptions("test", kernels, threads).withSample(SAMPLE);
    }

    /** Says nothing, and asks to stop after a step (never, if negative). */
    public static final class Quiet implements RunObserver {
        private final int stopAfter;
        private int last;

        public Quiet(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void begins(int done, int total) {
            last = done;
        }

        @Override
        public void stepped(int step, double loss) {
            last = step;
        }

        @Override
        public void finishing(String what) {}

        @Override
        public boolean stopRequested() {
            return last == stopAfter;
        }
    }

    public static RunArchive open(RunDirectory directory) {
        try {
            return RunArchive.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RunData data(RunArchive archive) {
        try {
            return archive.data();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
