package org.lilgatsby.sweep.findings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.lilgatsby.sweep.Interval;
import org.lilgatsby.sweep.findings.SweepFindings.Along;
import org.lilgatsby.sweep.findings.SweepFindings.Band;
import org.lilgatsby.sweep.findings.SweepFindings.Group;
import org.lilgatsby.sweep.findings.SweepFindings.Outcome;
import org.lilgatsby.sweep.findings.SweepFindings.Pair;

/** The headline figures one by one: in the groups, between them, and along the numeric settings. */
final class OutcomeSections {
    /** The most groups beside each other; more are below each other. */
    private static final int COLUMNS = 4;

    /** Characters of a group's name that a column has room for. */
    private static final int NAME = 18;

    /** The longest words for what pairs share that stand beside their figures. */
    private static final int SHARED = 40;

    /** The most rows of a table in the text. */
    static final int ROWS = 32;

    /** The most groups that a sentence lists. */
    private static final int LISTED = 8;

    /** The most pairs in full. */
    private static final int PAIRS = 6;

    private final SweepFindings findings;

    private OutcomeSections(SweepFindings findings) {
        this.findings = findings;
    }

    static List<Section> of(SweepFindings findings) {
        OutcomeSections sections = new OutcomeSections(findings);
        return findings.headlines().stream().map(sections::section).toList();
    }

    private Section section(Outcome outcome) {
        List<Block> blocks = new ArrayList<>();
        Optional<String> constant = Wording.constant(outcome);
        if (constant.isPresent()) {
            blocks.add(new Paragraph(constant.get() + "."));
            undefined(outcome).ifPresent(blocks::add);
            return new Section(Wording.sentence(outcome.figure().heading()), blocks);
        }
        blocks.add(
                findings.groups().size() <= COLUMNS
                                && findings.groups().stream()
                                        .allMatch(group -> group.name().length() <= NAME)
                        ? beside(outcome)
                        : below(outcome));
        undefined(outcome).ifPresent(blocks::add);
        int[] pairs = IntStream.range(0, findings.pairs().size())
                .filter(p -> outcome.differences()
                        .get(p)
                        .comparison()
                        .filter(Wording::says)
                        .isPresent())
                .toArray();
        IntStream.of(pairs).limit(PAIRS).forEach(p -> difference(outcome, p).ifPresent(blocks::add));
        int left = pairs.length - PAIRS;
        if (left > 0) {
            blocks.add(new Paragraph(
                    "%s %s in report.json.".formatted(Figures.of(left, "more difference"), left == 1 ? "is" : "are")));
        }
        outcome.axes().stream()
                .filter(axis -> !Wording.isGrouping(findings, axis.setting()))
                .forEach(axis -> blocks.add(along(outcome.figure(), axis)));
        return new Section(Wording.sentence(outcome.figure().heading()), blocks);
    }

    private Table beside(Outcome outcome) {
        List<Optional<Distribution>> groups = outcome.groups().stream()
                .map(SweepFindings.InGroup::distribution)
                .toList();
        Figure figure = outcome.figure();
        return new Table(
                Stream.concat(Stream.of(""), findings.groups().stream().map(Group::name))
                        .toList(),
                List.of(
                        row("n", groups, d -> Figures.count(d.n())),
                        row("mean", groups, d -> Wording.number(d.mean())),
                        row(
                                "95 % interval, from",
                                groups, d -> Wording.number(d.meanInterval().low())),
                        row(
                                "95 % interval, to",
                                groups, d -> Wording.number(d.meanInterval().high())),
                        row("standard deviation", groups, d -> Wording.number(d.deviation())),
                        row("smallest", groups, d -> Wording.value(figure, d.least())),
                        row("lower quartile", groups, d -> Wording.number(d.lowerQuartile())),
                        row("median", groups, d -> Wording.number(d.median())),
                        row("upper quartile", groups, d -> Wording.number(d.upperQuartile())),
                        row("largest", groups, d -> Wording.value(figure, d.greatest()))),
                Table.Kind.NAMED_NUMBERS);
    }

    private static List<String> row(
            String name, List<Optional<Distribution>> groups, Function<Distribution, String> figure) {
        String none = name.equals("n") ? "0" : Figures.UNDEFINED;
        return Stream.concat(
                        Stream.of(name), groups.stream().map(d -> d.map(figure).orElse(none)))
                .toList();
    }

