package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.CountSeries;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.analysis.Stillness;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code stillness}. */
public final class StillnessAnalysis implements Analysis {
    @Override
    public String name() {
        return "stillness";
    }

    @Override
    public String asks() {
        return "In which steps does no token of a group move?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motionOr(Observables.REGIMES, Observables.LAST_MOTION);
    }

    @Override
    public Optional<String> basis(AnalysisContext run) {
        return run.missing()
                .basis(
                        run.archive().recording().has(Observables.REGIMES)
                                ? List.of(Observables.REGIMES)
                                : List.of(Observables.LAST_MOTION),
                        "");
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        PerGroup<CountSeries> movers = run.movers(selection);
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("tokens", "", "none of which moves")
                .column("steps", "", "recorded steps")
                .column("still", "", "steps in which none moves")
                .column("share", "", "share of them")
                .column("first", "", "the first of them")
                .column("longest", "", "the longest stretch of them, in recorded steps")
                .column("longest_from", "", "the first step of the earliest such stretch")
                .column("last_from", "", "the first step of those in which none moves any more")
                .column("last", "", "recorded steps from there to the end");
        for (Group group : Group.values()) {
            if (run.split().tokens(group).size() > 0) {
                Stillness found = Stillness.of(run.steps(), movers.get(group));
                table.row(
                        Names.of(group),
                        found.steps(),
                        found.still(),
                        (double) found.still() / found.steps(),
                        AnalysisTable.Never.unless(found.first(), Stillness.NEVER),
                        found.longest(),
                        AnalysisTable.Never.unless(found.longestFrom(), Stillness.NEVER),
                        AnalysisTable.Never.unless(found.lastFrom(), Stillness.NEVER),
                        found.last());
            }
        }
        return table.table();
    }
}
