package org.lilgatsby.sweep.page;

import java.util.List;
import org.lilgatsby.sweep.findings.SweepFindings;
import org.lilgatsby.sweep.findings.Wording;

/**
 * What a sweep asks.
 *
 * @param first the heading of its page: the sweep's own title, or else what its settings ask
 * @param second below it: what its settings ask, or else the title of the experiment
 */
record Question(String first, String second) {
    private static final String SEED = "seed";

    /** @param experiment title of the experiment */
    static Question of(SweepFindings findings, String experiment) {
        String title = findings.identity().title();
        String asked = asked(findings);
        return title.equals(experiment) ? new Question(asked, title) : new Question(title, asked);
    }

    private static String asked(SweepFindings findings) {
        List<String> compared = findings.compared();
        if (!compared.isEmpty()) {
            return "What %s %s change?".formatted(compared.size() == 1 ? "does" : "do", Wording.listed(compared));
        }
        return findings.varied().stream().allMatch(varied -> varied.setting().equals(SEED))
                ? "How much do runs differ that differ only in their seed?"
                : "How much do the runs differ?";
    }
}
