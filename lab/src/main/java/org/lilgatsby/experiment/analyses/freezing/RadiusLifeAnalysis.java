package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.Onset;
import org.lilgatsby.analysis.RadiusLife;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;

/** The analysis {@code radius-life}. */
public final class RadiusLifeAnalysis implements Analysis {
    @Override
    public String name() {
        return "radius-life";
    }

    @Override
    public String asks() {
        return "How did the mean radius of a group shrink, grow and come to rest?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motionOr(Observables.RADII);
    }

    @Override
    public Optional<String> basis(AnalysisContext run) {
        return run.missing().basis(List.of(Observables.RADII, Observables.REGIMES, Observables.SPEEDS), "");
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        RadiusLife life = RadiusLife.of(
                run.steps(),
                run.frames(selection).get(selection.group()),
                run.tokens(selection).size());
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("event", "", "what happened to the mean L2 distance of the tokens from their centroid")
                .column("step", "", "when, or when first")
                .column("for_good", "", "from which step, up to the last; for what can last")
                .column("value", "", "mean radius in the unit of W, or growth of it per update");
        add(table, "first minimum", life.firstMinimum());
        add(table, "smallest", life.smallest());
        add(table, "largest", life.largest());
        add(table, "fastest growth", life.fastestGrowth());
        if (knows(run, Observables.REGIMES)) {
            add(table, "more than 90 % of the tokens stand still", life.still());
        }
        if (knows(run, Observables.SPEEDS)) {
            add(table, "mean step below 1 % of its peak", life.slow());
        }
        add(table, "change of the radius below 1 % of its peak", life.arrested());
        return table.table();
    }

    private static boolean knows(AnalysisContext run, Observable figure) {
        return run.missing().motion().isEmpty() || run.archive().recording().has(figure);
    }

    private static void add(AnalysisTable.Rows table, String event, RadiusLife.Moment moment) {
        table.row(event, AnalysisTable.Never.unless(moment.step(), Onset.NEVER), Double.NaN, moment.value());
    }

    private static void add(AnalysisTable.Rows table, String event, Onset onset) {
        table.row(
                event,
                AnalysisTable.Never.unless(onset.first(), Onset.NEVER),
                AnalysisTable.Never.unless(onset.forGood(), Onset.NEVER),
                Double.NaN);
    }
}
