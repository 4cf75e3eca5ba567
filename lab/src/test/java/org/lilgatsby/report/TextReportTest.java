package org.lilgatsby.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.SmallRun;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.training.LossWindow;

class TextReportTest {
    private static final float[][] START = rows(row(1, 1), row(1, 1), row(1, 1), row(1, 1), row(1, 1), row(1, 1));
    private static final float[][] END =
            rows(row(2, 1), row(1, 3), row(1, 1), row(1.5f, 1), row(1.5f, 1), row(1.5078125f, 1));

    private static SmallRun run(String experiment) {
        return SmallRun.of(experiment, START, END)
                .gradients(START, END)
                .losses(4.852, 3.25, new LossWindow(1, 3.25))
                .sample("He smiled\n\tunderstandingly \u0000 ");
    }

    @Test
    void theWholeTextOfASmallRun() throws IOException {
        try (InputStream expected = TextReportTest.class.getResourceAsStream("small-snowball.txt")) {
            assertEquals(
                    new String(expected.readAllBytes(), StandardCharsets.UTF_8),
                    TextReport.text(run("primordial-snowball").findings()));
        }
    }

    @Test
    void aChangedExperimentSaysSoInItsTitleAndItsVerdictAndIsNotCompared() {
        SmallRun run = SmallRun.at("float32-edition", new int[] {0, 1000}, START, END)
                .asItComes()
                .set("training.optimizer=sgd");
        String text = TextReport.text(run.findings());
        String page = HtmlReport.html(run.findings(), Timeline.of(run.data(), new ScalarAnalysisKernels()), List.of());

        String title = text.substring(0, text.indexOf("====")).replace('\n', ' ');
        assertTrue(title.endsWith("black holes? (changed: training.optimizer is sgd, not adamw) "), title);
        assertTrue(text.contains("\nChanged:    training.optimizer is sgd, not adamw\n"), text);
        String why = "the hypothesis presupposes training.optimizer adamw, but it is sgd\n";
        assertTrue(text.contains("verdict   none: " + why) && text.contains("No verdict: " + why), text);
        assertTrue(text.contains("Not compared with the published run, notebook 13.4a\n"), text);
        assertTrue(!text.contains("\nCompared with the published run"), text);
        assertTrue(page.contains("<small>changed: training.optimizer is sgd, not adamw</small></h1>"), page);
        assertTrue(page.contains("<p class=\"changed\">Changed: training.optimizer is sgd, not adamw.</p>"), page);
    }

    @Test
    void anExperimentAsItComesStandsBesideThePublishedOne() {
        String text = TextReport.text(SmallRun.at("float32-edition", new int[] {0, 1000}, START, END)
                .asItComes()
                .findings());

        assertTrue(text.contains("\nCompared with the published run, notebook 13.4a\n"), text);
        assertTrue(!text.toLowerCase(Locale.ROOT).contains("changed:"), text);
    }

    @Test
    void aLongRunsLossesFillAPageAndNoMore() {
        LossWindow[] windows = IntStream.rangeClosed(1, 10_000)
                .mapToObj(i -> new LossWindow(i, 3.25))
                .toArray(LossWindow[]::new);
        String text = TextReport.text(SmallRun.of("primordial-snowball", START, END)
                .losses(4.852, 3.25, windows)
                .findings());
        assertTrue(text.contains("Of 10,001 steps, 101 are shown; all are in report.json."), text);
        assertTrue(text.lines().anyMatch(line -> line.matches(".*\\b10,000 +3\\.2500\\b.*")), text);
    }

    @Test
    void ofThousandsOfScatteredDeadIdsTheFirstAreListed() {
        int rows = 4_000;
        float[][] w = IntStream.range(0, rows).mapToObj(id -> row(1 + id % 4)).toArray(float[][]::new);
        int[] odd = IntStream.range(0, rows).filter(id -> id % 2 == 1).toArray();
        String text = TextReport.text(SmallRun.of("flannel", w, w).dead(odd).findings());
        assertTrue(text.contains("dead token ids         2,000: 1, 3, 5, 7"), text);
        assertTrue(
                text.replaceAll("\\s+", " ").contains("77, 79 and 1,960 more; report.json has all, as corpus.dead_ids"),
                text);
        assertTrue(text.replaceAll("\\s+", " ").contains("and 960 more; report.json has all"), "black holes");
        assertTrue(text.lines().count() < 200, text);
    }

