package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.Extension;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.report.AnalysisChart;

/** The analysis of docs/extending.md, asked of a run. */
class AddedAnalysisTest {
    @Test
    void isAnsweredAndBringsItsChart(@TempDir Path folder) throws Exception {
        Extension.of(folder, "An analysis").in(Question.class);
        assertTrue(
                Analyses.all().stream().noneMatch(a -> a.name().equals("farthest")),
                "only what has it beside it sees it");
    }

    /** What somebody does who has the analysis on the class path. */
    public record Question(Path folder) implements Callable<Void> {
        @Override
        public Void call() throws Exception {
            try (RunArchive run = ShortRuns.open(
                    ShortRuns.run(folder.resolve("run"), ShortRuns.config("float32-edition", "model.context=8")))) {
                AnalysisContext context =
                        new AnalysisContext(run, new ScalarAnalysisKernels(), ScalarAnalysisKernels::new);
                List<Object> farthest = column("farthest", "farthest", context);
                assertEquals(column("change", "l2_max", context), farthest);
                assertFalse(farthest.isEmpty());
                List<String> charts = AnalysisChart.of(context).stream()
                        .map(chart -> "%s in %s: %s"
                                .formatted(
                                        chart.name(),
                                        chart.axis(),
                                        chart.lines().all().values().keySet()))
                        .toList();
                assertEquals(
                        "change in L2 distance, in the unit of W: [l2_mean, l2_median, l2_max]", charts.getFirst());
                assertEquals("farthest in L2 distance, in the unit of W: [farthest]", charts.getLast());
            }
            return null;
        }

        private static List<Object> column(String analysis, String column, AnalysisContext run) throws IOException {
            Selection selection = new Selection(Group.ALL, OptionalInt.empty(), Selection.Detail.ALL);
            Analysis.Found found = (Analysis.Found) Analyses.named(analysis).answer(run, selection);
            int at = found.table().column(column).orElseThrow();
            return found.table().rows().stream().map(row -> row.get(at)).toList();
        }
    }
}
