package org.lilgatsby.sweep.findings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.sweep.findings.SweepFindings.FailedRun;
import org.lilgatsby.sweep.findings.SweepFindings.Group;
import org.lilgatsby.sweep.findings.SweepFindings.MissingRun;

/** The runs of a sweep: its groups, and those that have no figures. */
final class RunSections {
    private RunSections() {}

    /** The groups and their sizes. */
    static Section groups(SweepFindings findings) {
        List<Group> shown =
                findings.groups().stream().limit(OutcomeSections.ROWS).toList();
        List<Block> blocks =
                new ArrayList<>(List.of(Wording.hasShortNames(findings.groups()) ? named(shown) : numbered(shown)));
        if (shown.size() < findings.groups().size()) {
            blocks.add(more(findings.groups().size() - shown.size(), "group", "report.json"));
        }
        return new Section("Groups", blocks);
    }

    private static Table named(List<Group> groups) {
        return new Table(
                List.of("group", "runs", "done (n)", "seeds"),
                groups.stream()
                        .map(group -> List.of(
                                group.name(),
                                Figures.count(group.points()),
                                Figures.count(group.n()),
                                Figures.count(group.seeds().size())))
                        .toList(),
                Table.Kind.NAMED_NUMBERS);
    }

    private static Table numbered(List<Group> groups) {
        List<String> numbers = Wording.rows(groups);
        return new Table(
                List.of("group", "runs", "done (n)", "seeds", "settings"),
                IntStream.range(0, groups.size())
                        .mapToObj(g -> List.of(
                                numbers.get(g),
                                Figures.count(groups.get(g).points()),
                                Figures.count(groups.get(g).n()),
                                Figures.count(groups.get(g).seeds().size()),
                                groups.get(g).name()))
                        .toList(),
                Table.Kind.TEXT);
    }

    /** What failed, by reason; empty if nothing did. */
    static Optional<Section> failures(SweepFindings findings) {
        List<FailedRun> failed = findings.failures().of();
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        SequencedMap<String, List<FailedRun>> reasons = failed.stream()
                .collect(Collectors.groupingBy(FailedRun::reason, LinkedHashMap::new, Collectors.toList()));
        List<Fact> facts = new ArrayList<>();
        reasons.forEach((reason, runs) -> runs.stream()
                .limit(OutcomeSections.ROWS)
                .forEach(run -> facts.add(new Fact(point(run.settings()), reason))));
        List<Block> blocks = new ArrayList<>(
                List.of(new Facts(facts.stream().limit(OutcomeSections.ROWS).toList())));
        int shown = Math.min(facts.size(), OutcomeSections.ROWS);
        if (shown < findings.counts().failed()) {
            blocks.add(more(findings.counts().failed() - shown, "failed run", "runs.csv"));
        }
        return Optional.of(new Section("Failed runs", blocks));
    }

    /** What was not carried out; empty if everything was. */
    static Optional<Section> missing(SweepFindings findings) {
        List<MissingRun> missing = findings.missing().of();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        List<MissingRun> shown = missing.stream().limit(OutcomeSections.ROWS).toList();
        List<Block> blocks = new ArrayList<>(List.of(new Paragraph(
                shown.stream().map(run -> point(run.settings())).collect(Collectors.joining("; ")) + ".")));
        if (shown.size() < findings.counts().missing()) {
            blocks.add(more(findings.counts().missing() - shown.size(), "run", "runs.csv"));
        }
        return Optional.of(new Section("Missing runs", blocks));
    }

    private static Paragraph more(int number, String thing, String file) {
        return new Paragraph("%s more in %s.".formatted(Figures.of(number, thing), file));
    }

    private static String point(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
    }
}
