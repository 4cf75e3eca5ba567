package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.FrameSeries;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Chart;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code frames}. */
public final class FramesAnalysis implements Analysis {
    @Override
    public String name() {
        return "frames";
    }

    @Override
    public String asks() {
        return "How far are the tokens from the origin and from their centroid?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motionOr(Observables.RADII, Observables.CENTROIDS, Observables.NORMS);
    }

    @Override
    public Optional<String> basis(AnalysisContext run) {
        return run.missing().basis(List.of(Observables.RADII, Observables.CENTROIDS, Observables.NORMS), "");
    }

    @Override
    public Optional<Chart> chart() {
        return Optional.of(new Chart(
                "Centroid against radius",
                "Distance of the centroid from the origin, and distances of the tokens from the centroid: once the "
                        + "first is above the largest of these, the cloud has lifted off from the origin.",
                "L2 distance, in the unit of W",
                List.of("centroid_norm", "radius_max", "mean_radius"),
                true));
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        FrameSeries frames = run.frames(selection).get(selection.group());
        return run.overTime(selection)
                .add("origin_radius", "W", "L2 distance of a token from the origin, mean", frames.originRadius())
                .add("origin_max", "W", "largest", frames.originRadiusMax())
                .add("mean_radius", "W", "L2 distance of a token from the centroid, mean", frames.meanRadius())
                .add("radius_max", "W", "largest", frames.radiusMax())
                .add("centroid_norm", "W", "L2 distance of the centroid from the origin", frames.centroidNorm())
                .table();
    }
}
