package org.lilgatsby.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.LargeModel;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.files.Sha256;

/**
 * Writes a report as one HTML file that opens offline: figures, charts, the library that draws them, and the complete
 * configuration. Its content security policy allows only its own scripts to run, and nothing to be loaded.
 */
public final class HtmlReport {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");
    private static final List<String> SCRIPTS = List.of("scales.js", "charts.js", "figures.js", "cloud.js", "main.js");

    private static final String ANALYSES = """
            <section id="analyses" aria-labelledby="analyses-title" class="charted">
              <h2 id="analyses-title">Analyses</h2>
              <div class="controls" data-controls="axis group"></div>
              <div class="charts" data-charts="%s"></div>
            </section>
            """;

    private HtmlReport() {}

    /** Writes the page to a file, UTF-8. */
    public static void write(Findings findings, Timeline timeline, List<AnalysisChart> charts, Path file)
            throws IOException {
        DurableFiles.write(file, html(findings, timeline, charts).getBytes(StandardCharsets.UTF_8));
    }

    /** The whole page; without charts of analyses, their section is omitted. */
    public static String html(Findings findings, Timeline timeline, List<AnalysisChart> charts) {
        String library = resource("echarts/echarts.min.js");
        String script = SCRIPTS.stream()
                .map(HtmlReport::resource)
                .collect(Collectors.joining("\n", "(() => {\n\"use strict\";\n", "})();\n"));
        Contents contents = Contents.of(findings);
        return filled(
                resource("page.html"),
                Map.ofEntries(
                        Map.entry("policy", policy(library, script)),
                        Map.entry("title", HtmlText.escaped(contents.title())),
                        Map.entry(
                                "run",
                                HtmlText.escaped("%s, seed %d"
                                        .formatted(
                                                findings.identity().experiment(),
                                                findings.identity().seed()))),
                        Map.entry("heading", heading(findings)),
                        Map.entry("style", resource("page.css")),
                        Map.entry("banner", banner(findings)),
                        Map.entry("verdict", HtmlBlocks.verdict(findings.verdict())),
                        Map.entry(
                                "opening",
                                "<div class=\"card\">%s</div>".formatted(HtmlBlocks.facts(contents.opening()))),
                        Map.entry("tiles", Tiles.of(findings)),
                        Map.entry("analyses-link", charts.isEmpty() ? "" : "<a href=\"#analyses\">Analyses</a>"),
                        Map.entry("analyses", analyses(charts)),
                        Map.entry("analysis-charts", HtmlText.inScript(JsonReport.compact(charts))),
                        Map.entry("sections", HtmlBlocks.sections(contents.sections())),
                        Map.entry("configuration", HtmlText.escaped(ConfigYaml.toYaml(findings.configuration()))),
                        Map.entry("findings", HtmlText.inScript(JsonReport.compact(findings))),
                        Map.entry("timeline", HtmlText.inScript(JsonReport.compact(timeline))),
                        Map.entry("large-model", JsonReport.compact(Map.of("populations", LargeModel.POPULATIONS))),
                        Map.entry("library", library),
                        Map.entry("script", script)));
    }

    private static String heading(Findings findings) {
        return HtmlText.escaped(findings.identity().title())
                + Contents.changed(findings)
                        .map(changed -> " <small>%s</small>".formatted(HtmlText.escaped(changed)))
                        .orElse("");
    }

    private static String analyses(List<AnalysisChart> charts) {
        String ids = charts.stream().map(chart -> "analysis-" + chart.name()).collect(Collectors.joining(" "));
        return charts.isEmpty() ? "" : ANALYSES.formatted(HtmlText.escaped(ids));
    }

    private static String banner(Findings findings) {
        return findings.corpus().synthetic()
                ? ("<p class=\"banner\"><strong>Synthetic text, not a book.</strong> This run was trained on the "
                                + "built-in corpus %s.</p>")
                        .formatted(HtmlText.escaped(findings.corpus().name()))
                : "";
    }

    /** Only these two scripts may run, and nothing may be loaded. */
    private static String policy(String... scripts) {
        String hashes = Arrays.stream(scripts)
                .map(script -> "'sha256-" + sha256(script) + "'")
                .collect(Collectors.joining(" "));
        return "default-src 'none'; script-src " + hashes
                + "; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
    }

    private static String sha256(String text) {
        return Base64.getEncoder().encodeToString(Sha256.bytesOf(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Fills all placeholders in one pass, so inserted text is never searched for placeholders. */
    private static String filled(String page, Map<String, String> content) {
        return PLACE.matcher(page).replaceAll(place -> Matcher.quoteReplacement(content.get(place.group(1))));
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its own " + name + "; build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
