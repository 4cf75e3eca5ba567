package org.lilgatsby.sweep.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.sweep.Comparison;
import org.lilgatsby.sweep.Distribution;
import org.lilgatsby.sweep.findings.SweepFindings.Along;
import org.lilgatsby.sweep.findings.SweepFindings.Counts;
import org.lilgatsby.sweep.findings.SweepFindings.CriterionMet;
import org.lilgatsby.sweep.findings.SweepFindings.Group;
import org.lilgatsby.sweep.findings.SweepFindings.MetInGroup;
import org.lilgatsby.sweep.findings.SweepFindings.Outcome;
import org.lilgatsby.sweep.findings.SweepFindings.Pair;

/** The first section of the text report: what was varied and what came of it, in sentences. */
public final class Abstract {
    /** With more groups than this, a sentence gives the smallest and the largest mean only. */
    private static final int FEW_GROUPS = 4;

    /** Figures that the abstract tells. */
    private static final int FIGURES = 4;

    private final SweepFindings findings;

    private Abstract(SweepFindings findings) {
        this.findings = findings;
    }

    static Section of(SweepFindings findings) {
        Abstract text = new Abstract(findings);
        List<Block> paragraphs = new ArrayList<>();
        paragraphs.add(new Paragraph(text.asked()));
        if (findings.counts().done() > 0) {
            findings.headlines().stream()
                    .limit(FIGURES)
                    .forEach(outcome -> paragraphs.add(new Paragraph(text.found(outcome))));
            if (!findings.undefinedHeadlines().isEmpty()) {
                paragraphs.add(new Paragraph(text.undefined()));
            }
            findings.criteria().stream()
                    .findFirst()
                    .ifPresent(criterion -> paragraphs.add(new Paragraph(text.met(criterion))));
        }
        return new Section("Abstract", paragraphs);
    }

