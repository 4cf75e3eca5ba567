package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.MoveClass;
import org.lilgatsby.analysis.TokenLife;
import org.lilgatsby.analysis.TokenLife.Scale;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code life}. */
public final class LifeAnalysis implements Analysis {
    @Override
    public String name() {
        return "life";
    }

    @Override
    public String asks() {
        return "When did the tokens of a group take their last step of each size?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motionOr(Observables.LAST_MOVES, Observables.LAST_MOTION);
    }

    @Override
    public Optional<String> basis(AnalysisContext run) {
        return run.missing().basis(Lives.figures(run), "Figures in ULP need W.");
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        List<TokenLife> lives = Lives.sorted(run, selection);
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("step_with", "", "size of a step, by the displacement of all components of a token")
                .column("tokens", "", "tokens that took such a step")
                .column("first", "", "the earliest last such step of one of them")
                .column("median", "", "the median of their last such steps, the lower of two in the middle")
                .column("p90", "", "the step by which nine in ten of them had taken their last")
                .column("last", "", "the last such step of any token");
        for (Scale scale : Scale.values()) {
            for (MoveClass moves : MoveClass.values()) {
                boolean known = lives.stream().allMatch(life -> life.knows(scale, moves));
                if (known && (scale == Scale.CELLS || moves != MoveClass.ANY)) {
                    add(table, scale, moves, lives);
                }
            }
        }
        return table.table();
    }

    private static void add(AnalysisTable.Rows table, Scale scale, MoveClass moves, List<TokenLife> lives) {
        int[] ends = lives.stream()
                .mapToInt(life -> life.last(scale, moves))
                .filter(step -> step != TokenLife.NEVER)
                .sorted()
                .toArray();
        table.row(
                "%s %s".formatted(Lives.condition(moves), Lives.unit(scale)),
                ends.length,
                at(ends, 0),
                at(ends, 0.5),
                at(ends, 0.9),
                at(ends, 1));
    }

    /** The smallest of ascending steps that is not exceeded by a share of them. */
    private static Object at(int[] ends, double share) {
        return ends.length == 0
                ? AnalysisTable.Never.NEVER
                : ends[Math.max(0, (int) Math.ceil(share * ends.length) - 1)];
    }
}
