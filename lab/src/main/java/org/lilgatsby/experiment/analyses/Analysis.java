package org.lilgatsby.experiment.analyses;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lilgatsby.settings.Named;
import org.lilgatsby.settings.SettingException;

/**
 * An analysis that can be requested by name. Analyses are services: to add one, write a public class with a constructor
 * without parameters, and list it in {@code META-INF/services}.
 */
public interface Analysis extends Named {
    /** Which states an analysis covers. */
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
     * @param basis what they come from and lack, in sentences; empty if they come from rows
     */
    record Found(AnalysisTable table, Optional<String> basis) implements Answer {}

    /**
     * No figures.
     *
     * @param reason one sentence: what the run or its recording lacks, and how to get it
     */
    record Lacking(String reason) implements Answer {}

    /** What it shows, in one sentence. */
    String asks();

    /** Which states it covers. */
    Scope scope();

    /** Whether it belongs to the overview; tables with one row per token do not. */
    default boolean inOverview() {
        return true;
    }

    /** The parameters that it takes. */
    default Set<AnalysisParameters.Name> takes() {
        return Set.of();
    }

    /**
     * Why a run's recording cannot answer it, and how to get what is missing, in one sentence; empty if nothing is
     * missing. By default, an analysis needs W.
     */
    default Optional<String> missing(AnalysisContext run) {
        return run.missing().embeddings();
    }

    /** What its figures come from and lack where recorded figures answer it, in sentences; empty otherwise. */
    default Optional<String> basis(AnalysisContext run) {
        return Optional.empty();
    }

    /** Its chart on a run's page; empty for none. It is computed whenever a report is written. */
    default Optional<Chart> chart() {
        return Optional.empty();
    }

    /**
     * Computes it.
     *
     * @throws SettingException if a required parameter is missing
     * @throws IOException if the recording cannot be read
     */
    AnalysisTable table(AnalysisContext run, Selection selection) throws IOException;

    /**
     * Computes it if the recording allows it.
     *
     * @throws SettingException if the step was not recorded, a parameter is given that it does not take, or a required
     *     one is missing
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
        Optional<String> reason = missing(run).or(() -> run.missing().rowsOf(selection.group()));
        if (reason.isPresent()) {
            return new Lacking(reason.get());
        }
        run.requireRecorded(selection.step());
        return new Found(table(run, selection).named(run.texts()), basis(run));
    }
}
