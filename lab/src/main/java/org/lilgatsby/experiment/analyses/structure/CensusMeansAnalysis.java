package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import org.lilgatsby.analysis.CensusSeries;
import org.lilgatsby.analysis.CountSeries;
import org.lilgatsby.analysis.FigureSeries;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code census-means}. */
public final class CensusMeansAnalysis implements Analysis {
    @Override
    public String name() {
        return "census-means";
    }

    @Override
    public String asks() {
        return "What are the counts of the census on average over all recorded states?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        CensusSeries census = run.evolution(selection).census().get(selection.group());
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("count", "", "what is counted")
                .column("mean", "", "its mean over all recorded states, weighted equally")
                .column("min", "", "smallest")
                .column("max", "", "largest");
        add(table, "distinct rows", census.distinct());
        add(table, "black holes", census.blackHoles());
        add(table, "tokens in black holes", census.tokensInBlackHoles());
        add(table, "singletons", census.singletons());
        add(table, "largest", census.largest());
        add(table, "mean size, where there is a black hole", census.meanSize().means());
        add(table, "concentration", census.concentration().means());
        return table.table();
    }

    private static void add(AnalysisTable.Rows table, String name, CountSeries counts) {
        table.row(name, counts.mean(), (double) counts.min(), (double) counts.max());
    }

    private static void add(AnalysisTable.Rows table, String name, FigureSeries.Means means) {
        table.row(name, means.mean(), means.min(), means.max());
    }
}
