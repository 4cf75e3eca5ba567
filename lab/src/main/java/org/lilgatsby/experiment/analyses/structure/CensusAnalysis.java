package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import org.lilgatsby.analysis.CensusSeries;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code census}. */
public final class CensusAnalysis implements Analysis {
    @Override
    public String name() {
        return "census";
    }

    @Override
    public String asks() {
        return "Which rows are equal bit for bit (-0 and +0 are different), and how many groups do they " + "form?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        CensusSeries census = run.evolution(selection).census().get(selection.group());
        return run.overTime(selection)
                .add("distinct", "", "distinct rows", census.distinct())
                .add("black_holes", "", "C, groups of two or more equal rows", census.blackHoles())
                .add("tokens_in_them", "", "P, tokens in black holes", census.tokensInBlackHoles())
                .add("mean_size", "", "P / C, tokens in a black hole on average", census.meanSize())
                .add("singletons", "", "tokens whose row equals no other", census.singletons())
                .add("largest", "", "tokens that share the most common row", census.largest())
                .add(
                        "concentration",
                        "",
                        "sum of the squared shares of the groups of equal rows; 1 for a single one",
                        census.concentration())
                .table();
    }
}
