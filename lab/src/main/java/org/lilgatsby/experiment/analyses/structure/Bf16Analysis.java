package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import org.lilgatsby.analysis.Quantization;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code bf16}. */
public final class Bf16Analysis implements Analysis {
    @Override
    public String name() {
        return "bf16";
    }

    @Override
    public String asks() {
        return "Does every component survive the round trip through bfloat16, and which values occur?";
    }

    @Override
    public Scope scope() {
        return Scope.ONE_STATE;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        Quantization found = Quantization.of(run.oneMatrix(selection), run.tokens(selection));
        return new AnalysisTable.Rows()
                .column("survives", "", "whether every component survives the round trip through bfloat16 bit for bit")
                .column("components", "", "components examined")
                .column("changed", "", "components that do not survive")
                .column("distinct_values", "", "different components, by their bits")
                .column("min", "W", "smallest component")
                .column("max", "W", "largest component")
                .row(
                        found.bf16(),
                        found.components(),
                        found.changedByBf16(),
                        found.distinctComponents(),
                        found.min(),
                        found.max())
                .table();
    }
}
