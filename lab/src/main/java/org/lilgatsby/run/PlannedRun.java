package org.lilgatsby.run;

import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.recording.RecordingPlan;

/**
 * A run before it is carried out: everything it needs is known, and nothing has been written.
 *
 * @param config the resolved configuration
 * @param corpus what it trains on
 * @param options how it is carried out
 * @param recording the files that it records to
 * @param space the disk space that it needs
 */
public record PlannedRun(
        ExperimentConfig config, Corpus corpus, RunOptions options, RecordingPlan recording, SpaceNeed space) {
    /**
     * Plans a run.
     *
     * @throws org.lilgatsby.corpus.CorpusException if the text cannot be used
     * @throws org.lilgatsby.settings.SettingException if it needs more memory than there is
     */
    public static PlannedRun of(ExperimentConfig config, Corpora corpora, RunOptions options) {
        Corpus corpus = fitting(config, corpora, options);
        RecordingPlan recording = ExperimentRun.plan(config, corpus);
        return new PlannedRun(config, corpus, options, recording, SpaceNeed.of(config, recording));
    }

    /**
     * The disk space that a run needs, even if this machine has too little memory for it.
     *
     * @throws org.lilgatsby.corpus.CorpusException if the text cannot be used
     */
    public static SpaceNeed spaceOf(ExperimentConfig config, Corpora corpora) {
        Corpus corpus = corpora.load(config.corpus(), config.model().vocabulary());
        return SpaceNeed.of(config, ExperimentRun.plan(config, corpus));
    }

    /**
     * Plans a run for {@link MemoryRun}, which writes nothing.
     *
     * @throws org.lilgatsby.corpus.CorpusException if the text cannot be used
     * @throws org.lilgatsby.settings.SettingException if it needs more memory than there is
     */
    public static PlannedRun inMemory(ExperimentConfig config, Corpora corpora, RunOptions options) {
        return knownToFit(config, fitting(config, corpora, options), options);
    }

    /** As {@link #inMemory}, for a run that takes no more memory than another one that did not need too much. */
    public static PlannedRun knownToFit(ExperimentConfig config, Corpus corpus, RunOptions options) {
        return new PlannedRun(config, corpus, options, ExperimentRun.planInMemory(config, corpus), SpaceNeed.NONE);
    }

    private static Corpus fitting(ExperimentConfig config, Corpora corpora, RunOptions options) {
        Corpus corpus = corpora.load(config.corpus(), config.model().vocabulary());
        Extent extent =
                Extent.of(config.recording(), config.model(), config.precision().seen(), corpus.live(), corpus.dead());
        MemoryNeed.of(config, corpus, extent, options).requireFits(config, options, MachineMemory.here());
        return corpus;
    }
}
