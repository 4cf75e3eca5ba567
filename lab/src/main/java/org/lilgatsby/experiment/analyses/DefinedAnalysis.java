package org.lilgatsby.experiment.analyses;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** An analysis given by its parts. Several analyses that share work can thus be defined in one file. */
abstract class DefinedAnalysis implements Analysis {
    private final String name;
    private final String asks;
    private final Scope scope;
    private final boolean inOverview;
    private final Set<AnalysisParameters.Name> takes;
    private final Missing missing;
    private final Work work;

    /** What a recording lacks. */
    @FunctionalInterface
    interface Missing {
        Optional<String> in(AnalysisContext run);
    }

    /** Computes an analysis. */
    @FunctionalInterface
    interface Work {
        AnalysisTable of(AnalysisContext run, Selection selection) throws IOException;
    }

    /** An analysis without parameters. */
    DefinedAnalysis(String name, String asks, Scope scope, boolean inOverview, Missing missing, Work work) {
        this(name, asks, scope, inOverview, Set.of(), missing, work);
    }

    /** The parts are those of {@link Analysis}. */
    DefinedAnalysis(
            String name,
            String asks,
            Scope scope,
            boolean inOverview,
            Set<AnalysisParameters.Name> takes,
            Missing missing,
            Work work) {
        this.name = name;
        this.asks = asks;
        this.scope = scope;
        this.inOverview = inOverview;
        this.takes = takes;
        this.missing = missing;
        this.work = work;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String asks() {
        return asks;
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public boolean inOverview() {
        return inOverview;
    }

    @Override
    public Set<AnalysisParameters.Name> takes() {
        return takes;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return missing.in(run);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        return work.of(run, selection);
    }
}
