package org.lilgatsby.sweep.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.sweep.Comparison;
import org.lilgatsby.sweep.Distribution;
import org.lilgatsby.sweep.findings.SweepFindings.Constant;
import org.lilgatsby.sweep.findings.SweepFindings.Group;
import org.lilgatsby.sweep.findings.SweepFindings.InGroup;
import org.lilgatsby.sweep.findings.SweepFindings.Outcome;

/**
 * A sweep's report in words and tables, before layout.
 *
 * @param title the sweep and the experiment
 * @param opening what was run; what is not there comes first
 * @param sections everything else, in reading order
 */
public record SweepContents(String title, Facts opening, List<Section> sections) {
    /** With more groups than this, other figures are left to {@code report.json}. */
    private static final int FEW_GROUPS = 2;

    /** So long may a group's name be for its other figures to be shown. */
    private static final int SHORT_NAME = 14;

    /** Copies the list. */
    public SweepContents {
        sections = List.copyOf(sections);
    }

    /** The contents of a sweep's report. */
    public static SweepContents of(SweepFindings findings) {
        List<Section> sections = new ArrayList<>();
        sections.add(Abstract.of(findings));
        sections.add(RunSections.groups(findings));
        if (findings.counts().done() > 0) {
            sections.addAll(OutcomeSections.of(findings));
            sections.addAll(StepSections.of(findings));
        }
        RunSections.failures(findings).ifPresent(sections::add);
        RunSections.missing(findings).ifPresent(sections::add);
        others(findings).forEach(sections::add);
        sections.add(notes(findings));
        return new SweepContents(title(findings), opening(findings), sections);
    }

    private static String title(SweepFindings findings) {
        return "Sweep %s: %s"
                .formatted(findings.identity().name(), findings.identity().title());
    }

    private static Facts opening(SweepFindings findings) {
        List<Fact> facts = new ArrayList<>();
        Abstract.incomplete(findings.counts()).ifPresent(text -> facts.add(new Fact("not complete", text)));
        facts.add(new Fact("experiment", findings.identity().experiment()));
        facts.add(new Fact("varied", String.join("; ", Wording.varied(findings.varied()))));
        facts.add(new Fact(
                "runs",
                "%s: %s done, %s failed, %s missing"
                        .formatted(
                                Figures.count(findings.counts().points()),
                                Figures.count(findings.counts().done()),
                                Figures.count(findings.counts().failed()),
                                Figures.count(findings.counts().missing()))));
        facts.add(new Fact("kept of each run", findings.identity().keep().toString()));
        facts.add(new Fact(
                "program",
                Stream.concat(
                                findings.identity().programs().stream(),
                                Stream.of("arithmetic " + findings.identity().arithmetic()))
                        .collect(Collectors.joining(", "))));
        return new Facts(facts);
    }

    private static List<Section> others(SweepFindings findings) {
        List<Section> sections = new ArrayList<>();
        boolean few = findings.groups().size() <= FEW_GROUPS
                && findings.groups().stream().allMatch(group -> group.name().length() <= SHORT_NAME);
        if (!findings.others().isEmpty() && few) {
            sections.add(Section.of("Other figures: mean and deviation", means(findings)));
        }
        if (!findings.constants().isEmpty()) {
            sections.add(Section.of("The same in every run", constants(findings.constants())));
        }
        return sections;
    }

    private static Table means(SweepFindings findings) {
        List<String> headings = new ArrayList<>(List.of("figure"));
        for (Group group : findings.groups()) {
            headings.add("n");
            headings.add(findings.groups().size() == 1 ? "mean" : group.name());
            headings.add("deviation");
        }
        return new Table(
                headings, findings.others().stream().map(SweepContents::means).toList(), Table.Kind.NAMED_NUMBERS);
    }

    private static List<String> means(Outcome outcome) {
        List<String> cells = new ArrayList<>(List.of(outcome.figure().name()));
        for (InGroup group : outcome.groups()) {
            cells.add(group.distribution().map(d -> Figures.count(d.n())).orElse("0"));
            cells.add(
                    Wording.number(group.distribution().map(Distribution::mean).orElse(Double.NaN)));
            cells.add(Wording.number(
                    group.distribution().map(Distribution::deviation).orElse(Double.NaN)));
        }
        return cells;
    }

    private static Facts constants(List<Constant> constants) {
        return new Facts(constants.stream()
                .map(constant -> new Fact(
                        constant.figure().name(),
                        "%s (n = %s)"
                                .formatted(
                                        Wording.value(constant.figure(), constant.value()),
                                        Figures.count(constant.n()))))
                .toList());
    }

    private static Section notes(SweepFindings findings) {
        List<Block> notes = new ArrayList<>();
        if (!findings.others().isEmpty()) {
            notes.add(new Paragraph("All statistics of %s, and those over the steps, are in report.json."
                    .formatted(Figures.of(
                            findings.headlines().size() + findings.others().size(), "figure"))));
        }
        findings.remarks().forEach(remark -> notes.add(new Paragraph(remark)));
        findings.series()
                .ifPresent(series -> notes.add(
                        new Paragraph("Series were read group by group, with at most %s of their values in memory."
                                .formatted(Figures.bytes(series.bytes())))));
        if (!findings.undefined().isEmpty()) {
            notes.add(new Paragraph("Undefined in every run: %s."
                    .formatted(findings.undefined().stream().map(Figure::name).collect(Collectors.joining(", ")))));
        }
        notes.add(new Paragraph("A deviation is that of the sample, with n - 1 in the denominator. Quartiles are by "
                + "linear interpolation (Hyndman and Fan's type 7). An interval holds 95 % of 10,000 bootstrap "
                + "resamples of a mean or of a difference of means. Runs in which a figure is undefined are not in "
                + "its n."));
        long tests = tests(findings);
        if (tests > 0) {
            notes.add(
                    new Paragraph(("Tests are two-sided. %s were made on the figures of this sweep; no p is corrected "
                                    + "for their number.")
                            .formatted(Figures.count(tests))));
        }
        return new Section("Notes", notes);
    }

    private static long tests(SweepFindings findings) {
        return Stream.concat(findings.headlines().stream(), findings.others().stream())
                .flatMap(outcome -> outcome.differences().stream())
                .mapToLong(difference -> difference.comparison().stream()
                                .flatMap(c -> Stream.of(c.kolmogorovSmirnov(), c.mannWhitney()))
                                .filter(Optional::isPresent)
                                .count()
                        + difference.paired().flatMap(Comparison.Paired::wilcoxon).stream()
                                .count())
                .sum();
    }
}
