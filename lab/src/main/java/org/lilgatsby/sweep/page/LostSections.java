package org.lilgatsby.sweep.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Block.Paragraph;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.sweep.findings.SweepFindings;
import org.lilgatsby.sweep.findings.SweepFindings.FailedRun;
import org.lilgatsby.sweep.findings.SweepFindings.Listed;
import org.lilgatsby.sweep.findings.SweepFindings.MissingRun;

/** The runs that failed, with their reasons, and those that were not carried out. */
final class LostSections {
    private static final int DIGITS_OF_A_KEY = 12;

    private LostSections() {}

    /** Empty if all runs are done. */
    static List<Section> of(SweepFindings findings) {
        List<Section> sections = new ArrayList<>();
        Listed<FailedRun> failures = findings.failures();
        if (!failures.of().isEmpty()) {
            List<Block> blocks = new ArrayList<>();
            blocks.add(reasons(failures.of()));
            blocks.add(new Table(
                    List.of("run", "settings", "reason"),
                    failures.of().stream()
                            .map(run -> List.of(shortened(run.key()), settings(run.settings()), run.reason()))
                            .toList(),
                    Table.Kind.TEXT));
            sayWhatIsLeftOut(failures, blocks);
            sections.add(new Section("Failed: " + Figures.of(findings.counts().failed(), "run"), blocks));
        }
        Listed<MissingRun> missing = findings.missing();
        if (!missing.of().isEmpty()) {
            List<Block> blocks = new ArrayList<>();
            blocks.add(new Table(
                    List.of("run", "settings"),
                    missing.of().stream()
                            .map(run -> List.of(shortened(run.key()), settings(run.settings())))
                            .toList(),
                    Table.Kind.TEXT));
            sayWhatIsLeftOut(missing, blocks);
            sections.add(new Section("Missing: " + Figures.of(findings.counts().missing(), "run"), blocks));
        }
        return sections;
    }

    /** How many runs failed for each reason. */
    private static Table reasons(List<FailedRun> failures) {
        Map<String, Integer> reasons = new LinkedHashMap<>();
        failures.forEach(run -> reasons.merge(run.reason(), 1, Integer::sum));
        return new Table(
                List.of("reason", "runs"),
                reasons.entrySet().stream()
                        .map(reason -> List.of(reason.getKey(), Figures.count(reason.getValue())))
                        .toList(),
                Table.Kind.NAMED_NUMBERS);
    }

    private static void sayWhatIsLeftOut(Listed<?> listed, List<Block> blocks) {
        if (listed.leftOut() > 0) {
            blocks.add(new Paragraph("%s more are in runs.csv.".formatted(Figures.count(listed.leftOut()))));
        }
    }

    private static String shortened(String key) {
        return key.substring(0, DIGITS_OF_A_KEY);
    }

    private static String settings(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
    }
}
