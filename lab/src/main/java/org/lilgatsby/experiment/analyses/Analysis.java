package org.lilgatsby.experiment.analyses;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lilgatsby.settings.SettingException;

/**
 * An analysis that can be asked for by its name.
 *
 * @param name how it is asked for
 * @param asks what it tells, in one sentence
 * @param scope which states it is about
 * @param inOverview whether it belongs to the whole picture; tables with a row a token do not
 * @param takes the parameters that it uses
 * @param missing why a run's recording cannot answer it
 * @param work computes it
 */
public record Analysis(
        String name,
        String asks,
        Scope scope,
        boolean inOverview,
        Set<AnalysisParameters.Name> takes,
        Missing missing,
        Work work) {
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

    /** Copies the set. */
    public Analysis {
        takes = Set.copyOf(takes);
    }

    /** An analysis without parameters. */
    Analysis(String name, String asks, Scope scope, boolean inOverview, Missing missing, Work work) {
        this(name, asks, scope, inOverview, Set.of(), missing, work);
    }

    /** The same with parameters. */
    Analysis taking(AnalysisParameters.Name... parameters) {
        return new Analysis(name, asks, scope, inOverview, Set.of(parameters), missing, work);
    }

    private void requireTaken(AnalysisParameters parameters) {
        for (AnalysisParameters.Name given : parameters.given()) {
            if (!takes.contains(given)) {
                String others = Analyses.all().stream()
                        .filter(other -> other.takes.contains(given))
                        .map(Analysis::name)
                        .collect(Collectors.joining(", "));
                throw new SettingException(
                        "", "the analysis '%s' takes no %s; it is for %s".formatted(name, given, others));
            }
        }
    }

    /**
     * Answers it.
     *
     * @throws SettingException if the step was not recorded, or a parameter is given that it does not take, or none
     *     where it needs one
     * @throws IOException if the recording cannot be read
     */
    public Answer answer(AnalysisContext run, Selection selection) throws IOException {
        requireTaken(selection.parameters());
        Optional<String> reason = missing.in(run);
        if (reason.isPresent()) {
            return new Lacking(reason.get());
        }
        run.requireRecorded(selection.step());
        return new Found(work.of(run, selection));
    }
}
