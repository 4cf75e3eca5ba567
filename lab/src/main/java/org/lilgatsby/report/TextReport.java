package org.lilgatsby.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Judgement;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Block.Verbatim;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.experiment.Verdict;
import org.lilgatsby.experiment.Verdict.Prediction;
import org.lilgatsby.files.DurableFiles;

/** Writes a report as plain text of at most {@link #WIDTH} columns. */
public final class TextReport {
    /** Columns per line. */
    static final int WIDTH = 100;

    private final StringBuilder out = new StringBuilder();

    private TextReport() {}

    /** Writes the report to a file, UTF-8. */
    public static void write(Findings findings, Path file) throws IOException {
        DurableFiles.write(file, text(findings).getBytes(StandardCharsets.UTF_8));
    }

    /** The whole report. */
    public static String text(Findings findings) {
        TextReport report = new TextReport();
        report.contents(Contents.of(findings));
        return report.out.toString();
    }

    /** Any sections under a title. */
    public static String text(String title, Facts opening, List<Section> sections) {
        TextReport report = new TextReport();
        report.head(title, opening);
        sections.forEach(report::section);
        return report.out.toString();
    }

    private void head(String title, Facts opening) {
        lines(TextLines.wrap(title, WIDTH));
        line("=".repeat(WIDTH));
        facts(opening);
    }

    private void contents(Contents contents) {
        List<Fact> opening = new ArrayList<>(contents.opening().facts());
        opening.add(new Fact("verdict", inWords(contents.verdict())));
        head(contents.title(), new Facts(opening));
        section(Section.of("Verdict", new Judgement(contents.verdict())));
        contents.sections().forEach(this::section);
    }

    private static String inWords(Verdict verdict) {
        if (verdict.missing()) {
            return "none: " + verdict.because();
        }
        return verdict.supported()
                .map(yes -> yes ? "supported" : "not supported")
                .orElse("not judged");
    }

    private void section(Section section) {
        line("");
        line(section.title());
        line("-".repeat(section.title().length()));
        for (int i = 0; i < section.blocks().size(); i++) {
            if (i > 0) {
                line("");
            }
            block(section.blocks().get(i));
        }
    }

    private void block(Block block) {
        switch (block) {
            case Paragraph paragraph -> lines(TextLines.wrap(paragraph.text(), WIDTH));
            case Facts facts -> facts(facts);
            case Table table -> lines(TextTable.lines(table, WIDTH));
            case Judgement judgement -> judgement(judgement.verdict());
            case Verbatim verbatim ->
                verbatim.text().lines().forEach(text -> lines(TextLines.cut(TextLines.visible(text), WIDTH)));
        }
    }

    private void facts(Facts facts) {
        int widest = facts.facts().stream()
                .mapToInt(fact -> fact.label().length())
                .max()
                .orElse(0);
        for (Fact fact : facts.facts()) {
            lines(TextLines.hanging(
                    fact.label() + " ".repeat(widest - fact.label().length() + 2), fact.value(), WIDTH));
        }
    }

    private void judgement(Verdict verdict) {
        lines(TextLines.hanging("Hypothesis: ", verdict.hypothesis(), WIDTH));
        if (!verdict.changed().isEmpty()) {
            lines(TextLines.hanging("Changed:    ", String.join("; ", verdict.changed()), WIDTH));
        }
        if (verdict.missing()) {
            lines(TextLines.hanging("No verdict: ", verdict.because(), WIDTH));
            return;
        }
        lines(TextLines.hanging("Supported:  ", mark(verdict.supported().orElse(null)), WIDTH));
        for (Prediction prediction : verdict.predictions()) {
            String mark = "  %-7s ".formatted(mark(prediction.holds().orElse(null)));
            lines(TextLines.hanging(mark, "%s: %s".formatted(prediction.claim(), prediction.figures()), WIDTH));
        }
    }

    private static String mark(Boolean holds) {
        if (holds == null) {
            return "unknown";
        }
        return holds ? "yes" : "no";
    }

    private void lines(List<String> lines) {
        lines.forEach(this::line);
    }

    private void line(String line) {
        out.append(TextLines.visible(line).stripTrailing()).append('\n');
    }
}
