package org.lilgatsby.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.RunDirectory;

/** Runs of a few steps on the synthetic corpus, for tests. */
final class ShortRuns {
    /** Each id is a forward pass of its own: the usual hundreds take longer than the training. */
    private static final int SAMPLE = 4;

    private ShortRuns() {}

    static ExperimentConfig config(String name, String... overrides) {
        List<String> all = new ArrayList<>(List.of(overrides));
        for (String small : List.of("training.batch=2", "training.steps=3", "training.log_every=1")) {
            String key = small.substring(0, small.indexOf('=') + 1);
            if (all.stream().noneMatch(override -> override.startsWith(key))) {
                all.add(small);
            }
        }
        return BuiltIn.load(name, all);
    }

    static Corpus corpus(ExperimentConfig config) {
        return new CorpusLoader(new CorpusCache(Path.of("no-cache"))).load(config.corpus(), config.model().vocabulary());
    }

    static RunDirectory run(Path root, ExperimentConfig config) {
        return run(root, config, new ScalarKernels(), 1);
    }

    static RunDirectory run(Path root, ExperimentConfig config, Kernels kernels, int threads) {
        try {
            RunDirectory directory = RunDirectory.create(root);
            ExperimentRun.start(config, corpus(config), directory, options(kernels, threads), new Quiet(-1));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a short run is carried out. */
    static RunOptions options(Kernels kernels, int threads) {
        return new RunOptions("test", kernels, threads).withSample(SAMPLE);
    }

    /** Says nothing, and asks to stop after a step (never, if negative). */
    static final class Quiet implements RunObserver {
        private final int stopAfter;
        private int last;

        Quiet(int stopAfter) {
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

    static RunArchive open(RunDirectory directory) {
        try {
            return RunArchive.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RunData data(RunArchive archive) {
        try {
            return archive.data();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