    /** What is not there; for the first line of a report. Empty if all runs are done. */
    public static Optional<String> incomplete(Counts counts) {
        if (counts.complete()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        if (counts.failed() > 0) {
            parts.add(Figures.count(counts.failed()) + " failed");
        }
        if (counts.missing() > 0) {
            parts.add(Figures.count(counts.missing()) + (counts.missing() == 1 ? " has" : " have") + " not been run");
        }
        String others = switch (counts.done()) {
            case 0 -> "so there are no figures";
            case 1 -> "all figures below are from the other one";
            default -> "all figures below are from the other " + Figures.count(counts.done());
        };
        return Optional.of(
                "of %s, %s; %s".formatted(Figures.of(counts.points(), "run"), String.join(" and ", parts), others));
    }

    /** What was varied, and in which groups. */
    public static String varied(SweepFindings findings) {
        return new Abstract(findings).varied();
    }

    private String asked() {
        Counts counts = findings.counts();
        String runs = incomplete(counts)
                .map("The sweep is not complete: %s."::formatted)
                .orElse(
                        counts.points() == 1
                                ? "The only run is done."
                                : "All %s are done.".formatted(Figures.of(counts.points(), "run")));
        return "%s %s".formatted(runs, varied());
    }

    private String varied() {
        String settings = Wording.listed(Wording.varied(findings.varied()));
        String groups = findings.groups().size() == 1
                ? "All runs form one group."
                : "The runs form %s, by %s: %s."
                        .formatted(
                                Figures.of(findings.groups().size(), "group"),
                                Wording.listed(findings.compared()),
                                sizes());
        return "The experiment %s was run with different values of %s. %s"
                .formatted(findings.identity().experiment(), settings, groups);
    }

    private String sizes() {
        if (findings.groups().size() <= FEW_GROUPS) {
            return findings.groups().stream()
                    .map(group -> "%s (n = %s)".formatted(group.name(), Figures.count(group.n())))
                    .collect(Collectors.joining(", "));
        }
        var sizes = findings.groups().stream().mapToInt(Group::n).summaryStatistics();
        return sizes.getMin() == sizes.getMax()
                ? "n = %s each".formatted(Figures.count(sizes.getMin()))
                : "n from %s to %s".formatted(Figures.count(sizes.getMin()), Figures.count(sizes.getMax()));
    }

    private String found(Outcome outcome) {
        List<String> sentences = new ArrayList<>();
        String heading = Wording.sentence(outcome.figure().heading());
        Optional<String> constant = Wording.constant(outcome);
        if (constant.isPresent()) {
            return "%s: %s%s.".formatted(heading, constant.get(), elsewhere(outcome));
        }
        boolean few = findings.groups().size() <= FEW_GROUPS;
        List<Along> axes = outcome.axes().stream()
                .filter(axis -> !few || !Wording.isGrouping(findings, axis.setting()))
                .toList();
        boolean alongGroups = !few && axes.stream().anyMatch(axis -> Wording.isGrouping(findings, axis.setting()));
        sentences.add(alongGroups ? heading + "." : "%s: %s.".formatted(heading, groups(outcome)));
        if (few) {
            for (int p = 0; p < findings.pairs().size(); p++) {
                Pair pair = findings.pairs().get(p);
                Group first = findings.groups().get(pair.first());
                Group second = findings.groups().get(pair.second());
                SweepFindings.Difference between = outcome.differences().get(p);
                between.comparison().filter(Wording::says).ifPresent(c -> {
                    sentences.add(difference(first, second, c));
                    between.paired().ifPresent(paired -> sentences.add(paired(paired)));
                });
            }
        }
        axes.forEach(axis -> along(outcome.figure(), axis).ifPresent(sentences::add));
        return String.join(" ", sentences);
    }

    /** Of a figure that is the same wherever it is defined: in how many runs it is not. */
    private static String elsewhere(Outcome outcome) {
        int undefined = outcome.groups().stream()
                .mapToInt(SweepFindings.InGroup::undefined)
                .sum();
        return undefined == 0 ? "" : ", undefined in %s".formatted(Figures.of(undefined, "other"));
    }

    /** Where a figure starts and ends along a setting, and where in between it is still smaller or larger. */
    private Optional<String> along(Figure figure, Along axis) {
        boolean overGroups = findings.groups().size() > 1 && !Wording.isGrouping(findings, axis.setting());
        int[] defined = IntStream.range(0, axis.values().length)
                .filter(i -> axis.band().n()[i] > 0)
                .toArray();
        if (defined.length < 2) {
            return Optional.empty();
        }
        double[] mean = axis.band().mean();
        int first = defined[0];
        int last = defined[defined.length - 1];
        int least = first;
        int greatest = first;
        for (int i : defined) {
            least = mean[i] < Math.min(mean[least], mean[last]) ? i : least;
            greatest = mean[i] > Math.max(mean[greatest], mean[last]) ? i : greatest;
        }
        boolean single = IntStream.of(defined).allMatch(i -> axis.band().n()[i] == 1);
        StringBuilder text = new StringBuilder("Along %s, %s%s %s at %s and %s at %s"
                .formatted(
                        axis.setting(),
                        overGroups ? "over all groups, " : "",
                        single ? "it is" : "the mean is",
                        text(figure, mean[first], single),
                        Wording.number(axis.values()[first]),
                        text(figure, mean[last], single),
                        Wording.number(axis.values()[last])));
        List<String> between = new ArrayList<>();
        if (mean[least] < Math.min(mean[first], mean[last])) {
            between.add("smallest at %s (%s)"
                    .formatted(Wording.number(axis.values()[least]), text(figure, mean[least], single)));
        }
        if (mean[greatest] > Math.max(mean[first], mean[last])) {
            between.add("largest at %s (%s)"
                    .formatted(Wording.number(axis.values()[greatest]), text(figure, mean[greatest], single)));
        }
        if (!between.isEmpty()) {
            text.append("; in between it is ").append(Wording.listed(between));
        }
        return Optional.of(text.append('.').toString());
    }

    private static String text(Figure figure, double value, boolean single) {
        return single ? Wording.value(figure, value) : Wording.number(value);
    }

    private String groups(Outcome outcome) {
        if (findings.groups().size() <= FEW_GROUPS) {
            List<String> parts = new ArrayList<>();
            for (int g = 0; g < findings.groups().size(); g++) {
                Group group = findings.groups().get(g);
                String name = findings.groups().size() == 1 ? "" : " for " + group.name();
                parts.add(outcome.groups()
                        .get(g)
                        .distribution()
                        .map(d -> Wording.inGroup(d, outcome.figure(), name))
                        .orElse(
                                group.n() == 0
                                        ? "no run%s is done".formatted(name)
                                        : "undefined%s in every run".formatted(name)));
            }
            return String.join("; ", parts);
        }
        int least = -1;
        int greatest = -1;
        for (int g = 0; g < outcome.groups().size(); g++) {
            double mean = mean(outcome, g);
            least = mean < mean(outcome, least) || least < 0 && !Double.isNaN(mean) ? g : least;
            greatest = mean > mean(outcome, greatest) || greatest < 0 && !Double.isNaN(mean) ? g : greatest;
        }
        if (least < 0) {
            return "undefined in every run";
        }
        long undefined = IntStream.range(0, outcome.groups().size())
                .filter(g -> Double.isNaN(mean(outcome, g)))
                .count();
        String without = undefined == 0
                ? ""
                : "; %s %s no run in which it is defined"
                        .formatted(Figures.of(undefined, "group"), undefined == 1 ? "has" : "have");
        String means = mean(outcome, least) == mean(outcome, greatest)
                ? "the mean is %s in %s"
                        .formatted(
                                Wording.number(mean(outcome, least)),
                                undefined == 0
                                        ? "every group"
                                        : Figures.of(findings.groups().size() - undefined, "group"))
                : "the means of the groups range from %s (%s) to %s (%s)"
                        .formatted(
                                Wording.number(mean(outcome, least)),
                                equal(outcome, least),
                                Wording.number(mean(outcome, greatest)),
                                equal(outcome, greatest));
        return means + without;
    }

    /** A group, and how many others have the same mean. */
    private String equal(Outcome outcome, int group) {
        long others = IntStream.range(0, outcome.groups().size())
                .filter(g -> g != group && mean(outcome, g) == mean(outcome, group))
                .count();
        String name = findings.groups().get(group).name();
        return others == 0 ? name : "%s and %s".formatted(name, Figures.of(others, "other"));
    }

    /** The headlines that there is nothing to say of. */
    private String undefined() {
        return "Undefined in every run: %s."
                .formatted(Wording.listed(findings.undefinedHeadlines().stream()
                        .map(Figure::heading)
                        .toList()));
    }

    private static double mean(Outcome outcome, int group) {
        return group < 0
                ? Double.NaN
                : outcome.groups()
                        .get(group)
                        .distribution()
                        .map(Distribution::mean)
                        .orElse(Double.NaN);
    }

    private static String difference(Group first, Group second, Comparison c) {
        StringBuilder text = new StringBuilder("The difference of the means, %s, is %s"
                .formatted(Wording.difference(first.name(), second.name()), Wording.number(c.difference())));
        if (!Double.isNaN(c.differenceInterval().low())) {
            text.append(" (95 %% interval %s)".formatted(Wording.interval(c.differenceInterval())));
        }
        if (!Double.isNaN(c.cohensD())) {
            text.append("; Cohen's d is %s by the pooled deviation and %s by the population's"
                    .formatted(Wording.number(c.cohensD()), Wording.number(c.cohensDPopulation())));
        }
        c.mannWhitney().ifPresent(test -> text.append("; ").append(Wording.test(test, Wording.both(c.na(), c.nb()))));
        return text.append('.').toString();
    }

    private String paired(Comparison.Paired paired) {
        StringBuilder text = new StringBuilder("In %s of runs that share the %s, the mean difference is %s"
                .formatted(
                        Figures.of(paired.n(), "pair"),
                        Wording.shared(findings),
                        Wording.number(paired.meanDifference())));
        if (!Double.isNaN(paired.differenceInterval().low())) {
            text.append(" (95 %% interval %s)".formatted(Wording.interval(paired.differenceInterval())));
        }
        paired.wilcoxon().ifPresent(test -> text.append("; ").append(Wording.test(test, "n = " + paired.n())));
        return text.append('.').toString();
    }

    private String met(CriterionMet criterion) {
        if (findings.groups().size() > FEW_GROUPS) {
            int n = criterion.groups().stream().mapToInt(MetInGroup::n).sum();
            int met = criterion.groups().stream().mapToInt(MetInGroup::met).sum();
            return "%s: met by %s of %s."
                    .formatted(Wording.sentence(criterion.sentence()), Figures.count(met), Figures.of(n, "run"));
        }
        List<String> parts = new ArrayList<>();
        for (int g = 0; g < findings.groups().size(); g++) {
            MetInGroup group = criterion.groups().get(g);
            String step = group.step().map(Abstract::step).orElse("");
            String name = findings.groups().size() == 1
                    ? ""
                    : " for " + findings.groups().get(g).name();
            parts.add(
                    group.n() == 0
                            ? "no run%s can tell".formatted(name)
                            : "met by %s of %s%s%s"
                                    .formatted(Figures.count(group.met()), Figures.of(group.n(), "run"), name, step));
        }
        return "%s: %s.".formatted(Wording.sentence(criterion.sentence()), String.join("; ", parts));
    }

    private static String step(Distribution d) {
        return d.least() == d.greatest()
                ? ", at step %s%s".formatted(Wording.number(d.least()), d.n() == 1 ? "" : " in each")
                : ", at step %s (median; from %s to %s)"
                        .formatted(Wording.number(d.median()), Wording.number(d.least()), Wording.number(d.greatest()));
    }
}
