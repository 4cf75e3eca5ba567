package org.lilgatsby.explorer.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The parameters of a request.
 *
 * @param values by name; of a repeated name the first
 */
public record Query(Map<String, String> values) {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
    private static final int MOST = 4_096;

    /** Copies the map. */
    public Query {
        values = Map.copyOf(values);
    }

    /** A text, if given. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * A text.
     *
     * @throws Refusal if it is not given
     */
    public String required(String name) {
        return text(name).orElseThrow(() -> Refusal.wrong("The request lacks %s.".formatted(name)));
    }

    /**
     * A whole number, if given.
     *
     * @throws Refusal if it is something else
     */
    public OptionalInt number(String name) {
        Optional<String> value = text(name);
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(whole(name, value.get()));
    }

    /**
     * A list separated by commas, at least one.
     *
     * @throws Refusal if it is not given, or too long
     */
    public List<String> list(String name) {
        List<String> all = Arrays.asList(required(name).split(",", -1));
        if (all.size() > MOST) {
            throw Refusal.wrong("%s has %,d values; at most %,d are allowed.".formatted(name, all.size(), MOST));
        }
        return all;
    }

    /**
     * Whole numbers separated by commas, at least one.
     *
     * @throws Refusal as {@link #list}, or if one is something else
     */
    public int[] numbers(String name) {
        return list(name).stream().mapToInt(value -> whole(name, value)).toArray();
    }

    private static int whole(String name, String value) {
        if (!INTEGER.matcher(value).matches()) {
            throw Refusal.wrong("%s is not a whole number of at most nine digits.".formatted(name));
        }
        return Integer.parseInt(value);
    }
}
