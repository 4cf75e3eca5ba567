package org.lilgatsby.recording;

import static org.lilgatsby.settings.Settings.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.settings.Settings;

/** The tokens whose rows a recording holds, in ascending order of their ids. */
public sealed interface TokenChoice {
    /** All tokens: {@code all}. */
    TokenChoice ALL = new Group(Which.ALL);

    /** The groups. */
    enum Which {
        /** All tokens. */
        ALL,
        /** Those that do not occur in the corpus. */
        DEAD,
        /** Those that do. */
        LIVE
    }

    /**
     * A group of tokens.
     *
     * @param named which
     */
    record Group(Which named) implements TokenChoice {
        @Override
        public String toString() {
            return named.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Chosen ids.
     *
     * @param ranges disjoint and ascending
     */
    record Listed(List<Range> ranges) implements TokenChoice {
        /** @throws SettingException if a range does not follow the one before it */
        public Listed {
            ranges = List.copyOf(ranges);
            require(!ranges.isEmpty(), KEY, KEY + " is empty; name at least one token, or all");
            for (int i = 1; i < ranges.size(); i++) {
                require(
                        ranges.get(i).first() > ranges.get(i - 1).last(),
                        KEY,
                        KEY + " must ascend, but %s follows %s".formatted(ranges.get(i), ranges.get(i - 1)));
            }
        }

        @Override
        public String toString() {
            return ranges.stream().map(Range::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /**
     * Consecutive ids.
     *
     * @param first the first
     * @param last the last, at least the first
     */
    record Range(int first, int last) {
        private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?");

        /** @throws SettingException if it ends before it begins */
        public Range {
            require(
                    first >= 0 && last >= first,
                    KEY,
                    KEY + " names %d-%d, which ends before it begins".formatted(first, last));
        }

        /**
         * {@code 7} or {@code 7-20}.
         *
         * @throws SettingException if it is neither
         */
        public static Range parse(String text) {
            Matcher matcher = TEXT.matcher(text == null ? "" : text);
            require(
                    matcher.matches(),
                    KEY,
                    KEY + " names %s; allowed are ids and ranges of ids, such as 7 and 7-20".formatted(text));
            int first = Integer.parseInt(matcher.group(1));
            return new Range(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2)));
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /**
     * Tokens drawn at random: the first n of PyTorch's {@code randperm} of the vocabulary with a seed of its own, so
     * that runs of different seeds record the same tokens.
     *
     * @param n how many
     * @param seed of the draw
     */
    record Drawn(int n, long seed) implements TokenChoice {
        private static final Pattern TEXT = Pattern.compile("random ([0-9]{1,9})(?: seed ([0-9]{1,10}))?");
        private static final long LARGEST_SEED = 0xFFFF_FFFFL;

        /** @throws SettingException if a number is out of its range */
        public Drawn {
            Settings.requireWithin(KEY, n, 1, 1_000_000_000);
            Settings.requireWithin(KEY, seed, 0, LARGEST_SEED);
        }

        @Override
        public String toString() {
            return "random " + n + (seed == 0 ? "" : " seed " + seed);
        }
    }

    /** The setting. */
    String KEY = "recording.tokens";

    /**
     * {@code all}, {@code dead}, {@code live}, {@code random n} or {@code random n seed s}.
     *
     * @throws SettingException if it is none of them
     */
    static TokenChoice parse(String text) {
        for (Which named : Which.values()) {
            if (new Group(named).toString().equals(text)) {
                return new Group(named);
            }
        }
        Matcher matcher = Drawn.TEXT.matcher(text == null ? "" : text);
        require(
                matcher.matches(),
                KEY,
                KEY
                        + (" is %s; allowed are all, dead, live, random N, random N seed S, or a list of ids and "
                                        + "ranges such as [7, 20-31]")
                                .formatted(text));
        return new Drawn(
                Integer.parseInt(matcher.group(1)), matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2)));
    }

    /** Whether the recording holds every token. */
    default boolean isAll() {
        return equals(ALL);
    }

    /**
     * The ids of a run, ascending.
     *
     * @param vocabulary number of tokens, V
     * @param live ids that occur in the corpus, ascending
     * @param dead ids that do not, ascending
     * @throws SettingException if there are none
     */
    default int[] ids(int vocabulary, int[] live, int[] dead) {
        requireWithin(vocabulary);
        return switch (this) {
            case Group(Which named) ->
                switch (named) {
                    case ALL -> IntStream.range(0, vocabulary).toArray();
                    case DEAD -> some(dead, "dead, but every token occurs in the corpus");
                    case LIVE -> some(live, "live, but no token occurs in the corpus");
                };
            case Listed(List<Range> ranges) ->
                ranges.stream()
                        .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()))
                        .toArray();
            case Drawn(int n, long seed) ->
                Arrays.stream(new TorchGenerator(seed).randperm(vocabulary))
                        .limit(n)
                        .sorted()
                        .toArray();
        };
    }

    private static int[] some(int[] ids, String otherwise) {
        require(ids.length > 0, KEY, KEY + " is " + otherwise + "; record all");
        return ids.clone();
    }

    /**
     * Checks that the vocabulary has the named tokens.
     *
     * @throws SettingException if it does not
     */
    default void requireWithin(int vocabulary) {
        switch (this) {
            case Group _ -> {}
            case Listed(List<Range> ranges) ->
                require(
                        ranges.getLast().last() < vocabulary,
                        KEY,
                        KEY
                                + " names token %d, but model.vocabulary is %d"
                                        .formatted(ranges.getLast().last(), vocabulary));
            case Drawn(int n, long _) ->
                require(n <= vocabulary, KEY, KEY + " is %s, but model.vocabulary is %d".formatted(this, vocabulary));
        }
    }

    /** The texts of a list in a configuration; empty unless ids are listed. */
    default List<String> items() {
        List<String> items = new ArrayList<>();
        if (this instanceof Listed(List<Range> ranges)) {
            ranges.forEach(range -> items.add(range.toString()));
        }
        return items;
    }
}
