package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lilgatsby.analysis.Diffusion;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code diffusion}. */
public final class DiffusionAnalysis implements Analysis {
    @Override
    public String name() {
        return "diffusion";
    }

    @Override
    public String asks() {
        return "Do tokens walk at random?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motion().or(run.missing()::evenSteps);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        Tokens tokens = run.tokens(selection);
        Map<Diffusion.Kind, Long> counts = run.motion(selection).diffusion().stream()
                .filter(diffusion -> tokens.contains(diffusion.token()))
                .collect(Collectors.groupingBy(Diffusion::kind, Collectors.counting()));
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column(
                        "kind",
                        "",
                        "by the exponent with which the squared displacement grows: confined below 0.75, "
                                + "diffusive below 1.25, superdiffusive below 1.75, ballistic from there")
                .column("tokens", "", "tokens of this kind");
        for (Diffusion.Kind kind : Diffusion.Kind.values()) {
            table.row(Names.of(kind), counts.getOrDefault(kind, 0L));
        }
        return table.table();
    }
}
