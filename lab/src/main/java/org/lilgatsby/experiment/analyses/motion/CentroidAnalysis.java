package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import org.lilgatsby.analysis.CentroidPath;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code centroid}. */
public final class CentroidAnalysis implements Analysis {
    @Override
    public String name() {
        return "centroid";
    }

    @Override
    public String asks() {
        return "Where does the centroid go?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        CentroidPath path = run.evolution(selection).centroid().get(selection.group());
        return run.overTime(selection)
                .add("norm", "W", "L2 norm of the centroid", path.norm())
                .add("displacement", "W", "L2 distance from its start", path.displacement())
                .add("path", "W", "length of its path through all recorded states", path.pathLength())
                .add("efficiency", "", "displacement divided by path length: 1 for a straight line", path.efficiency())
                .add("speed", "W/update", "L2 distance from the recorded state before, per update", path.speed())
                .add("cosine", "", "cosine of the angle between this step and the one before", path.cosine())
                .table();
    }
}
