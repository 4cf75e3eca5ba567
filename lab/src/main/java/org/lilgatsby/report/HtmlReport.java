package org.lilgatsby.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.experiment.Experiment;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.LargeModel;
import org.lilgatsby.files.DurableFiles;

/** Writes a report as a page: figures, charts, and the complete configuration. */
public final class HtmlReport {
    private static final List<String> SCRIPTS = List.of("figures.js", "cloud.js", "main.js");

    private static final String ANALYSES = """
            <section id="analyses" aria-labelledby="analyses-title" class="charted">
              <h2 id="analyses-title">Analyses</h2>
              <div class="controls" data-controls="axis group"></div>
              <div class="charts" data-charts="%s"></div>
            </section>
            """;

    /** Of charts that follow the choice of steps and tokens. */
    private static final String CONTROLS = "<div class=\"controls\" data-controls=\"axis group\"></div>";

    private HtmlReport() {}

    /** Writes the page to a file, UTF-8. */
    public static void write(Findings findings, Timeline timeline, List<AnalysisChart> charts, Path file)
            throws IOException {
        DurableFiles.write(file, html(findings, timeline, charts).getBytes(StandardCharsets.UTF_8));
    }

    /** The whole page; without charts of analyses, their section is omitted. */
    public static String html(Findings findings, Timeline timeline, List<AnalysisChart> charts) {
        Contents contents = Contents.of(findings);
        PageCharts placed = new PageCharts(
                Experiment.concluding(findings.configuration())
                        .map(Experiment::charts)
                        .orElseGet(List::of),
                charts);
        return HtmlPage.of(
                HtmlReport.class,
                List.of(),
                SCRIPTS,
                Map.ofEntries(
                        Map.entry("title", HtmlText.escaped(contents.title())),
                        Map.entry(
                                "run",
                                HtmlText.escaped("%s, seed %d"
                                        .formatted(
                                                findings.identity().experiment(),
                                                findings.identity().seed()))),
                        Map.entry("heading", heading(findings)),
                        Map.entry("banner", banner(findings)),
                        Map.entry("verdict", HtmlBlocks.verdict(findings.verdict())),
                        Map.entry(
                                "opening",
                                "<div class=\"card\">%s</div>".formatted(HtmlBlocks.facts(contents.opening()))),
                        Map.entry("tiles", Tiles.of(findings)),
                        Map.entry("first-controls", placed.areAsked() ? CONTROLS : ""),
                        Map.entry("first-charts", ids(placed.first())),
                        Map.entry("structure-charts", ids(placed.structure())),
                        Map.entry("motion-charts", ids(placed.motion())),
                        Map.entry("forces-charts", ids(placed.forces())),
                        Map.entry(
                                "analyses-link",
                                placed.analyses().isEmpty() ? "" : "<a href=\"#analyses\">Analyses</a>"),
                        Map.entry(
                                "analyses",
                                placed.analyses().isEmpty() ? "" : ANALYSES.formatted(ids(placed.analyses()))),
                        Map.entry("analysis-charts", HtmlText.inScript(JsonReport.compact(charts))),
                        Map.entry("sections", HtmlBlocks.sections(contents.sections())),
                        Map.entry("configuration", HtmlText.escaped(ConfigYaml.toYaml(findings.configuration()))),
                        Map.entry("findings", HtmlText.inScript(JsonReport.compact(findings))),
                        Map.entry("timeline", HtmlText.inScript(JsonReport.compact(timeline))),
                        Map.entry("time-charts", HtmlText.inScript(JsonReport.compact(TimeChart.ALL))),
                        Map.entry("large-model", JsonReport.compact(Map.of("populations", LargeModel.POPULATIONS)))));
    }

    private static String heading(Findings findings) {
        return HtmlText.escaped(findings.identity().title())
                + Contents.changed(findings)
                        .map(changed -> " <small>%s</small>".formatted(HtmlText.escaped(changed)))
                        .orElse("");
    }

    private static String ids(List<String> charts) {
        return HtmlText.escaped(String.join(" ", charts));
    }

    private static String banner(Findings findings) {
        return findings.corpus().synthetic()
                ? ("<p class=\"banner\"><strong>Synthetic text, not a book.</strong> This run was trained on the "
                                + "built-in corpus %s.</p>")
                        .formatted(HtmlText.escaped(findings.corpus().name()))
                : "";
    }
}
