package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.Motion;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code diffusivity}. */
public final class DiffusivityAnalysis implements Analysis {
    @Override
    public String name() {
        return "diffusivity";
    }

    @Override
    public String asks() {
        return "How far did each group spread, compared with a random walk by the RMS step of all tokens?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motion().or(run.missing()::evenSteps);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("tokens", "", "of which the means are")
                .column("steps", "", "recorded steps, N")
                .column("rms_step", "W", "root of the mean over tokens and steps of the squared L2 norm of a step")
                .column("rms_displacement", "W", "root of the mean over tokens of the squared distance from the start")
                .column(
                        "ratio",
                        "",
                        "(rms_displacement / rms_step)^2 / N: 1 for random walks, N for straight lines at one speed")
                .column("diffusivity", "", "the same with the rms_step of all tokens, one yardstick for every group");
        Motion motion = run.motion(selection);
        int steps = run.states() - 1;
        double ofAll = motion.meanSquareStep(run.split().all());
        for (Group group : Group.values()) {
            Tokens tokens = run.split().tokens(group);
            double step = motion.meanSquareStep(tokens);
            double displacement = motion.meanSquaredDisplacement(tokens);
            table.row(
                    Names.of(group),
                    steps,
                    Math.sqrt(step),
                    Math.sqrt(displacement),
                    displacement / (steps * step),
                    displacement / (steps * ofAll));
        }
        return table.table();
    }
}
