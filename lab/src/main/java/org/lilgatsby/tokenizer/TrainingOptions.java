package org.lilgatsby.tokenizer;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import org.lilgatsby.files.Text;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.settings.Settings;

/**
 * How a tokenizer is trained.
 *
 * @param vocabulary ids to have in the end; there are fewer where no pair occurs often enough
 * @param minFrequency occurrences that a pair needs to be merged
 * @param special tokens that mark something; they get the first ids
 * @param alphabet characters that the vocabulary has whether they occur or not, besides the recipe's
 * @param alphabetLimit most characters of the vocabulary, the most common ones; empty for no limit
 * @param longestToken most characters of a token made by a merge, plus 1; empty for no limit
 */
public record TrainingOptions(
        int vocabulary,
        long minFrequency,
        List<String> special,
        String alphabet,
        OptionalInt alphabetLimit,
        OptionalInt longestToken) {
    /** The largest vocabulary. */
    public static final int MOST_IDS = TokenizerJson.MAX_TOKENS;

    /** @throws SettingException naming the option, its value and what is allowed */
    public TrainingOptions {
        Settings.requireWithin("vocabulary", vocabulary, 1, MOST_IDS);
        Settings.requireWithin("min_frequency", minFrequency, 0, Long.MAX_VALUE);
        if (alphabetLimit.isPresent()) {
            Settings.requireWithin("limit_alphabet", alphabetLimit.getAsInt(), 0, Integer.MAX_VALUE);
        }
        if (longestToken.isPresent()) {
            Settings.requireWithin("max_token_length", longestToken.getAsInt(), 0, Integer.MAX_VALUE);
        }
        Settings.require(Text.isEncodable(alphabet), "initial_alphabet", "initial_alphabet has an unpaired surrogate");
        HashSet<String> seen = new HashSet<>();
        for (String token : special) {
            Settings.require(
                    !token.isEmpty() && token.length() <= TokenizerJson.MAX_ADDED_LENGTH && Text.isEncodable(token),
                    "special_tokens",
                    () -> "special token %s must be text of 1 to %d characters"
                            .formatted(Text.quote(token), TokenizerJson.MAX_ADDED_LENGTH));
            Settings.require(seen.add(token), "special_tokens", "special token " + Text.quote(token) + " twice");
        }
        special = List.copyOf(special);
    }

    /** A vocabulary with one kind of special tokens, pairs from 2 occurrences on, and no limits. */
    public static TrainingOptions of(int vocabulary, List<String> special) {
        return new TrainingOptions(vocabulary, 2, special, "", OptionalInt.empty(), OptionalInt.empty());
    }
}
