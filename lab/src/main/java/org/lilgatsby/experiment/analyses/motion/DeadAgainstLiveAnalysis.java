package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.FigureSeries;
import org.lilgatsby.analysis.StepSizes;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code dead-against-live}. */
public final class DeadAgainstLiveAnalysis implements Analysis {
    @Override
    public String name() {
        return "dead-against-live";
    }

    @Override
    public String asks() {
        return "Do dead tokens move less than live ones (L2 norms of their steps)?";
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
        StepSizes dead = run.evolution(selection).stepSizes().dead();
        StepSizes live = run.evolution(selection).stepSizes().live();
        FigureSeries deadMean = dead.l2().mean();
        FigureSeries liveMean = live.l2().mean();
        return run.overTime(selection)
                .add("dead", "W", "mean over the dead tokens", deadMean)
                .add("live", "W", "mean over the live tokens", liveMean)
                .add("ratio", "", "ratio of the two", place -> deadMean.at(place) / liveMean.at(place))
                .add(
                        "dead_median",
                        "W",
                        "median over the dead tokens",
                        dead.l2().median())
                .add(
                        "live_median",
                        "W",
                        "median over the live tokens",
                        live.l2().median())
                .add("dead_still", "", "share of the dead tokens that stood still", dead.zeroShare())
                .add("live_still", "", "share of the live tokens that stood still", live.zeroShare())
                .table();
    }
}
