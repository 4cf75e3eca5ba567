package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.FrameSeries;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.Onset;
import org.lilgatsby.analysis.Steps;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code lift-off}. */
public final class LiftOffAnalysis implements Analysis {
    @Override
    public String name() {
        return "lift-off";
    }

    @Override
    public String asks() {
        return "When did the cloud of a group leave the origin behind?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    /** Both of two figures are needed, so that either is asked for. */
    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing()
                .embeddings()
                .flatMap(_ -> run.missing()
                        .motionOr(Observables.RADII)
                        .or(() -> run.missing().motionOr(Observables.CENTROIDS)));
    }

    @Override
    public Optional<String> basis(AnalysisContext run) {
        return run.missing().basis(List.of(Observables.RADII, Observables.CENTROIDS), "");
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        Steps w = run.steps();
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("tokens", "", "whose cloud it is")
                .column("first", "", "the first step at which the centroid's norm was above the largest radius")
                .column("for_good", "", "the first step from which it was, up to the last")
                .column("centroid_norm", "W", "L2 distance of the centroid from the origin in the last state")
                .column("radius_max", "W", "largest L2 distance of a token from the centroid in the last state")
                .column("ratio", "", "that distance of the centroid over that radius");
        for (Group group : Group.values()) {
            if (run.split().tokens(group).size() > 0) {
                FrameSeries frames = run.frames(selection).get(group);
                Onset onset = Onset.of(
                        w,
                        0,
                        place -> frames.centroidNorm().at(place)
                                > frames.radiusMax().at(place));
                double norm = frames.centroidNorm().last();
                double radius = frames.radiusMax().last();
                table.row(
                        Names.of(group),
                        AnalysisTable.Never.unless(onset.first(), Onset.NEVER),
                        AnalysisTable.Never.unless(onset.forGood(), Onset.NEVER),
                        norm,
                        radius,
                        norm / radius);
            }
        }
        return table.table();
    }
}
