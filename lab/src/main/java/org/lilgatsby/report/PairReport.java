package org.lilgatsby.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.RunPair;

/**
 * A table of the distances between two runs, as text or as JSON.
 *
 * @param runs the directories of both, as they were given
 * @param pair what was compared
 * @param by what a row is of: {@code step} or {@code token}
 * @param table the table
 */
public record PairReport(List<String> runs, RunPair pair, String by, AnalysisTable table) {
    /** For people: rounded figures and the meaning of each column. */
    public String text() {
        int states = pair.divergence().states().size();
        int tokens = pair.divergence().tokens().size();
        long always = pair.divergence().tokens().stream()
                .filter(token -> token.identical() == states)
                .count();
        Facts facts = Facts.of(
                new Fact("runs", String.join(" and ", runs)),
                new Fact(
                        "compared",
                        "rows of %s %s tokens in %s"
                                .formatted(Figures.count(tokens), pair.group(), Figures.of(states, "shared state"))),
                new Fact(
                        "identical in all of them",
                        "%s of %s tokens".formatted(Figures.count(always), Figures.count(tokens))),
                new Fact("figures", "rounded to five digits; --json and --csv give them as they are"),
                new Fact("unit W", "that of the embedding matrix"));
        Facts columns = new Facts(table.columns().stream()
                .map(column -> new Fact(column.heading(), column.meaning()))
                .toList());
        return TextReport.text(
                "W of one run compared with that of another",
                facts,
                List.of(Section.of("By " + by, AnalysisReport.table(table), columns)));
    }

    /** For programs: unrounded figures column by column, null for undefined ones. */
    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("runs", runs);
        document.put("tokens", pair.group().toString());
        document.put("shared_states", pair.divergence().states().size());
        document.put("by", by);
        document.put("columns", table.columns());
        document.put("figures", AnalysisReport.figures(table));
        return JsonReport.indented(document);
    }
}