    @Test
    void anUnfinishedRunSaysSoWhereItsVerdictWouldBe() {
        for (String experiment : BuiltIn.names()) {
            Findings findings = run(experiment).set("training.steps=3000").findings();
            String text = TextReport.text(findings);
            String page = HtmlReport.html(
                    findings,
                    Timeline.of(run(experiment).set("training.steps=3000").data(), new ScalarAnalysisKernels()),
                    List.of());

            assertTrue(text.contains("verdict   none: the run is unfinished, at 1 of 3,000 steps\n"), text);
            assertTrue(text.contains("No verdict: the run is unfinished, at 1 of 3,000 steps\n"), text);
            String run = "unfinished at 1 of 3,000 steps; \"the end\" is step 1, the last one recorded";
            assertTrue(text.replaceAll("\\s+", " ").contains(run), text);
            assertTrue(!text.toLowerCase(Locale.ROOT).contains("supported"), text);
            assertTrue(page.contains("<p class=\"badge\">No verdict</p>"), experiment);
            assertTrue(!page.contains("<p class=\"badge\">Supported") && !page.contains("class=\"mark"), experiment);
        }
    }

    @Test
    void everyReportFitsAHundredColumns() {
        for (Findings findings : manyRuns()) {
            TextReport.text(findings).lines().forEach(line -> assertTrue(line.length() <= 100, line));
        }
    }

    @Test
    void noReportHoldsAFigureThatIsNotANumber() {
        for (Findings findings : manyRuns()) {
            String text = TextReport.text(findings);
            assertTrue(!text.contains("NaN") && !text.contains("null") && !text.contains("Optional"), text);
        }
    }

    private static List<Findings> manyRuns() {
        List<Findings> all = new ArrayList<>();
        for (String experiment : BuiltIn.names()) {
            all.add(run(experiment).findings());
            all.add(run(experiment).onABook().findings());
            all.add(run(experiment).dead().findings());
            all.add(run(experiment).dead(0, 1, 2, 3, 4, 5).findings());
            all.add(run(experiment).set("conclusion=none").findings());
            all.add(run(experiment).set("training.steps=3000").findings());
            all.add(SmallRun.of(experiment, START).findings());
            all.add(SmallRun.of(experiment, rows(row(1), row(1)), rows(row(1), row(2)))
                    .findings());
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedding-evolution", "float32-edition", "supermassive-black-hole"})
    void aSyntheticCorpusIsSaidInTheFirstLines(String experiment) {
        String synthetic = TextReport.text(run(experiment).findings());
        String book = TextReport.text(run(experiment).onABook().findings());

        assertTrue(synthetic.lines().limit(6).anyMatch(line -> line.contains("SYNTHETIC TEXT, not a book")), synthetic);
        assertTrue(!book.contains("SYNTHETIC"), book);
    }

    @Test
    void aLongTableOfNumbersStandsInColumnsSideBySide() {
        List<LossWindow> windows = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            windows.add(new LossWindow(100 * i, 3 + i / 1000.0));
        }
        String text = TextReport.text(SmallRun.at("primordial-snowball", new int[] {0, 10_000}, START, END)
                .set("training.log_every=100")
                .losses(4, 3, windows.toArray(LossWindow[]::new))
                .findings());

        assertTrue(
                text.contains("     0            -  1.414214  |   3,400       3.0340         -  |   6,800       "
                        + "3.0680         -\n"),
                text);
        assertEquals(
                1,
                text.lines()
                        .filter(line -> line.endsWith("|  10,000       3.1000  1.946385"))
                        .count(),
                text);
    }
}
