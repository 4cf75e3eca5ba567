package org.lilgatsby.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.census.CheckpointFindings.Named;
import org.lilgatsby.experiment.Figures;

/**
 * Tokens for a line of text. Their texts come from untrusted files, already escaped, and are truncated here. Spaces,
 * which many tokens begin with or consist of, are shown as {@value #SPACE}, so that lines do not break there.
 */
final class TokenNames {
    private static final int LISTED = 6;
    /** Runs of ids that are written out: at most some five lines, and all of those that the 128 bytes have. */
    static final int RUNS = 40;

    private static final int CHARACTERS = 24;
    /** Stands for a space. */
    static final String SPACE = "\u2423";

    private static final String UNREACHABLE = " (none)";

    private TokenNames() {}

    /** The first tokens, with their texts if known, and the number of the others. */
    static String list(List<Named> tokens, boolean named) {
        String first =
                tokens.stream().limit(LISTED).map(token -> of(token, named)).collect(Collectors.joining(", "));
        int more = tokens.size() - LISTED;
        return more > 0 ? first + " and " + Figures.count(more) + " more" : first;
    }

    /**
     * The first runs of ids, in order; where tokens have names, the first with theirs; and the number of the others.
     */
    static String ids(int[] ids, List<String> names) {
        return names.isEmpty()
                ? Figures.ids(ids, RUNS, "; report.json has all")
                : list(IntStream.of(ids).mapToObj(id -> named(id, names)).toList(), true);
    }

    private static Named named(int id, List<String> names) {
        return new Named(id, Optional.ofNullable(names.get(id)));
    }

    /** A token's id, with its text in quotation marks if there is a tokenizer. */
    static String of(Named token, boolean named) {
        String text =
                named ? token.text().map(known -> " \"" + cut(known) + '"').orElse(UNREACHABLE) : "";
        return token.id() + text;
    }

    private static String cut(String withSpaces) {
        String text = withSpaces.replace(" ", SPACE);
        return text.codePointCount(0, text.length()) <= CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, CHARACTERS)) + "\u2026";
    }
}
