package org.lilgatsby.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.experiment.Experiment;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.SmallRun;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.training.LossWindow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlReportTest {
    private static final float[][] START = rows(row(1, 1), row(1, 1), row(1, 1), row(1, 1));
    private static final float[][] END = rows(row(2, 1), row(1, 3), row(1.5f, 1), row(1.5078125f, 1));
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"([a-z-]+)\">(.*?)</script>", Pattern.DOTALL);

    private static String page(RunData run) {
        return HtmlReport.html(Findings.of(run), Timeline.of(run, new ScalarAnalysisKernels()), List.of());
    }

    private static SmallRun run() {
        return SmallRun.of("float32-edition", START, END).losses(4, 3, new LossWindow(1, 3));
    }

    @Test
    void theDataOfThePageIsReportJson() {
        RunData run = run().data();
        Matcher data = DATA.matcher(page(run));

        assertTrue(data.find());
        assertEquals("findings", data.group(1));
        JsonMapper json = JsonMapper.shared();
        assertEquals(json.readTree(JsonReport.text(Findings.of(run))), json.readTree(data.group(2)));
    }

    @Test
    void theFirstScreenShowsWhatTheExperimentAsks() {
        String structure = tiles(page(run().data()));
        assertTrue(structure.contains("dead tokens in"), structure);
        assertTrue(structure.contains("mean loss of the last logging interval"), structure);
        String rest = tiles(page(SmallRun.of("flannel", START, END)
                .losses(4, 3, new LossWindow(1, 3))
                .data()));
        assertTrue(rest.contains("rest in the last tenth"), rest);
        assertTrue(rest.contains("mean loss of the last logging interval"), rest);
        assertFalse(rest.contains("black hole"), rest);
    }

    @Test
    void thePageBeginsWithTheChartsThatAnswerTheExperimentsQuestion() {
        assertEquals(
                List.of("loss demographics", "census rank", "cloud dead-cloud"),
                charts(page(run().data())).subList(0, 3));
        RunData run = SmallRun.of("flannel", START, END)
                .losses(4, 3, new LossWindow(1, 3))
                .data();
        AnalysisChart.Lines lines = new AnalysisChart.Lines(new int[] {0}, Map.of("l1_0", new double[] {0}));
        List<AnalysisChart> analyses = List.of("change", "life-course").stream()
                .map(name -> new AnalysisChart(name, "lines", name, "", "", false, new PerGroup<>(lines, lines, lines)))
                .toList();
        assertEquals(
                List.of(
                        "zeros analysis-life-course loss",
                        "demographics census rank",
                        "cloud dead-cloud",
                        "steps regimes lattice norms centroid",
                        "gradients graph",
                        "analysis-change"),
                charts(HtmlReport.html(Findings.of(run), Timeline.of(run, new ScalarAnalysisKernels()), analyses)));
        assertEquals("zeros loss", charts(page(run)).getFirst(), "without an analysis that the run cannot answer");
    }

    private static List<String> charts(String page) {
        return Pattern.compile("data-charts=\"([a-z -]+)\"")
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** A name that no chart has would be left out without a word. */
    @Test
    void everyChartThatAnExperimentNamesExists() {
        Set<String> known = new HashSet<>(PageCharts.OF_EVERY_RUN);
        Analyses.all().stream()
                .filter(analysis -> analysis.chart().isPresent())
                .forEach(analysis -> known.add(analysis.name()));
        for (String name : BuiltIn.names()) {
            List<String> charts = ((Experiment) BuiltIn.find(name).orElseThrow()).charts();
            assertTrue(known.containsAll(charts), name + " " + charts);
        }
    }

    private static String tiles(String page) {
        int from = page.indexOf("<ul class=\"tiles\">");
        return page.substring(from, page.indexOf("</ul>", from));
    }

    @Test
    void theChartsOfAnalysesHaveTheirPart() {
        RunData run = run().data();
        AnalysisChart.Lines lines =
                new AnalysisChart.Lines(new int[] {0, 1}, Map.of("far", new double[] {0, Double.NaN}));
        AnalysisChart chart = new AnalysisChart(
                "reach", "lines", "</script>Reach", "Read it.", "W", true, new PerGroup<>(lines, lines, lines));
        String page = HtmlReport.html(Findings.of(run), Timeline.of(run, new ScalarAnalysisKernels()), List.of(chart));
        assertTrue(page.contains("<div class=\"charts\" data-charts=\"analysis-reach\"></div>"));
        assertTrue(page.contains("<a href=\"#analyses\">"));
        JsonNode data = DATA.matcher(page)
                .results()
                .filter(match -> match.group(1).equals("analysis-charts"))
                .map(match -> JsonMapper.shared().readTree(match.group(2)))
                .findFirst()
                .orElseThrow();
        assertEquals("</script>Reach", data.get(0).get("title").asString());
        assertEquals(1, data.at("/0/lines/dead/steps/1").asInt());
        assertTrue(data.at("/0/lines/dead/values/far/1").isNull());
        assertFalse(page(run).contains("id=\"analyses\""), "no chart, no part");
    }

    @Test
    void onlyThePagesOwnScriptsMayRunAndNothingMayBeLoaded() throws Exception {
        String page = page(run().data());
        String policy = page.replaceFirst("(?s).*Content-Security-Policy\" content=\"([^\"]*)\".*", "$1");

        assertTrue(policy.startsWith("default-src 'none'; "), policy);
        List<String> hashes = SCRIPT.matcher(page)
                .results()
                .map(script -> hash(script.group(1)))
                .toList();
        assertEquals(2, hashes.size());
        assertEquals("script-src " + String.join(" ", hashes), policy.split("; ")[1]);
        String withoutLibrary = SCRIPT.matcher(page).replaceFirst("");
        assertFalse(
                withoutLibrary.matches("(?s).*\\b(src|href)=\"(?!#)[^\"]*\".*"), "the page names something outside it");
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void hostileTextStaysText() {
        String attack = "</script><script>alert(1)</script><img src=x onerror=alert(2)>'\"&{{findings}}";
        String page = page(run().set("title=" + attack.replace("\"", ""), "name=x")
                .sample(attack + "\u0000\u2028")
                .data());

        assertFalse(page.contains("<script>alert(1)"));
        assertFalse(page.contains("<img src=x")); // the library of charts has an image of its own
        assertEquals(2, SCRIPT.matcher(page).results().count());
        assertEquals(5, DATA.matcher(page).results().count());
        assertTrue(page.contains("&lt;img src=x onerror=alert(2)&gt;&#39;&quot;&amp;{{findings}}\\x00"));
    }

    @Test
    void namesOfFilesAreTextToo() {
        String attack = "</script><script>alert(3)</script>\" onload='x' \u2028\u2029\u202e<!--";
        String page = page(run().corpusName(attack).data());

        assertFalse(page.contains("<script>alert(3)"));
        assertEquals(2, SCRIPT.matcher(page).results().count());
        assertEquals(5, DATA.matcher(page).results().count());
        String escaped = "&lt;/script&gt;&lt;script&gt;alert(3)&lt;/script&gt;&quot; onload=&#39;x&#39; "
                + "\\u{2028}\\u{2029}\\u{202e}&lt;!--";
        assertTrue(page.contains(escaped), page.substring(0, 3000));
        String withoutData = DATA.matcher(SCRIPT.matcher(page).replaceAll("")).replaceAll("");
        assertFalse(withoutData.matches("(?s).*[\u2028\u2029\u202e].*"), "the page reorders or breaks its lines");
        Matcher data = DATA.matcher(page);
        assertTrue(data.find());
        assertEquals(
                attack,
                JsonMapper.shared()
                        .readTree(data.group(2))
                        .get("corpus")
                        .get("name")
                        .asString());
    }

    @Test
    void aSyntheticCorpusIsSaidBeforeAnyFigure() {
        String synthetic = page(run().data());

        assertTrue(synthetic.indexOf("Synthetic text, no book.") < synthetic.indexOf("class=\"summary\""));
        assertFalse(page(run().onABook().data()).contains("Synthetic text, no book."));
    }

    @Test
    void theCompleteConfigurationIsThere() {
        String page = page(run().data());

        for (String setting : List.of(
                "loss_scale: per-label", "schedule: linear", "clip: 1", "targets: double-shift", "update: fused")) {
            assertTrue(page.contains(setting), setting);
        }
    }

    @Test
    void aThousandStepsInWhichRowsSplitAndMergeTakeAtMostFiveMegabytes() {
        assertSmall(1_000);
    }

    @Test
    @Tag("long")
    void tenThousandStepsInWhichRowsSplitAndMergeTakeAtMostFiveMegabytes() {
        assertSmall(10_000);
    }

    /** So many steps, at each of which many rows meet or part. */
    private static void assertSmall(int steps) {
        SplittableRandom random = new SplittableRandom(5);
        List<float[][]> states = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            float[][] state = new float[64][];
            for (int token = 0; token < state.length; token++) {
                state[token] = row(1 + random.nextInt(8) * 0x1p-7f, 1 + random.nextInt(4) * 0x1p-7f);
            }
            states.add(state);
        }
        RunData run = SmallRun.of("float32-edition", states.toArray(float[][][]::new))
                .set("training.log_every=100")
                .data();
        Timeline timeline = Timeline.of(run, new ScalarAnalysisKernels());
        int bytes = HtmlReport.html(Findings.of(run), timeline, List.of()).getBytes(StandardCharsets.UTF_8).length;

        assertTrue(bytes <= 5_000_000, bytes + " bytes");
        assertEquals(List.of(), timeline.events().all().named());
        assertTrue(IntStream.of(timeline.events().all().mergers()).sum() > steps);
    }

    @Test
    void everyPlaceOfThePageIsFilled() {
        String page = SCRIPT.matcher(page(run().data())).replaceAll("");

        List<String> places = Pattern.compile("\\{\\{[a-z-]+}}")
                .matcher(page)
                .results()
                .map(place -> place.group())
                .collect(Collectors.toList());
        assertEquals(List.of(), places);
    }
}
