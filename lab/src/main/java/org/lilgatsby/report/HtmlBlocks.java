package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Judgement;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Block.Verbatim;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.experiment.Verdict;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Lays out the blocks of a report as HTML. */
public final class HtmlBlocks {
    /** Tables with more columns than this take the full width of the page. */
    private static final int COLUMNS_OF_A_NARROW_TABLE = 4;

    private HtmlBlocks() {}

    /** Parts of a page, each with its heading. */
    public static String sections(List<Section> sections) {
        return sections.stream().map(HtmlBlocks::section).collect(Collectors.joining("\n"));
    }

    private static String section(Section section) {
        List<String> blocks = new ArrayList<>();
        Map<List<String>, Integer> tables = new HashMap<>();
        for (Block block : section.blocks()) {
            int before = block instanceof Table table ? tables.merge(table.headings(), 1, Integer::sum) - 1 : 0;
            blocks.add(html(block, before == 0 ? section.title() : "%s, %d".formatted(section.title(), before + 1)));
        }
        boolean wide = section.blocks().stream()
                .anyMatch(block ->
                        block instanceof Table table && table.headings().size() > COLUMNS_OF_A_NARROW_TABLE);
        return "<div class=\"part%s\"><h3>%s</h3>\n%s</div>"
                .formatted(wide ? " wide" : "", HtmlText.escaped(section.title()), String.join("\n", blocks));
    }

    private static String html(Block block, String title) {
        return switch (block) {
            case Paragraph paragraph -> "<p>%s</p>".formatted(HtmlText.escaped(paragraph.text()));
            case Facts facts -> facts(facts);
            case Table table -> table(table, title);
            case Judgement judgement -> verdict(judgement.verdict());
            case Verbatim verbatim ->
                "<pre class=\"sample\" tabindex=\"0\">%s</pre>".formatted(HtmlText.escaped(verbatim.text()));
        };
    }

    /** Figures with their names. */
    public static String facts(Facts facts) {
        return facts.facts().stream()
                .map(f -> "<dt>%s</dt><dd>%s</dd>".formatted(HtmlText.escaped(f.label()), HtmlText.escaped(f.value())))
                .collect(Collectors.joining("\n", "<dl>", "</dl>"));
    }

    /** A table. Those of one section are distinguished by their columns, and by a number where these are the same. */
    public static String table(Table table, String title) {
        StringBuilder out = new StringBuilder();
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(HtmlText.escaped("%s: %s".formatted(title, String.join(", ", table.headings()))))
                .append("\"><table><thead><tr>");
        for (int column = 0; column < table.headings().size(); column++) {
            String heading = table.headings().get(column);
            String tag = heading.isEmpty() ? "td" : "th";
            out.append('<')
                    .append(tag)
                    .append(heading.isEmpty() ? "" : " scope=\"col\"")
                    .append(numberClass(table, column))
                    .append('>')
                    .append(HtmlText.escaped(heading))
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        out.append("</tr></thead>\n<tbody>");
        for (List<String> row : table.rows()) {
            out.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                boolean names = column == 0 && table.kind() != Table.Kind.NUMBERS;
                String tag = names ? "th" : "td";
                out.append('<')
                        .append(tag)
                        .append(names ? " scope=\"row\"" : "")
                        .append(numberClass(table, column))
                        .append('>')
                        .append(HtmlText.escaped(row.get(column)))
                        .append("</")
                        .append(tag)
                        .append('>');
            }
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>").toString();
    }

    private static String numberClass(Table table, int column) {
        return table.isNumeric(column) ? " class=\"number\"" : "";
    }

    /** A hypothesis, whether it is supported, and why. */
    static String verdict(Verdict verdict) {
        String kind = kind(verdict.supported().orElse(null));
        String word = verdict.supported()
                .map(yes -> yes ? "Supported" : "Not supported")
                .orElse(verdict.missing() ? "No verdict" : "Not judged");
        String reasons = verdict.missing()
                ? "<p>Because %s.</p>".formatted(HtmlText.escaped(verdict.because()))
                : verdict.predictions().stream()
                        .map(HtmlBlocks::prediction)
                        .collect(Collectors.joining("\n", "<ul class=\"predictions\">", "</ul>"));
        String changed = verdict.changed().isEmpty()
                ? ""
                : "<p class=\"changed\">Changed: %s.</p>\n"
                        .formatted(HtmlText.escaped(String.join("; ", verdict.changed())));
        return "<div class=\"card verdict %s\"><p class=\"badge\">%s</p>\n<p class=\"hypothesis\">%s</p>\n%s%s</div>"
                .formatted(kind, word, HtmlText.escaped(verdict.hypothesis()), changed, reasons);
    }

    private static String prediction(Prediction prediction) {
        String kind = kind(prediction.holds().orElse(null));
        String mark = prediction.holds().map(yes -> yes ? "✓ holds" : "✗ fails").orElse("? open");
        return "<li><span class=\"mark %s\">%s</span><span>%s</span><span class=\"figures\">%s</span></li>"
                .formatted(kind, mark, HtmlText.escaped(prediction.claim()), HtmlText.escaped(prediction.figures()));
    }

    private static String kind(Boolean holds) {
        if (holds == null) {
            return "open";
        }
        return holds ? "yes" : "no";
    }
}
