package org.lilgatsby.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures as text, the same in verdicts and reports. An undefined figure (NaN) is a dash. */
public final class Figures {
    /** Stands for an undefined figure. */
    public static final String UNDEFINED = "-";

    /** Numbers up to this one are written with an exponent. */
    private static final double SMALL = 0.1;

    /** Numbers from this one on are written with an exponent. */
    private static final double LARGE = 1e9;

    private Figures() {}

    /** A whole number with thousands separators. */
    public static String count(long number) {
        StringBuilder text = new StringBuilder().append(number);
        int first = number < 0 ? 1 : 0;
        for (int at = text.length() - 3; at > first; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString(); // a Formatter reads the locale's number format each time
    }

    /** Six decimals from 0.1 on, seven digits and an exponent below; exactly zero is 0. */
    public static String number(double number) {
        double magnitude = Math.abs(number);
        return magnitude < SMALL || magnitude >= LARGE ? scientific(number) : decimals(6, number);
    }

    /** Seven digits and an exponent; exactly zero is 0. */
    public static String scientific(double number) {
        return scientific(6, number);
    }

    /** One digit before the point, a given number after it, and an exponent; exactly zero is 0. */
    public static String scientific(int decimals, double number) {
        return number == 0 ? "0" : format("%." + decimals + "e", number);
    }

    /** A fixed number of decimals, with thousands separators. */
    public static String decimals(int decimals, double number) {
        return format("%,." + decimals + "f", number);
    }

    /** A signed difference with a fixed number of decimals; what rounds to zero has no sign. */
    public static String signed(int decimals, double difference) {
        String unsigned = decimals(decimals, Math.abs(difference));
        boolean zero = unsigned.chars().allMatch(c -> c == '0' || c == '.');
        return zero || Double.isNaN(difference) ? unsigned : (difference < 0 ? "-" : "+") + unsigned;
    }

    /** A multiple of a unit, such as {@code 97.7}: two significant decimals where small. */
    public static String ratio(double ratio) {
        return decimals(Math.abs(ratio) < 10 ? 2 : 1, ratio);
    }

    /** A share as a percentage with one decimal, such as {@code 39.8 %}. */
    public static String percent(double share) {
        return Double.isNaN(share) ? UNDEFINED : decimals(1, 100 * share) + " %";
    }

    /** Bytes with the unit that leaves at most three digits before the point, in powers of 1,000. */
    public static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " bytes";
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double scaled = bytes / 1e3;
        int unit = 0;
        while (scaled >= 999.95 && unit < units.length - 1) {
            scaled /= 1e3;
            unit++;
        }
        return decimals(1, scaled) + " " + units[unit];
    }

    /** Smallest, mean and largest. */
    public static String range(Findings.Range range) {
        return "min %s, mean %s, max %s".formatted(number(range.min()), number(range.mean()), number(range.max()));
    }

    /** A number of things: {@code 1 black hole}, {@code 6 black holes}. */
    public static String of(long number, String thing) {
        return count(number) + " " + thing + (number == 1 ? "" : "s");
    }

    /** A largest distance in cells and, if a change of sign makes it, the largest without one. */
    public static String cells(double largest, double onOneSide) {
        return largest == onOneSide
                ? of((long) largest, "cell")
                : "%s across zero, all tiny values counted; %s where the sign stays"
                        .formatted(of((long) largest, "cell"), of((long) onOneSide, "cell"));
    }

    /** Populations, largest first, with how often each occurs: {@code 19, 14, 3 x3, 2, 1 x7}. */
    public static String populations(int[] populations) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < populations.length; ) {
            int end = i;
            while (end < populations.length && populations[end] == populations[i]) {
                end++;
            }
            text.append(text.isEmpty() ? "" : ", ").append(count(populations[i]));
            if (end - i > 1) {
                text.append(" x").append(count(end - i));
            }
            i = end;
        }
        return text.isEmpty() ? UNDEFINED : text.toString();
    }

    /** Ascending ids, runs of three and more gathered: {@code 0-9, 11-31, 35, 36}. */
    public static String ids(int[] ids) {
        return ids(ids, Integer.MAX_VALUE, "");
    }

    /**
     * The same with at most some runs, then how many more ids there are and where all are.
     *
     * @param most runs that are written out
     * @param all where the whole list is, such as {@code "; all in report.json"}
     */
    public static String ids(int[] ids, int most, String all) {
        StringBuilder text = new StringBuilder();
        int runs = 0;
        for (int i = 0; i < ids.length; runs++) {
            if (runs == most) {
                return "%s and %s more%s".formatted(text, count(ids.length - i), all);
            }
            int end = i;
            while (end + 1 < ids.length && ids[end + 1] == ids[end] + 1) {
                end++;
            }
            String run = end - i < 2
                    ? Arrays.stream(ids, i, end + 1).mapToObj(Integer::toString).collect(Collectors.joining(", "))
                    : ids[i] + "-" + ids[end];
            text.append(text.isEmpty() ? "" : ", ").append(run);
            i = end + 1;
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    private static String format(String pattern, double number) {
        return Double.isNaN(number) ? UNDEFINED : String.format(Locale.ROOT, pattern, number);
    }
}
