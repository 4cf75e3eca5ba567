package org.lilgatsby.sweep.execution;

import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.experiment.FigureRecording;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.run.MemoryRun;
import org.lilgatsby.run.PlannedRun;
import org.lilgatsby.run.RunObserver;
import org.lilgatsby.run.RunOptions;

/** Measures what a run without a step takes here: to draw its start, and to compute the figures of it. */
public final class StartProbe {
    /** The first window warms the compiler up, the second is measured. */
    private static final double WINDOW_SECONDS = 0.5;

    private StartProbe() {}

    /**
     * Seconds of one start on one processor, without what the disk takes. Nothing is written.
     *
     * @param config of a run without a step
     * @throws org.lilgatsby.corpus.CorpusException if its text cannot be used
     * @throws org.lilgatsby.settings.SettingException if it needs more memory than there is
     */
    public static double seconds(ExperimentConfig config, Corpora corpora, RunOptions options) {
        window(config, corpora, options);
        return window(config, corpora, options);
    }

    private static double window(ExperimentConfig config, Corpora corpora, RunOptions options) {
        long began = System.nanoTime();
        int starts = 0;
        do {
            start(config, corpora, options);
            starts++;
        } while (System.nanoTime() - began < WINDOW_SECONDS * 1e9);
        return (System.nanoTime() - began) / 1e9 / starts;
    }

    private static void start(ExperimentConfig config, Corpora corpora, RunOptions options) {
        PlannedRun plan = PlannedRun.inMemory(FigureRecording.only(config), corpora, options);
        try (MemoryRun run = MemoryRun.carryOut(plan, RunObserver.SILENT).orElseThrow()) {
            RunFigures.of(Findings.figures(run.data()));
        }
    }
}
