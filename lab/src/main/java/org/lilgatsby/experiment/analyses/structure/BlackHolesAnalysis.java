package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import org.lilgatsby.analysis.BlackHole;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code black-holes}. */
public final class BlackHolesAnalysis implements Analysis {
    @Override
    public String name() {
        return "black-holes";
    }

    @Override
    public String asks() {
        return "Which tokens share a row?";
    }

    @Override
    public Scope scope() {
        return Scope.ONE_STATE;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        Matrix matrix = run.oneMatrix(selection);
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("rank", "", "1 for the largest")
                .column("population", "", "tokens in it")
                .column("norm", "W", "L2 norm of its row")
                .column("tokens", "", "their ids");
        int rank = 1;
        for (BlackHole hole : Census.of(matrix, run.tokens(selection)).blackHoles()) {
            double norm = new Vector(matrix.values(hole.representative())).norm();
            table.row(rank++, hole.population(), norm, Figures.ids(hole.tokens().toArray()));
        }
        return table.table();
    }
}
