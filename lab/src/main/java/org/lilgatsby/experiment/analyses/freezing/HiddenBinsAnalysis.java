package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.lilgatsby.analysis.HiddenFrames;
import org.lilgatsby.analysis.History;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisParameters;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code hidden-bins}. */
public final class HiddenBinsAnalysis implements Analysis {
    /** Number of bins unless one is given. */
    private static final int BINS = 10;

    @Override
    public String name() {
        return "hidden-bins";
    }

    @Override
    public String asks() {
        return "How steady is the mean hidden state from one part of training to the next?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing()
                .updatesOf(Observables.MEAN_HIDDEN, "mean hidden states")
                .or(run.missing()::motion)
                .or(run.missing()::dead);
    }

    @Override
    public Set<AnalysisParameters.Name> takes() {
        return Set.of(AnalysisParameters.Name.BINS);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        History states = run.history(Observables.MEAN_HIDDEN).orElseThrow();
        HiddenFrames hidden = run.hiddenFrames();
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("from", "", "the first update of the bin")
                .column("to", "", "its last update")
                .column("cos_mean", "", "cosine of the angle between two that follow each other, mean")
                .column("cos_min", "", "smallest")
                .column("turned", "°", "sum of these angles")
                .column("net", "°", "angle between the first and the last")
                .column("swing", "°", "largest angle between one of them and their mean direction")
                .column("angle", "°", "angle to the dead centroid, mean")
                .column("along", "", "projection on the dead centroid's direction, mean")
                .column("across", "", "L2 norm of what is left, mean");
        for (HiddenFrames.Bin bin :
                hidden.bins(states, selection.parameters().bins().orElse(BINS))) {
            table.row(
                    bin.fromStep(),
                    bin.toStep(),
                    bin.cosineMean(),
                    bin.cosineMin(),
                    bin.turned(),
                    bin.net(),
                    bin.swing(),
                    bin.angle(),
                    bin.along(),
                    bin.across());
        }
        return table.table();
    }
}
