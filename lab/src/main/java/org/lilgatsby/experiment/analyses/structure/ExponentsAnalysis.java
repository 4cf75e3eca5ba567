package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import java.util.TreeSet;
import org.lilgatsby.analysis.Exponents;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code exponents}. */
public final class ExponentsAnalysis implements Analysis {
    @Override
    public String name() {
        return "exponents";
    }

    @Override
    public String asks() {
        return "In which binades are the components of the dead and of the live tokens?";
    }

    @Override
    public Scope scope() {
        return Scope.ONE_STATE;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        Matrix w = run.oneMatrix(selection);
        Exponents live = Exponents.of(w, run.split().live());
        Exponents dead = Exponents.of(w, run.split().dead());
        double ofLive = (double) run.split().live().size() * w.columns();
        double ofDead = (double) run.split().dead().size() * w.columns();
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("binade", "", "magnitude of a component, or what has none")
                .column("live", "", "components of live tokens")
                .column("live_share", "", "share of them")
                .column("dead", "", "components of dead tokens")
                .column("dead_share", "", "share of them");
        addRow(table, "0", live.zeros(), ofLive, dead.zeros(), ofDead);
        TreeSet<Integer> exponents = new TreeSet<>(live.components().keySet());
        exponents.addAll(dead.components().keySet());
        for (int exponent : exponents) {
            addRow(
                    table,
                    "2^%d".formatted(exponent),
                    live.components().getOrDefault(exponent, 0L),
                    ofLive,
                    dead.components().getOrDefault(exponent, 0L),
                    ofDead);
        }
        addRow(table, "not finite", live.notFinite(), ofLive, dead.notFinite(), ofDead);
        return table.table();
    }

    private static void addRow(
            AnalysisTable.Rows table, String binade, long live, double ofLive, long dead, double ofDead) {
        table.row(binade, live, live / ofLive, dead, dead / ofDead);
    }
}
