package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.report.AnalysisReport;

/** What analyses say of figures that were recorded in place of W, beside what they say of the W of the same run. */
class AnalysesOfFiguresTest {
    private static final List<String> ALL =
            List.of("regimes", "last_motion", "last_moves", "speeds", "centroids", "radii", "norms");

    @TempDir
    private static Path shared;

    private static RunDirectory rows;
    private static RunDirectory figures;

    @BeforeAll
    static void train() throws IOException {
        rows = run("rows", "crucible", List.of("embeddings"));
        figures = run("figures", "crucible", ALL);
    }

    private static RunDirectory run(String name, String conclusion, List<String> observed, String... more)
            throws IOException {
        List<String> settings = new ArrayList<>(List.of(
                "conclusion=" + conclusion,
                "model.width=8",
                "model.layers=1",
                "model.context=8",
                "initialization.sigma=1e-3",
                "training.learning_rate=1e-5",
                "training.steps=12",
                "recording.constants=[]",
                observed.stream()
                        .map("%1$s: {observe: %1$s}"::formatted)
                        .collect(Collectors.joining(", ", "recording.tensors={", "}"))));
        settings.addAll(List.of(more));
        return ShortRuns.run(
                shared.resolve(name), ShortRuns.config("supermassive-black-hole", settings.toArray(String[]::new)));
    }

    private static AnalysisContext context(RunArchive run) {
        return new AnalysisContext(run, new ScalarAnalysisKernels(), ScalarAnalysisKernels::new);
    }

    private static Selection selection(Group group) {
        return new Selection(group, OptionalInt.empty(), Selection.Detail.ALL);
    }

