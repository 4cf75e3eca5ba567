package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.lilgatsby.analysis.Escape;
import org.lilgatsby.analysis.Escape.Departure;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code escape}. */
public final class EscapeAnalysis implements Analysis {
    @Override
    public String name() {
        return "escape";
    }

    @Override
    public String asks() {
        return "How many tokens left the dead group, and when, by three criteria?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return Escapes.missing(run);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        List<Escape> escapes = Escapes.of(run).stream()
                .filter(e -> run.tokens(selection).contains(e.token()))
                .toList();
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column(
                        "criterion",
                        "",
                        "how a token is judged to be out: its row equals that of no (other) dead token; its step "
                                + "is longer "
                                + "than every dead token's in the same update; it is not in the component, of all "
                                + "distinct rows within 2 epsilon, that holds most dead tokens")
                .column("tokens", "", "tokens watched")
                .column("ever_out", "", "tokens that were out at some step")
                .column("first", "", "the first step at which one was out")
                .column("out_for_good", "", "tokens that are out from some step up to the last")
                .column("first_for_good", "", "the first step from which one was out for good")
                .column("last_for_good", "", "the last such step");
        add(table, "row", escapes, Escape::byRows);
        add(table, "step size", escapes, Escape::byStepSize);
        add(table, "component", escapes, Escape::byComponent);
        return table.table();
    }

    private static void add(
            AnalysisTable.Rows table, String name, List<Escape> escapes, Function<Escape, Departure> criterion) {
        int[] first = escapes.stream()
                .map(criterion)
                .mapToInt(Departure::first)
                .filter(s -> s >= 0)
                .sorted()
                .toArray();
        int[] good = escapes.stream()
                .map(criterion)
                .mapToInt(Departure::forGood)
                .filter(s -> s >= 0)
                .sorted()
                .toArray();
        OptionalInt lastGood = Arrays.stream(good).max();
        table.row(
                name,
                escapes.size(),
                first.length,
                AnalysisTable.Never.unless(first.length == 0 ? Departure.NEVER : first[0], Departure.NEVER),
                good.length,
                AnalysisTable.Never.unless(good.length == 0 ? Departure.NEVER : good[0], Departure.NEVER),
                AnalysisTable.Never.unless(lastGood.orElse(Departure.NEVER), Departure.NEVER));
    }
}
