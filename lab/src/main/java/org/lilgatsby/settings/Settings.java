package org.lilgatsby.settings;

import java.util.Locale;
import java.util.function.Supplier;

/** The checks that the compact constructors of all configuration records share. */
public final class Settings {
    private Settings() {}

    /**
     * Checks a whole number against an inclusive range.
     *
     * @throws SettingException naming key, value and range
     */
    public static void requireWithin(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new SettingException(
                    key,
                    String.format(
                            Locale.ROOT, "%s is %d; allowed are whole numbers from %d to %d", key, value, least, most));
        }
    }

    /**
     * Checks a number against an inclusive range; a NaN is outside every range.
     *
     * @throws SettingException naming key, value and range
     */
    public static void requireWithin(String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new SettingException(
                    key,
                    "%s is %s; allowed are numbers from %s to %s"
                            .formatted(key, plain(value), plain(least), plain(most)));
        }
    }

    /**
     * Checks a number against a range without its upper end; a NaN is outside every range.
     *
     * @throws SettingException naming key, value and range
     */
    public static void requireBelow(String key, double value, double least, double limit) {
        if (!(value >= least && value < limit)) {
            throw new SettingException(
                    key,
                    "%s is %s; allowed are numbers from %s to below %s"
                            .formatted(key, plain(value), plain(least), plain(limit)));
        }
    }

    /**
     * Checks a relation between settings that the range of a single key cannot express.
     *
     * @throws SettingException with {@code problem} as its message, if {@code holds} is false
     */
    public static void require(boolean holds, String key, String problem) {
        if (!holds) {
            throw new SettingException(key, problem);
        }
    }

    /** The same with a message that is put together only where it is needed: a sweep checks thousands of settings. */
    public static void require(boolean holds, String key, Supplier<String> problem) {
        if (!holds) {
            throw new SettingException(key, problem.get());
        }
    }

    /**
     * Checks that a setting is given.
     *
     * @throws SettingException naming the key, if {@code value} is null
     */
    public static void requirePresent(String key, Object value) {
        if (value == null) {
            throw new SettingException(key, key + " is missing");
        }
    }

    /**
     * The shortest decimal that reads back as {@code value}, without a point where it is whole and with a point and a
     * signed exponent otherwise, as YAML 1.1 and 1.2 both read a number.
     */
    public static String plain(double value) {
        long whole = (long) value;
        if (Double.compare(value, whole) == 0) {
            return Long.toString(whole);
        }
        String text = Double.toString(value);
        int exponent = text.indexOf('E');
        if (exponent < 0) {
            return text;
        }
        String sign = text.charAt(exponent + 1) == '-' ? "e" : "e+";
        return text.substring(0, exponent) + sign + text.substring(exponent + 1);
    }
}
