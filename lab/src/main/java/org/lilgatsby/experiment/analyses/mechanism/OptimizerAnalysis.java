package org.lilgatsby.experiment.analyses.mechanism;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.archive.OptimizerAccounting;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code optimizer}. */
public final class OptimizerAnalysis implements Analysis {
    @Override
    public String name() {
        return "optimizer";
    }

    @Override
    public String asks() {
        return "Does W follow bit for bit from the W before, the recorded moments and the rounding rule?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return OptimizerAccounting.missing(run.archive());
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        OptimizerAccounting found = OptimizerAccounting.of(run.archive());
        return new AnalysisTable.Rows()
                .column("updates", "", "updates recomputed")
                .column("components", "", "components of W recomputed")
                .column("equal", "", "components equal bit for bit")
                .column("share", "", "share of them")
                .column("first_unequal", "", "the first update with an unequal component")
                .row(
                        found.steps(),
                        found.components(),
                        found.equal(),
                        found.share(),
                        found.firstStep() == 0 ? AnalysisTable.Never.NEVER : found.firstStep())
                .table();
    }
}
