package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.MoveClass;
import org.lilgatsby.analysis.Steps;
import org.lilgatsby.analysis.TokenLife;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Chart;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code life-course}. */
public final class LifeCourseAnalysis implements Analysis {
    @Override
    public String name() {
        return "life-course";
    }

    @Override
    public String asks() {
        return "How many tokens have a step of each size still before them?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motionOr(Observables.LAST_MOVES, Observables.LAST_MOTION);
    }

    @Override
    public Optional<String> basis(AnalysisContext run) {
        return run.missing().basis(Lives.figures(run), "");
    }

    @Override
    public Optional<Chart> chart() {
        return Optional.of(new Chart(
                "Tokens that have not stopped yet",
                "How many tokens have a step of each size still before them, in cells; where the last curve ends, "
                        + "all stand still for good. No step is known after the last, so all curves are 0 there.",
                "tokens",
                List.of("l2_1000", "l2_sqrt_d", "linf_1", "l1_1", "l1_0"),
                false));
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        List<TokenLife> lives = Lives.sorted(run, selection);
        Steps steps = run.steps();
        AnalysisTable.OverTime table = run.overTime(selection);
        for (MoveClass moves : MoveClass.values()) {
            boolean known = lives.stream().allMatch(life -> life.knows(TokenLife.Scale.CELLS, moves));
            int[] ends = lives.stream()
                    .mapToInt(life -> known ? life.last(TokenLife.Scale.CELLS, moves) : TokenLife.NEVER)
                    .sorted()
                    .toArray();
            table.add(
                    Lives.name(moves),
                    "",
                    "tokens with a later step of %s cells".formatted(Lives.condition(moves)),
                    place -> known
                            ? (Object) (int) Arrays.stream(ends)
                                    .filter(end -> end > steps.step(place))
                                    .count()
                            : (Object) Double.NaN);
        }
        return table.table();
    }
}
