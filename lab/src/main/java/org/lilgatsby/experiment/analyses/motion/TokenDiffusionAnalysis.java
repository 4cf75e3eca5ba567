package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.Diffusion;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code token-diffusion}. */
public final class TokenDiffusionAnalysis implements Analysis {
    @Override
    public String name() {
        return "token-diffusion";
    }

    @Override
    public String asks() {
        return "How far did each token move, compared with a random walk of such steps?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public boolean inOverview() {
        return false;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motion().or(run.missing()::evenSteps);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("token", "", "its id")
                .column("steps", "", "recorded steps, N")
                .column("mean_square_step", "W^2", "mean of its squared steps")
                .column("squared_displacement", "W^2", "squared L2 distance from its start")
                .column(
                        "ratio",
                        "",
                        "squared displacement divided by N mean square steps: 1 for a random walk, N for a "
                                + "straight line")
                .column(
                        "diffusivity",
                        "",
                        "squared displacement divided by N times the squared RMS step of all tokens of the vocabulary")
                .column("exponent", "", "1 for a random walk, 2 for a straight line")
                .column("kind", "", "what the exponent says");
        double ofAll = run.motion(selection).meanSquareStep(run.split().all());
        for (int token : run.tokens(selection).toArray()) {
            Diffusion d = run.motion(selection).diffusion().get(token);
            table.row(
                    token,
                    d.steps(),
                    d.meanSquareStep(),
                    d.squaredDisplacement(),
                    d.ratio(),
                    d.diffusivity(ofAll),
                    d.exponent(),
                    Names.of(d.kind()));
        }
        return table.table();
    }
}
