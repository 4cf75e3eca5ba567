package org.lilgatsby.experiment.analyses;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lilgatsby.settings.Named;
import org.lilgatsby.settings.SettingException;

/**
 * An analysis that can be asked for by its name. Analyses are services: whoever adds one writes a public class with a
 * constructor without parameters, and names it in {@code META-INF/services}.
 */
public interface Analysis extends Named {
    /** Which states an analysis is about. */
    enum Scope {
        /** A row for each recorded state, or for a chosen one. */
        OVER_TIME,
        /** One state: the chosen one, or the last. */
        ONE_STATE,
        /** The whole recording. */
        WHOLE
    }

    /** What was found. */
    sealed interface Answer {}

    /**
     * Figures.
     *
     * @param table the figures
     */
    record Found(AnalysisTable table) implements Answer {}

    /**
     * No figures.
     *
     * @param reason one sentence: what the run or its recording lacks, and how to get it
     */
    record Lacking(String reason) implements Answer {}

    /** What it tells, in one sentence. */
    String asks();

    /** Which states it is about. */
    Scope scope();

    /** Whether it belongs to the whole picture; tables with a row a token do not. */
    default boolean inOverview() {
        return true;
    }

    /** The parameters that it uses. */
    default Set<AnalysisParameters.Name> takes() {
        return Set.of();
    }

    /**
     * Why a run's recording cannot answer it: one sentence, saying how to get what is missing; empty if nothing is.
     * Unless it says otherwise, an analysis needs W.
     */
    default Optional<String> missing(AnalysisContext run) {
        return run.withoutEmbeddings();
    }

    /** How it looks on a run's page; empty if it is not there. It is computed whenever a report is written. */
    default Optional<Chart> chart() {
        return Optional.empty();
    }

    /**
     * Computes it.
     *
     * @throws SettingException if it needs a parameter that is not given
     * @throws IOException if the recording cannot be read
     */
    AnalysisTable table(AnalysisContext run, Selection selection) throws IOException;

    /**
     * Answers it.
     *
     * @throws SettingException if the step was not recorded, or a parameter is given that it does not take, or none
     *     where it needs one
     * @throws IOException if the recording cannot be read
     */
    default Answer answer(AnalysisContext run, Selection selection) throws IOException {
        for (AnalysisParameters.Name given : selection.parameters().given()) {
            if (!takes().contains(given)) {
                String others = Analyses.all().stream()
                        .filter(other -> other.takes().contains(given))
                        .map(Analysis::name)
                        .collect(Collectors.joining(", "));
                throw new SettingException(
                        "", "the analysis '%s' takes no %s; it is for %s".formatted(name(), given, others));
            }
        }
        Optional<String> reason = missing(run);
        if (reason.isPresent()) {
            return new Lacking(reason.get());
        }
        run.requireRecorded(selection.step());
        return new Found(table(run, selection));
    }
}
