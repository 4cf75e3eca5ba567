package org.lilgatsby.sweep.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.sweep.Comparison;
import org.lilgatsby.sweep.Distribution;
import org.lilgatsby.sweep.Interval;
import org.lilgatsby.sweep.findings.SweepFindings;
import org.lilgatsby.sweep.findings.SweepFindings.Group;
import org.lilgatsby.sweep.findings.SweepFindings.InGroup;
import org.lilgatsby.sweep.findings.SweepFindings.Outcome;
import org.lilgatsby.sweep.findings.Wording;

/** The table of the first screen: each headline figure in the groups, and what differs if there are two. */
final class HeadlineTable {
    private HeadlineTable() {}

    /** @param groups those that it has columns of, places among all groups */
    static Table of(SweepFindings findings, int[] groups) {
        boolean two = findings.pairs().size() == 1;
        List<String> headings = new ArrayList<>(List.of("mean and its 95 % interval"));
        for (int group : groups) {
            Group of = findings.groups().get(group);
            headings.add("%s, n = %s".formatted(of.name(), Figures.count(of.n())));
        }
        if (two) {
            SweepFindings.Pair pair = findings.pairs().getFirst();
            headings.add(Wording.difference(
                    findings.groups().get(pair.first()).name(),
                    findings.groups().get(pair.second()).name()));
            headings.add("Cohen’s d");
        }
        List<List<String>> rows = new ArrayList<>();
        for (Outcome outcome : findings.headlines()) {
            List<String> cells = new ArrayList<>(List.of(outcome.figure().heading()));
            for (int group : groups) {
                cells.add(mean(outcome.groups().get(group)));
            }
            if (two) {
                Optional<Comparison> comparison =
                        outcome.differences().getFirst().comparison();
                cells.add(comparison
                        .map(of -> withInterval(of.difference(), of.differenceInterval()))
                        .orElse(Figures.UNDEFINED));
                cells.add(Wording.number(comparison.map(Comparison::cohensD).orElse(Double.NaN)));
            }
            rows.add(cells);
        }
        return new Table(headings, rows, Table.Kind.NAMED_NUMBERS);
    }

    /** A sentence on the groups that have a column, where not all have one. */
    static Optional<String> selection(SweepFindings findings, int[] groups) {
        int all = findings.groups().size();
        return groups.length == all
                ? Optional.empty()
                : Optional.of("%s of %s groups are shown.".formatted(Figures.count(groups.length), Figures.count(all)));
    }

    private static String mean(InGroup in) {
        Optional<Distribution> distribution = in.distribution();
        String mean = distribution
                .map(of -> of.n() > 1 && of.least() == of.greatest()
                        ? "%s\nin each of %s".formatted(Wording.number(of.mean()), Figures.of(of.n(), "run"))
                        : withInterval(of.mean(), of.meanInterval()))
                .orElse(Figures.UNDEFINED);
        return in.undefined() == 0 ? mean : "%s\nundefined in %s".formatted(mean, Figures.of(in.undefined(), "run"));
    }

    private static String withInterval(double number, Interval interval) {
        return Double.isNaN(interval.low()) || interval.low() == interval.high()
                ? Wording.number(number)
                : "%s\n%s".formatted(Wording.number(number), Wording.interval(interval));
    }
}
