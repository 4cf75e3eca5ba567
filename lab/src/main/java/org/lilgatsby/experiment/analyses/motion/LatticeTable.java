package org.lilgatsby.experiment.analyses.motion;

import org.lilgatsby.analysis.LatticeSeries;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** A table of displacements on the lattice. */
final class LatticeTable {
    private LatticeTable() {}

    static AnalysisTable of(AnalysisContext run, Selection selection, LatticeSeries.Norms norms, String unit) {
        return run.overTime(selection)
                .add(
                        "l1",
                        unit,
                        "L1 norm of a token's displacement, mean over the tokens",
                        norms.l1().mean())
                .add("l1_max", unit, "the largest", norms.l1().max())
                .add(
                        "l2",
                        unit,
                        "L2 norm of a token's displacement, mean over the tokens",
                        norms.l2().mean())
                .add("l2_max", unit, "the largest", norms.l2().max())
                .add(
                        "linf",
                        unit,
                        "L-infinity norm of a token's displacement, mean over the tokens",
                        norms.lInfinity().mean())
                .add("linf_max", unit, "the largest", norms.lInfinity().max())
                .table();
    }
}
