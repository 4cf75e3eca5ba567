package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.lilgatsby.analysis.Escape.Departure;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.StepEscape;
import org.lilgatsby.analysis.Threshold;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisParameters;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code step-escape}. */
public final class StepEscapeAnalysis implements Analysis {
    @Override
    public String name() {
        return "step-escape";
    }

    @Override
    public String asks() {
        return "How many tokens escaped by a step longer than a threshold, and when?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public boolean inOverview() {
        return false;
    }

    @Override
    public Set<AnalysisParameters.Name> takes() {
        return Set.of(AnalysisParameters.Name.THRESHOLD, AnalysisParameters.Name.METRIC);
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motion();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        Threshold.Absolute threshold = StepThreshold.of(selection);
        List<StepEscape> escapes = StepEscape.of(run.embeddings(), run.split().all(), threshold, run.kernels());
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("tokens", "", "that are watched")
                .column("number", "", "of them")
                .column(
                        "threshold",
                        StepThreshold.unit(threshold),
                        "a longer step, by " + threshold.metric() + ", is an escape")
                .column("ever_out", "", "tokens with such a step")
                .column("first", "", "the first such step of any of them")
                .column("out_for_good", "", "tokens with only such steps from some step to the last")
                .column("first_for_good", "", "the first step from which that holds for one of them")
                .column("last_for_good", "", "the last such step");
        for (Group group : Group.values()) {
            Tokens tokens = run.split().tokens(group);
            List<Departure> departures = escapes.stream()
                    .filter(escape -> tokens.contains(escape.token()))
                    .map(StepEscape::departure)
                    .toList();
            int[] first = steps(departures, Departure::first);
            int[] forGood = steps(departures, Departure::forGood);
            table.row(
                    Names.of(group),
                    tokens.size(),
                    threshold.distance(),
                    first.length,
                    AnalysisTable.Never.unless(Arrays.stream(first).min().orElse(Departure.NEVER), Departure.NEVER),
                    forGood.length,
                    AnalysisTable.Never.unless(Arrays.stream(forGood).min().orElse(Departure.NEVER), Departure.NEVER),
                    AnalysisTable.Never.unless(Arrays.stream(forGood).max().orElse(Departure.NEVER), Departure.NEVER));
        }
        return table.table();
    }

    private static int[] steps(List<Departure> departures, ToIntFunction<Departure> step) {
        return departures.stream()
                .mapToInt(step)
                .filter(at -> at != Departure.NEVER)
                .toArray();
    }
}