    private static Analysis named(String name) {
        return Analyses.all().stream()
                .filter(analysis -> analysis.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static AnalysisTable table(AnalysisContext run, String name, Group group) throws IOException {
        return assertInstanceOf(Analysis.Found.class, named(name).answer(run, selection(group)), name)
                .table();
    }

    private static String lacking(AnalysisContext run, String name) throws IOException {
        return assertInstanceOf(Analysis.Lacking.class, named(name).answer(run, selection(Group.DEAD)), name)
                .reason();
    }

    private static void assertClose(AnalysisTable expected, AnalysisTable actual, String what) {
        assertEquals(expected.columns(), actual.columns());
        assertEquals(expected.rows().size(), actual.rows().size(), what);
        for (int row = 0; row < expected.rows().size(); row++) {
            for (int column = 0; column < expected.columns().size(); column++) {
                Object wanted = expected.rows().get(row).get(column);
                Object found = actual.rows().get(row).get(column);
                String where = "%s, row %d, %s"
                        .formatted(what, row, expected.columns().get(column).name());
                if (wanted instanceof Double number && !number.isNaN()) {
                    assertEquals(number, (double) found, 1e-6 * Math.abs(number) + 1e-12, where);
                } else {
                    assertEquals(wanted, found, where);
                }
            }
        }
    }

    @Test
    void figuresSayWhatRowsSay() throws IOException {
        try (RunArchive whole = RunArchive.open(rows);
                RunArchive part = RunArchive.open(figures)) {
            AnalysisContext ofRows = context(whole);
            AnalysisContext ofFigures = context(part);
            for (Group group : Group.values()) {
                for (String name : List.of("token-life", "life-course", "stillness", "regimes", "frames", "lift-off")) {
                    assertClose(table(ofRows, name, group), table(ofFigures, name, group), name + " of " + group);
                }
                AnalysisTable life = table(ofRows, "life", group);
                assertClose(
                        new AnalysisTable(life.columns(), life.rows().subList(0, 5)),
                        table(ofFigures, "life", group),
                        "life in cells");
            }
            AnalysisTable stillness = table(ofFigures, "stillness", Group.DEAD);
            assertTrue((int) stillness.rows().get(1).get(2) > 0, "live tokens stand still: " + stillness.rows());
            assertEquals(
                    table(ofRows, "radius-life", Group.DEAD).rows().stream()
                            .map(row -> row.subList(0, 3))
                            .toList(),
                    table(ofFigures, "radius-life", Group.DEAD).rows().stream()
                            .map(row -> row.subList(0, 3))
                            .toList());
            assertEquals(
                    "Computed from the recorded figures last_moves instead of W. Figures in ULP need W.",
                    named("life").basis(ofFigures).orElseThrow());
            assertTrue(named("life").basis(ofRows).isEmpty());
            assertEquals(
                    "neither embeddings nor deltas were recorded, so W is unknown; run it again with --observe "
                            + "embeddings",
                    lacking(ofFigures, "token-life-ulp"));
            String text = new AnalysisReport(
                            ofFigures,
                            selection(Group.DEAD),
                            List.of(new AnalysisReport.Answered(
                                    named("life"), named("life").answer(ofFigures, selection(Group.DEAD)))))
                    .text();
            assertTrue(text.contains("Computed from the recorded figures last_moves instead of W."), text);
        }
    }

    @Test
    void fewerFiguresSayLessAndWhatTheyLack() throws IOException {
        RunDirectory run = run("few", "crucible", List.of("last_motion", "radii"), "recording.steps=[2, 3, 9]");
        try (RunArchive archive = RunArchive.open(run)) {
            AnalysisContext few = context(archive);
            assertEquals(1, table(few, "life", Group.DEAD).rows().size(), "any motion alone");
            Map<String, Object> token = row(table(few, "token-life", Group.DEAD), 0);
            assertTrue(Double.isNaN((double) token.get("l2_sqrt_d")), token.toString());
            assertEquals(9 - last(token.get("l1_0")), token.get("still"));
            assertEquals(3, row(table(few, "stillness", Group.DEAD), 2).get("steps"));
            assertEquals(5, table(few, "radius-life", Group.DEAD).rows().size());
            assertEquals(
                    "Computed from the recorded figures last_motion instead of W. They cover only the updates "
                            + "whose outcome was "
                            + "recorded. Undefined or missing values need last_moves as well, or W.",
                    named("token-life").basis(few).orElseThrow());
            assertEquals(
                    "neither embeddings nor deltas were recorded, so W is unknown; run it again with --observe "
                            + "embeddings, or for this analysis alone with --observe regimes",
                    lacking(few, "regimes"));
            assertEquals(
                    "neither embeddings nor deltas were recorded, so W is unknown; run it again with --observe "
                            + "embeddings, or for this analysis alone with --observe centroids",
                    lacking(few, "lift-off"));
            Findings findings = Findings.of(archive.data());
            assertEquals(
                    new Crucible.Particulars(Optional.empty(), Optional.empty()),
                    findings.conclusion().particulars().orElseThrow(),
                    "nothing is told from the first and the last state alone");
        }
    }

    private static Map<String, Object> row(AnalysisTable table, int row) {
        return IntStream.range(0, table.columns().size())
                .boxed()
                .collect(Collectors.toMap(
                        i -> table.columns().get(i).name(),
                        i -> table.rows().get(row).get(i)));
    }

    private static int last(Object cell) {
        return cell instanceof Integer step ? step : 0;
    }

    /** The report of a run tells from figures what it tells from rows, but judges no hypothesis. */
    @Test
    void theConclusionOfFiguresIsThatOfRows() throws IOException {
        for (String conclusion : List.of("crucible", "goldilocks", "duckling-record", "flannel")) {
            RunDirectory ofRows = run(conclusion + "-rows", conclusion, List.of("embeddings"));
            RunDirectory ofFigures = run(conclusion + "-figures", conclusion, ALL);
            try (RunArchive whole = RunArchive.open(ofRows);
                    RunArchive part = RunArchive.open(ofFigures)) {
                Findings expected = Findings.of(whole.data());
                Findings actual = Findings.of(part.data());
                assertEquals(rounded(expected), rounded(actual), conclusion);
                assertEquals(
                        "the recording does not hold W of every token",
                        actual.verdict().because(),
                        conclusion);
            }
        }
    }

    /** Particulars with numbers rounded to five digits, as figures are rounded to float32. */
    private static String rounded(Findings findings) {
        return Pattern.compile("\\d+\\.\\d+(E-?\\d+)?")
                .matcher(findings.conclusion().particulars().orElseThrow().toString())
                .replaceAll(number -> "%.5g".formatted(Double.parseDouble(number.group())));
    }
}
