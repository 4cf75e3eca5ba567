package org.lilgatsby.experiment.analyses;

import java.io.IOException;
import java.util.Optional;

/**
 * An analysis that can be asked for by its name.
 *
 * @param name how it is asked for
 * @param asks what it tells, in one sentence
 * @param scope which states it is about
 * @param inOverview whether it belongs to the whole picture; tables with a row a token do not
 * @param missing why a run's recording cannot answer it
 * @param work computes it
 */
public record Analysis(String name, String asks, Scope scope, boolean inOverview, Missing missing, Work work) {
    /** Which states an analysis is about. */
    public enum Scope {
        /** A row for each recorded state, or for a chosen one. */
        OVER_TIME,
        /** One state: the chosen one, or the last. */
        ONE_STATE,
        /** The whole recording. */
        WHOLE
    }

    /** What a recording lacks. */
    @FunctionalInterface
    interface Missing {
        /** One sentence, saying how to get it; empty if nothing is missing. */
        Optional<String> in(AnalysisContext run);
    }

    /** What computes an analysis. */
    @FunctionalInterface
    interface Work {
        AnalysisTable of(AnalysisContext run, Selection selection) throws IOException;
    }

    /** What was found. */
    public sealed interface Answer {}

    /**
     * Figures.
     *
     * @param table the figures
     */
    public record Found(AnalysisTable table) implements Answer {}

    /**
     * No figures.
     *
     * @param reason one sentence: what the run or its recording lacks, and how to get it
     */
    public record Lacking(String reason) implements Answer {}

    /**
     * Answers it.
     *
     * @throws org.lilgatsby.settings.SettingException if the step was not recorded
     * @throws IOException if the recording cannot be read
     */
    public Answer answer(AnalysisContext run, Selection selection) throws IOException {
        Optional<String> reason = missing.in(run);
        if (reason.isPresent()) {
            return new Lacking(reason.get());
        }
        run.requireRecorded(selection.step());
        return new Found(work.of(run, selection));
    }
}
