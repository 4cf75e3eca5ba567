package org.lilgatsby.corpus;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lilgatsby.settings.Setting;

/**
 * Which ids are dead, and which are rare.
 *
 * @param ids ids and ranges such as {@code 5, 900-1023}, or a file of them; null for those that do not occur
 * @param rare most occurrences of a rare id; 0 for none
 */
public record DeadConfig(
        @Setting(
                name = "dead",
                value = "the dead ids, whether they occur or not",
                optional = true,
                textOrList = true,
                example = "\"5, 900-1023\"")
        String ids,

        @Setting("an id with at most this many occurrences counts as rare")
        long rare) {
    /** Ids that do not occur are dead, and none is rare. */
    public static final DeadConfig ABSENT = new DeadConfig(null, 0);

    private static final Pattern RANGES =
            Pattern.compile("\\s*[0-9]{1,9}(\\s*-\\s*[0-9]{1,9})?(\\s*,\\s*[0-9]{1,9}(\\s*-\\s*[0-9]{1,9})?)*\\s*");

    /** @throws org.lilgatsby.settings.SettingException if there is no id, or {@code rare} is negative */
    public DeadConfig {
        require(
                ids == null || !ids.isBlank(),
                "corpus.dead",
                "corpus.dead is blank; name ids such as \"5, 900-1023\" or a file, or null");
        requireWithin("corpus.rare", rare, 0, Long.MAX_VALUE);
    }

    /** The file that names the ids; empty if they are written out, or those that do not occur. */
    public Optional<String> file() {
        return ids == null || RANGES.matcher(ids).matches() ? Optional.empty() : Optional.of(ids);
    }

    /**
     * The ids that are written out, ascending.
     *
     * @throws CorpusException if an id is outside the vocabulary, or a range ends before it begins
     */
    int[] listed(int vocabulary) {
        boolean[] dead = new boolean[vocabulary];
        for (String part : ids.split(",")) {
            String[] ends = part.split("-");
            int first = Integer.parseInt(ends[0].strip());
            int last = Integer.parseInt(ends[ends.length - 1].strip());
            if (last < first) {
                throw new CorpusException(
                        "corpus.dead holds the range %d-%d, which ends before it begins".formatted(first, last));
            }
            if (last >= vocabulary) {
                throw new CorpusException("corpus.dead holds id %d, which is outside the vocabulary of %d ids"
                        .formatted(last, vocabulary));
            }
            Arrays.fill(dead, first, last + 1, true);
        }
        return Ids.where(dead);
    }
}
