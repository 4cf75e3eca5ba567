package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.HopBoundary;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisParameters;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Chart;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code hop-boundary}. */
public final class HopBoundaryAnalysis implements Analysis {
    @Override
    public String name() {
        return "hop-boundary";
    }

    @Override
    public String asks() {
        return "Which tokens should Adam's step have moved, and which did move?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return Hops.missing(run);
    }

    @Override
    public Set<AnalysisParameters.Name> takes() {
        return Set.of(AnalysisParameters.Name.THRESHOLD);
    }

    @Override
    public Optional<Chart> chart() {
        return Optional.of(new Chart(
                "The hop boundary",
                "Tokens that Adam's step should move by more than half an ULP in some component, beside those that "
                        + "moved.",
                "tokens",
                List.of("predicted", "moved", "both"),
                false));
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        HopBoundary boundary = Hops.of(run, selection);
        Tokens tokens = run.tokens(selection);
        Set<Integer> known =
                IntStream.of(HopBoundary.places(run.embeddings())).boxed().collect(Collectors.toSet());
        int[] places =
                IntStream.of(run.places(selection)).filter(known::contains).toArray();
        IntFunction<HopBoundary.Update> updates = AnalysisContext.each(places, place -> boundary.update(place, tokens));
        return new AnalysisTable.OverTime(places, run.embeddings()::step)
                .add(
                        "ratio",
                        "ULP",
                        "a token's largest step of a component, median",
                        place -> updates.apply(place).ratios().median())
                .add(
                        "ratio_max",
                        "ULP",
                        "largest",
                        place -> updates.apply(place).ratios().max())
                .add(
                        "predicted",
                        "",
                        "tokens whose ratio is above the boundary",
                        place -> updates.apply(place).counts().predicted())
                .add(
                        "moved",
                        "",
                        "tokens that moved",
                        place -> updates.apply(place).counts().moved())
                .add(
                        "both",
                        "",
                        "predicted, and moved",
                        place -> updates.apply(place).counts().both())
                .add(
                        "precision",
                        "",
                        "share of the predicted that moved",
                        place -> updates.apply(place).counts().precision())
                .add(
                        "recall",
                        "",
                        "share of the moved that were predicted",
                        place -> updates.apply(place).counts().recall())
                .table();
    }
}
