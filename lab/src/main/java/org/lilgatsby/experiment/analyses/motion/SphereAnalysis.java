package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.lilgatsby.analysis.EnclosingSphere;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.ThermalMotion;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code sphere}. */
public final class SphereAnalysis implements Analysis {
    @Override
    public String name() {
        return "sphere";
    }

    @Override
    public String asks() {
        return "How large is the cloud?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("step", "", "updates before the state")
                .column("rms_radius", "W", "root mean square L2 distance of the tokens from their centroid")
                .column("mean_distance", "W", "mean of these distances")
                .column(
                        "std",
                        "W",
                        "their standard deviation, divided by the number of tokens: rms_radius^2 = mean_distance^2 + "
                                + "std^2")
                .column(
                        "enclosing_radius",
                        "W",
                        "radius of the smallest sphere around all of them, to one part in a million");
        ThermalMotion motion = run.motion(selection).thermal().get(selection.group());
        History embeddings = run.embeddings();
        Tokens tokens = run.tokens(selection);
        List<Double> spheres = Arrays.stream(run.places(selection))
                .parallel()
                .mapToObj(place -> tokens.size() == 0
                        ? Double.NaN
                        : (Double) EnclosingSphere.of(embeddings.matrix(place), tokens)
                                .radius())
                .toList();
        int at = 0;
        for (int place : run.places(selection)) {
            table.row(
                    embeddings.step(place),
                    motion.radius().at(place),
                    motion.meanDistance().at(place),
                    motion.distanceDeviation().at(place),
                    spheres.get(at++));
        }
        return table.table();
    }
}
