package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.ThermalMotion;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code thermal}. */
public final class ThermalAnalysis implements Analysis {
    @Override
    public String name() {
        return "thermal";
    }

    @Override
    public String asks() {
        return "How much of the motion is the centroid's (bulk), and how much each token's own (thermal)?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motion();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        ThermalMotion motion = run.motion(selection).thermal().get(selection.group());
        return run.overTime(selection)
                .add("bulk", "W", "L2 norm of the centroid's step", motion.bulk())
                .add(
                        "thermal",
                        "W",
                        "RMS over the tokens of the L2 norm of their step minus the centroid's",
                        motion.thermal())
                .add("ratio", "", "thermal divided by bulk", motion.ratio())
                .add("bulk_share", "", "share of the mean square step that is bulk", motion.bulkShare())
                .add("temperature", "W^2", "mean square step", motion.temperature())
                .add(
                        "flow",
                        "",
                        "mean over the tokens that moved of the cosine of their step and the centroid's",
                        motion.flow())
                .table();
    }
}
