package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Column;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.StepChoice;
import org.lilgatsby.recording.TokenChoice;

/**
 * The analyses of a run: as text, in tables of rounded figures, or as one JSON document, with unrounded figures and
 * null for undefined ones.
 *
 * @param run the analysed run
 * @param selection what was analysed
 * @param answers the analyses with their results, in order
 */
public record AnalysisReport(AnalysisContext run, Selection selection, List<Answered> answers) {
    /** Numbers up to this one, or from {@link #LARGE} on, are written with an exponent. */
    private static final double SMALL = 1e-3;

    private static final double LARGE = 1e6;

    /**
     * An analysis with its result.
     *
     * @param analysis the analysis
     * @param answer its figures, or why there are none
     */
    public record Answered(Analysis analysis, Analysis.Answer answer) {}

    /** Copies the list. */
    public AnalysisReport {
        answers = List.copyOf(answers);
    }

    /** Tables for people; if only one analysis is shown, with the meaning of each column. */
    public String text() {
        Manifest.CorpusFacts corpus = run.archive().manifest().corpus();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "corpus", corpus.name() + (corpus.synthetic() ? " (built-in synthetic text, not a book)" : "")));
        facts.add(new Fact(
                "tokens",
                "%s (%s), out of %s live and %s dead"
                        .formatted(
                                selection.group().toString(),
                                        Figures.count(run.split()
                                                .tokens(selection.group())
                                                .size()),
                                Figures.count(corpus.live().length), Figures.count(corpus.dead().length))));
        TokenChoice recorded = run.archive().config().recording().tokens();
        if (!recorded.isAll()) {
            facts.add(new Fact("rows", "only those of the recorded tokens: " + recorded));
        }
        facts.add(new Fact("recorded", states()));
        if (!run.archive().config().recording().steps().isGapless()) {
            facts.add(new Fact("a step", "from one recorded state to the next, including all updates in between"));
        }
        facts.add(new Fact("figures", "rounded to five digits; --json and --csv give them as they are"));
        facts.add(new Fact("unit W", "that of the embedding matrix"));
        List<Section> sections = new ArrayList<>();
        for (Answered each : answers) {
            sections.add(section(each));
        }
        return TextReport.text(run.archive().config().title(), new Facts(facts), sections);
    }

    private String states() {
        StepChoice steps = run.archive().config().recording().steps();
        String which = steps.rule() instanceof StepChoice.Every(int every) && every > 1
                ? "every %s steps".formatted(Figures.count(every))
                : steps.inWords();
        return "%s states, %s up to %s of %s"
                .formatted(
                        Figures.count(run.states()),
                        which,
                        Figures.count(run.lastStep()),
                        Figures.count(run.archive().config().training().steps()));
    }

    private Section section(Answered each) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph(each.analysis().asks()));
        switch (each.answer()) {
            case Analysis.Lacking lacking -> blocks.add(new Paragraph("Unknown: " + lacking.reason() + "."));
            case Analysis.Found found when found.table().rows().isEmpty() -> blocks.add(new Paragraph("None."));
            case Analysis.Found found -> {
                found.basis().ifPresent(basis -> blocks.add(new Paragraph(basis)));
                blocks.add(table(found.table()));
                if (answers.size() == 1) {
                    blocks.add(new Facts(found.table().columns().stream()
                            .map(c -> new Fact(c.heading(), c.meaning()))
                            .toList()));
                }
                addWhatIsLeftOut(each.analysis(), blocks);
            }
        }
        return new Section(title(each.analysis()), blocks);
    }

    private void addWhatIsLeftOut(Analysis analysis, List<Block> blocks) {
        int shown = selection.step().isPresent()
                ? run.states()
                : selection.detail().shown(run.archive().recording().steps());
        if (analysis.scope() == Analysis.Scope.OVER_TIME && shown < run.states() && answers.size() == 1) {
            blocks.add(new Paragraph("%s of %s recorded states shown; --csv and --json give all of them."
                    .formatted(Figures.count(shown), Figures.count(run.states()))));
        }
    }

    private String title(Analysis analysis) {
        int step = selection.step().orElse(run.lastStep());
        return analysis.scope() == Analysis.Scope.ONE_STATE
                ? "%s, step %s".formatted(analysis.name(), Figures.count(step))
                : analysis.name();
    }

    /** A table with its figures rounded to five digits. */
    static Table table(AnalysisTable table) {
        List<List<String>> rows = table.rows().stream()
                .map(row -> row.stream().map(AnalysisReport::cell).toList())
                .toList();
        return new Table(table.columns().stream().map(Column::heading).toList(), rows, kind(table));
    }

    private static Table.Kind kind(AnalysisTable table) {
        List<Object> first = table.rows().getFirst();
        boolean numbers = first.stream().skip(1).noneMatch(String.class::isInstance);
        if (!numbers) {
            return Table.Kind.TEXT;
        }
        return first.getFirst() instanceof String ? Table.Kind.NAMED_NUMBERS : Table.Kind.NUMBERS;
    }

    private static String cell(Object cell) {
        return switch (cell) {
            case Double number -> number(number);
            case Boolean yes -> yes ? "yes" : "no";
            case Integer count -> Figures.count(count);
            case Long count -> Figures.count(count);
            default -> cell.toString();
        };
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return Figures.UNDEFINED;
        }
        double magnitude = Math.abs(number);
        if (number == 0) {
            return "0";
        }
        return String.format(Locale.ROOT, magnitude < SMALL || magnitude >= LARGE ? "%.4e" : "%.5g", number);
    }

    /** One document with the figures of each analysis column by column. */
    public String json() {
        Manifest.CorpusFacts corpus = run.archive().manifest().corpus();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("experiment", run.archive().config().name());
        document.put("corpus", Map.of("name", corpus.name(), "synthetic", corpus.synthetic()));
        document.put("recorded_states", run.states());
        document.put(
                "every",
                run.archive().config().recording().steps().rule() instanceof StepChoice.Every(int every)
                        ? every
                        : null);
        document.put("last_step", run.lastStep());
        document.put("tokens", selection.group().toString());
        document.put("analyses", answers.stream().map(this::document).toList());
        return JsonReport.indented(document);
    }

    private Map<String, Object> document(Answered each) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", each.analysis().name());
        document.put("asks", each.analysis().asks());
        if (each.analysis().scope() == Analysis.Scope.ONE_STATE) {
            document.put("step", selection.step().orElse(run.lastStep()));
        }
        switch (each.answer()) {
            case Analysis.Lacking lacking -> document.put("missing", lacking.reason());
            case Analysis.Found found -> {
                found.basis().ifPresent(basis -> document.put("basis", basis));
                document.put("columns", found.table().columns());
                document.put("figures", figures(found.table()));
            }
        }
        return document;
    }

    /** The unrounded figures column by column; null for the step of what never happened. */
    static Map<String, List<Object>> figures(AnalysisTable table) {
        Map<String, List<Object>> figures = new LinkedHashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
            int column = i;
            figures.put(
                    table.columns().get(column).name(),
                    table.rows().stream()
                            .map(row -> row.get(column))
                            .map(cell -> cell == AnalysisTable.Never.NEVER ? null : cell)
                            .toList());
        }
        return figures;
    }
}
