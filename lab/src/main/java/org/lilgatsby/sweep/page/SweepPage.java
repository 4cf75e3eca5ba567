package org.lilgatsby.sweep.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.report.HtmlBlocks;
import org.lilgatsby.report.HtmlPage;
import org.lilgatsby.report.HtmlText;
import org.lilgatsby.report.JsonReport;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.findings.Abstract;
import org.lilgatsby.sweep.findings.SweepContents;
import org.lilgatsby.sweep.findings.SweepFindings;

/**
 * Writes a sweep's report as a page: the question, every run beside the distributions of the groups, the figures over
 * the steps and against the settings, and the table of runs. The page of a large sweep draws a selection, and says so.
 */
public final class SweepPage {
    private static final List<String> SCRIPTS = List.of(
            "data.js", "lanes.js", "ribbons.js", "settings.js", "figures.js", "runs.js", "images.js", "main.js");

    private SweepPage() {}

    /**
     * Writes the page to a file, UTF-8.
     *
     * @param table the runs that the findings are of, in the same order
     * @throws IOException if it cannot be written, or the series of a run cannot be read
     */
    public static void write(SweepFindings findings, RunTable table, Path file) throws IOException {
        PageData data =
                new PageDataBuilder(findings, table).build(file.toAbsolutePath().getParent());
        DurableFiles.write(
                file,
                html(findings, data, Question.of(findings, titleOfExperiment(table)))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String titleOfExperiment(RunTable table) {
        return table.rows().getFirst().point().config().title();
    }

    private static String html(SweepFindings findings, PageData data, Question question) {
        SweepContents contents = SweepContents.of(findings);
        int[] groups = data.groups().stream().mapToInt(PageData.Group::place).toArray();
        List<Part> parts = Part.of(data, LostSections.of(findings));
        return HtmlPage.of(
                SweepPage.class,
                List.of("sweep.css"),
                SCRIPTS,
                Map.ofEntries(
                        Map.entry("name", HtmlText.escaped(findings.identity().name())),
                        Map.entry("question", HtmlText.escaped(question.first())),
                        Map.entry("title", HtmlText.escaped(question.second())),
                        Map.entry(
                                "incomplete",
                                paragraphs(
                                        Abstract.incomplete(findings.counts()).stream()
                                                .map("The sweep is not complete: %s."::formatted),
                                        "banner")),
                        Map.entry("asked", HtmlText.escaped(Abstract.varied(findings))),
                        Map.entry("remarks", paragraphs(findings.remarks().stream(), "remarks")),
                        Map.entry(
                                "selection", paragraphs(HeadlineTable.selection(findings, groups).stream(), "remarks")),
                        Map.entry(
                                "headlines", HtmlBlocks.table(HeadlineTable.of(findings, groups), "Headline figures")),
                        Map.entry("links", parts.stream().map(Part::link).collect(Collectors.joining("\n"))),
                        Map.entry("parts", parts.stream().map(Part::html).collect(Collectors.joining("\n"))),
                        Map.entry(
                                "sections",
                                HtmlBlocks.sections(Stream.concat(
                                                Stream.of(Section.of("The sweep", contents.opening())),
                                                contents.sections().stream())
                                        .toList())),
                        Map.entry("data", HtmlText.inScript(JsonReport.compact(data)))));
    }

    private static String paragraphs(Stream<String> paragraphs, String style) {
        return paragraphs
                .map(paragraph -> "<p class=\"%s\">%s</p>".formatted(style, HtmlText.escaped(paragraph)))
                .collect(Collectors.joining("\n"));
    }
}
