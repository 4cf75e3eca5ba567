package org.lilgatsby.sweep.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.report.JsonReport;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.findings.SweepFindings;
import org.lilgatsby.sweep.findings.SweepReports;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SweepPageTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"sweep\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private static Path shared;

    /** 12 seeds of either start, 60 steps each. */
    private static SyntheticSweep sweep;

    /** Where {@link #sweep} is written. */
    private static Path written;

    @TempDir
    private Path folder;

    @BeforeAll
    static void write() throws IOException {
        sweep = two(shared, 12).run(60);
        written = sweep.write();
    }

    private static SyntheticSweep two(Path folder, int seeds) throws IOException {
        return new SyntheticSweep(
                folder,
                Sweep.of("float32-edition")
                        .varying(List.of("initialization.mode=unit-noise,bf16-native"), "1.." + seeds));
    }

    private static String page(Path directory) throws IOException {
        return Files.readString(directory.resolve("report.html"));
    }

    private static JsonNode data(Path directory) throws IOException {
        Matcher data = DATA.matcher(page(directory));
        assertTrue(data.find());
        return JsonMapper.shared().readTree(data.group(1));
    }

    @Test
    void statisticsAreThoseOfTheFindings() throws IOException {
        JsonNode data = data(written);
        JsonNode report = JsonMapper.shared().readTree(SweepReports.json(sweep.findings()));
        assertEquals(report.get("counts"), data.get("counts"));
        assertEquals(report.get("varied"), data.get("varied"));
        List<JsonNode> outcomes = new ArrayList<>();
        report.get("headlines").forEach(outcomes::add);
        report.get("others").forEach(outcomes::add);
        assertEquals(outcomes.size(), data.get("outcomes").size());
        for (int i = 0; i < outcomes.size(); i++) {
            assertEquals(outcomes.get(i).get("figure"), data.at("/outcomes/%d/figure".formatted(i)));
            assertEquals(outcomes.get(i).get("groups"), data.at("/outcomes/%d/groups".formatted(i)));
        }
        assertEquals(
                report.at("/series/figures").size(), data.at("/series/figures").size());
        assertEquals(report.at("/series/figures/0/groups"), data.at("/series/figures/0/groups"));
        assertEquals(report.at("/criteria/0/groups"), data.at("/criteria/0/groups"));
    }

    @Test
    void valuesOfTheRunsAreThoseOfTheTable() throws IOException {
        JsonNode data = data(written);
        RunTable table = sweep.table();
        JsonNode first = data.at("/outcomes/0");
        int column = table.figures().indexOf(first.at("/figure/name").asString());
        for (int row = 0; row < table.rows().size(); row++) {
            RunTable.Row run = table.rows().get(row);
            assertEquals(run.state().toString(), data.at("/runs/states/" + row).asString());
            assertEquals(
                    run.point().key().sha256(), data.at("/runs/keys/" + row).asString());
            JsonNode value = first.at("/values/" + row);
            if (run.state() == RunTable.State.DONE) {
                assertEquals(run.values()[column], value.asDouble());
            } else {
                assertTrue(value.isNull());
            }
        }
    }

    @Test
    void aCriterionHasTheStepsOfItsRuns() throws IOException {
        SweepFindings.CriterionMet met = sweep.findings().criteria().getFirst();
        JsonNode steps = data(written).at("/criteria/0/steps");
        int numbers = 0;
        for (JsonNode step : steps) {
            numbers += step.isNull() ? 0 : 1;
        }
        assertEquals(met.runs().size(), numbers);
        met.runs().forEach(run -> assertEquals(run.step(), steps.get(run.run()).asInt()));
    }

    @Test
    void aReasonIsTextAndNothingMayBeLoaded() throws IOException {
        String page = page(written);
        assertFalse(page.contains("<img src=x"));
        assertTrue(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
        assertTrue(page.contains("content=\"default-src 'none'; script-src 'sha256-"));
        assertFalse(page.contains("{{"), "a place that was not filled");
        assertFalse(Pattern.compile("(src|href)=\"https?:").matcher(page).find());
    }

    @Test
    void theHeadingIsTheSweepsOwnQuestion() throws IOException {
        assertTrue(page(written).contains("<h1 id=\"title\">What does initialization.mode change? <small>13.4a "));
        assertTrue(page(asked().write())
                .contains("<h1 id=\"title\">Does the batch matter? <small>What does training.batch change?</small>"));
    }

    @Test
    void theSameValueInEveryRunHasNoInterval() throws IOException {
        List<String> row =
                HeadlineTable.of(asked().findings(), new int[] {0, 1}).rows().getFirst();
        assertEquals(
                List.of(
                        "number of dead tokens at the start",
                        "67\nin each of 2 runs",
                        "67\nin each of 2 runs",
                        "0",
                        "-"),
                row);
    }

    private SyntheticSweep asked() throws IOException {
        Path file = Files.writeString(folder.resolve("asked.yaml"), """
                title: Does the batch matter?
                experiment: float32-edition
                vary: {training.batch: [8, 16], seed: [1, 2]}
                headlines: [initial.dead.tokens]
                """);
        return new SyntheticSweep(folder, Sweep.read(file)).run(2);
    }

    @Test
    void runsAreLinkedToTheirPages() throws IOException {
        SyntheticSweep kept = new SyntheticSweep(
                        folder,
                        Sweep.of("float32-edition").varying(List.of(), "1..3").keeping(Keep.RECORDING))
                .run(2);
        Path directory = kept.write();
        JsonNode links = data(directory).at("/runs/links");
        assertEquals(3, links.size());
        for (int row = 0; row < 3; row++) {
            String link = links.get(Integer.toString(row)).asString();
            Path page = Path.of(directory.toUri().resolve(URI.create(link)));
            assertEquals(
                    kept.table()
                            .rows()
                            .get(row)
                            .directory()
                            .orElseThrow()
                            .resolve("report.html")
                            .toRealPath(),
                    page.toRealPath());
        }
        Path moved = Files.move(directory, directory.resolveSibling("ein % anderer #1"));
        assertTrue(Files.exists(
                Path.of(moved.toUri().resolve(URI.create(links.get("0").asString())))));
    }

    @Test
    void withoutSeriesAndAxesTheirPartsAreNotThere() throws IOException {
        String figures = page(new SyntheticSweep(
                        folder.resolve("figures"),
                        Sweep.of("float32-edition").varying(List.of(), "1..3").keeping(Keep.FIGURES))
                .run(0)
                .write());
        for (String part : List.of("steps", "along", "criteria", "lost")) {
            assertFalse(figures.contains("<section id=\"" + part + "\""), part);
        }
        String axis = page(new SyntheticSweep(
                        folder.resolve("axis"),
                        Sweep.of("float32-edition")
                                .varying(List.of("training.learning_rate=log(1e-5, 1e-3, 3)"), "1..7"))
                .run(10)
                .write());
        for (String part : List.of("distributions", "steps", "along", "criteria", "parallel", "runs", "lost")) {
            assertTrue(axis.contains("<section id=\"" + part + "\""), part);
            assertTrue(axis.contains("href=\"#" + part + "\""), part);
        }
    }

    @Test
    void aSweepOfWhichNothingRanHasItsTableOfRuns() throws IOException {
        Path directory = two(folder, 3).write();
        assertEquals(0, data(directory).get("outcomes").size());
        assertTrue(page(directory).contains("Missing: 6 runs"));
        assertFalse(page(directory).contains("groups are shown"));
    }

    @Test
    void aLargeSweepIsSampled() throws IOException {
        SyntheticSweep large = rates(130, 2);
        PageDataBuilder builder = new PageDataBuilder(large.findings(), large.table(), 250);
        assertSampled(250, large, JsonMapper.shared().readTree(JsonReport.compact(builder.build(folder))));
        assertTrue(page(large.write()).contains("12 of 130 groups are shown."));
    }

    @Test
    @Tag("long")
    void aSweepOfMoreRunsThanAPageHasRowsIsSampled() throws IOException {
        SyntheticSweep large = rates(400, 26);
        assertSampled(PageDataBuilder.ROWS, large, data(large.write()));
    }

    /** A sweep of which the first 200 points ran. */
    private SyntheticSweep rates(int rates, int seeds) throws IOException {
        String axis = "training.learning_rate=linear(1e-4, 1e-3, %d)".formatted(rates);
        return new SyntheticSweep(folder, Sweep.of("float32-edition").varying(List.of(axis), "1.." + seeds))
                .run(40, 200);
    }

    private static void assertSampled(int shown, SyntheticSweep large, JsonNode data) throws IOException {
        List<RunTable.Row> rows = large.table().rows();
        assertTrue(rows.size() > shown);
        assertEquals(rows.size(), data.at("/runs/total").asInt());
        assertEquals(shown, data.at("/runs/keys").size());
        assertEquals(
                rows.getFirst().point().key().sha256(), data.at("/runs/keys/0").asString());
        assertEquals(
                rows.getLast().point().key().sha256(),
                data.at("/runs/keys/" + (shown - 1)).asString());
        assertEquals(PageDataBuilder.GROUPS, data.get("groups").size());
        assertEquals(large.findings().groups().size(), data.get("groups_of_all").asInt());
        assertTrue(data.at("/outcomes/0/axes/0/values").size() <= 100);
        assertTrue(data.at("/outcomes/0/axes/0/values_of_all").asInt() > 0);
    }
}
