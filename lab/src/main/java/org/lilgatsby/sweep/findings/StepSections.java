package org.lilgatsby.sweep.findings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.sweep.Distribution;
import org.lilgatsby.sweep.findings.Figure.Kind;
import org.lilgatsby.sweep.findings.SweepFindings.Band;
import org.lilgatsby.sweep.findings.SweepFindings.CriterionMet;
import org.lilgatsby.sweep.findings.SweepFindings.MetInGroup;
import org.lilgatsby.sweep.findings.SweepFindings.OverSteps;
import org.lilgatsby.sweep.findings.SweepFindings.Series;

/** What happened when: criteria, and a few figures at a few steps. */
final class StepSections {
    /** Figures that the text shows over the steps. */
    private static final Set<String> SHOWN = Set.of("dead.black_holes", "dead.tokens_in_black_holes");

    /** Steps that the text shows. */
    private static final int STEPS = 9;

    /** The most groups whose steps the text shows. */
    private static final int GROUPS = 4;

    /** The values of a criterion are steps. */
    private static final Figure STEP = new Figure("step", "step", "", Kind.COUNT);

    private final SweepFindings findings;

    private StepSections(SweepFindings findings) {
        this.findings = findings;
    }

    static List<Section> of(SweepFindings findings) {
        StepSections sections = new StepSections(findings);
        List<Section> all = new ArrayList<>();
        if (!findings.criteria().isEmpty()) {
            all.add(sections.criteria());
        }
        findings.series().flatMap(sections::steps).ifPresent(all::add);
        return all;
    }

    private Section criteria() {
        List<Block> blocks = new ArrayList<>();
        for (CriterionMet criterion : findings.criteria()) {
            blocks.add(new Paragraph(Wording.sentence(criterion.sentence()) + ":"));
            blocks.add(groups(criterion));
            criterion.axes().stream()
                    .filter(axis -> Arrays.stream(axis.step().n()).anyMatch(n -> n > 0)
                            && !Wording.isGrouping(findings, axis.setting()))
                    .forEach(axis -> blocks.add(OutcomeSections.table(
                            axis.setting(),
                            Arrays.stream(axis.values())
                                    .mapToObj(Wording::number)
                                    .toList(),
                            axis.step(),
                            STEP)));
        }
        return new Section("When it happened", blocks);
    }

    private Table groups(CriterionMet criterion) {
        int[] chosen =
                SeriesPlan.evenly(IntStream.range(0, findings.groups().size()).toArray(), OutcomeSections.ROWS);
        List<String> names = Wording.rows(findings.groups());
        return new Table(
                List.of("group", "n", "met by", "mean step", "first", "median", "last"),
                Arrays.stream(chosen)
                        .mapToObj(g -> row(names.get(g), criterion.groups().get(g)))
                        .toList(),
                Table.Kind.NAMED_NUMBERS);
    }

    private static List<String> row(String group, MetInGroup met) {
        Optional<Distribution> step = met.step();
        return List.of(
                group,
                Figures.count(met.n()),
                Figures.count(met.met()),
                Wording.number(step.map(Distribution::mean).orElse(Double.NaN)),
                STEP.text(step.map(Distribution::least).orElse(Double.NaN)),
                Wording.number(step.map(Distribution::median).orElse(Double.NaN)),
                STEP.text(step.map(Distribution::greatest).orElse(Double.NaN)));
    }

    private Optional<Section> steps(Series series) {
        List<Block> blocks = new ArrayList<>();
        if (findings.groups().size() <= GROUPS) {
            for (OverSteps figure : series.figures()) {
                if (SHOWN.contains(figure.figure().name())) {
                    for (int g = 0; g < findings.groups().size(); g++) {
                        blocks.add(new Paragraph("%s, %s:"
                                .formatted(
                                        Wording.sentence(figure.figure().heading()),
                                        findings.groups().get(g).name())));
                        blocks.add(
                                steps(series, figure.figure(), figure.groups().get(g)));
                    }
                }
            }
        }
        return blocks.isEmpty() ? Optional.empty() : Optional.of(new Section("Over the steps", blocks));
    }

    private static Table steps(Series series, Figure figure, Band band) {
        int[] chosen =
                SeriesPlan.evenly(IntStream.range(0, series.steps().length).toArray(), STEPS);
        return new Table(
                List.of("step", "n", "mean", "deviation", "smallest", "median", "largest"),
                Arrays.stream(chosen)
                        .mapToObj(s -> List.of(
                                Figures.count(series.steps()[s]),
                                Figures.count(band.n()[s]),
                                Wording.number(band.mean()[s]),
                                Wording.number(band.deviation()[s]),
                                Wording.value(figure, band.least()[s]),
                                Wording.number(band.median()[s]),
                                Wording.value(figure, band.greatest()[s])))
                        .toList(),
                Table.Kind.NUMBERS);
    }
}
