package org.lilgatsby.sweep.page;

import java.util.List;
import org.lilgatsby.sweep.findings.SweepFindings;

/** What a sweep asks. */
final class Question {
    private static final String SEED = "seed";

    private Question() {}

    /** The question. */
    static String of(SweepFindings findings) {
        List<String> compared = findings.compared();
        if (!compared.isEmpty()) {
            return "What %s %s change?".formatted(compared.size() == 1 ? "does" : "do", listed(compared));
        }
        return findings.varied().stream().allMatch(varied -> varied.setting().equals(SEED))
                ? "How much do runs differ that differ only in their seed?"
                : "How much do the runs differ?";
    }

    /** {@code a, b and c}. */
    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.getFirst() : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }
}
