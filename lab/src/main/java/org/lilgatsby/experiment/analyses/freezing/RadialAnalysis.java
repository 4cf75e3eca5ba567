package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.FrameSeries;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code radial}. */
public final class RadialAnalysis implements Analysis {
    @Override
    public String name() {
        return "radial";
    }

    @Override
    public String asks() {
        return "Do the tokens move along their radii, from the origin or from their centroid?";
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
        FrameSeries frames = run.frames(selection).get(selection.group());
        return run.overTime(selection)
                .add(
                        "radial_origin",
                        "",
                        "share of the squared steps that goes along the radii from the origin",
                        frames.radialFromOrigin())
                .add(
                        "radial_centroid",
                        "",
                        "the same from the centroid, without the centroid's own step",
                        frames.radialFromCentroid())
                .add("outward", "", "share of the tokens that moved that went away from the centroid", frames.outward())
                .table();
    }
}