    private Table below(Outcome outcome) {
        return table(
                "group",
                Wording.rows(findings.groups()),
                Bands.of(outcome.groups().stream()
                        .map(SweepFindings.InGroup::distribution)
                        .toList()),
                outcome.figure());
    }

    /** Statistics below each other; if there are too many, some at equal distances. */
    static Table table(String heading, List<String> names, Band band, Figure figure) {
        int[] chosen = SeriesPlan.evenly(IntStream.range(0, names.size()).toArray(), ROWS);
        return new Table(
                List.of(heading, "n", "mean", "deviation", "smallest", "median", "largest"),
                Arrays.stream(chosen)
                        .mapToObj(i -> List.of(
                                names.get(i),
                                Figures.count(band.n()[i]),
                                Wording.number(band.mean()[i]),
                                Wording.number(band.deviation()[i]),
                                Wording.value(figure, band.least()[i]),
                                Wording.number(band.median()[i]),
                                Wording.value(figure, band.greatest()[i])))
                        .toList(),
                Table.Kind.NAMED_NUMBERS);
    }

    /** In how many runs a figure is undefined: of each group, or of all together if there are many such groups. */
    private Optional<Paragraph> undefined(Outcome outcome) {
        int[] groups = IntStream.range(0, findings.groups().size())
                .filter(g -> outcome.groups().get(g).undefined() > 0)
                .toArray();
        if (groups.length == 0) {
            return Optional.empty();
        }
        int runs = IntStream.of(groups)
                .map(g -> outcome.groups().get(g).undefined())
                .sum();
        String text = groups.length > LISTED
                ? "%s of %s".formatted(Figures.of(runs, "run"), Figures.of(groups.length, "group"))
                : IntStream.of(groups)
                        .mapToObj(g -> "%s of %s"
                                .formatted(
                                        Figures.of(outcome.groups().get(g).undefined(), "run"),
                                        findings.groups().get(g).name()))
                        .collect(Collectors.joining(", "));
        return Optional.of(new Paragraph("Left out, since it is undefined there: %s.".formatted(text)));
    }

    private Optional<Facts> difference(Outcome outcome, int p) {
        Pair pair = findings.pairs().get(p);
        List<String> names = Wording.rows(findings.groups());
        return outcome.differences().get(p).comparison().map(c -> {
            List<Fact> facts = new ArrayList<>();
            facts.add(new Fact(
                    "difference of the means", Wording.difference(names.get(pair.first()), names.get(pair.second()))));
            facts.add(new Fact("", withInterval(c.difference(), c.differenceInterval())));
            facts.add(new Fact(
                    "Cohen's d",
                    Double.isNaN(c.cohensD())
                            ? "undefined, since there is no deviation"
                            : "%s by the pooled deviation (n - 1), %s by the population's (n)"
                                    .formatted(Wording.number(c.cohensD()), Wording.number(c.cohensDPopulation()))));
            String n = Wording.both(c.na(), c.nb());
            List<String> tests = Stream.of(c.mannWhitney(), c.kolmogorovSmirnov())
                    .flatMap(Optional::stream)
                    .map(test -> Wording.test(test, n))
                    .toList();
            for (int t = 0; t < tests.size(); t++) {
                facts.add(new Fact(t == 0 ? "tests" : "", tests.get(t)));
            }
            outcome.differences().get(p).paired().ifPresent(paired -> facts.addAll(paired(paired)));
            return new Facts(facts);
        });
    }

    private List<Fact> paired(Comparison.Paired paired) {
        List<Fact> facts = new ArrayList<>();
        String shared = "by " + Wording.shared(findings);
        boolean fits = shared.length() <= SHARED;
        if (!fits) {
            facts.add(new Fact("paired", shared));
        }
        facts.add(new Fact(
                fits ? "paired " + shared : "",
                "%s, n = %s"
                        .formatted(
                                withInterval(paired.meanDifference(), paired.differenceInterval()),
                                Figures.count(paired.n()))));
        paired.wilcoxon().ifPresent(test -> facts.add(new Fact("", Wording.test(test, "n = " + paired.n()))));
        return facts;
    }

    private static String withInterval(double value, Interval interval) {
        String text = Wording.number(value);
        return Double.isNaN(interval.low())
                ? text
                : "%s, 95 %% interval %s".formatted(text, Wording.interval(interval));
    }

    private static Table along(Figure figure, Along axis) {
        return table(
                axis.setting(),
                Arrays.stream(axis.values()).mapToObj(Wording::number).toList(),
                axis.band(),
                figure);
    }
}
