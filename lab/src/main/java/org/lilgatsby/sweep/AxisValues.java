package org.lilgatsby.sweep;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lilgatsby.config.ConfigDraft.Value;
import org.lilgatsby.config.YamlNode;
import org.lilgatsby.settings.SettingException;

/**
 * The values of an axis as they are written: single values, ranges of whole numbers ({@code 42..73}), and numbers at
 * equal distances ({@code linear(0, 1, 5)}) or in equal ratios ({@code log(1e-6, 1e-4, 25)}), both ends included.
 * Numbers between the ends are rounded to 12 significant digits, so they are the same decimals everywhere.
 */
final class AxisValues {
    private static final MathContext DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);
    private static final Pattern RANGE = Pattern.compile("(-?[0-9]{1,19})\\s*\\.\\.\\s*(-?[0-9]{1,19})");
    private static final Pattern SPACING = Pattern.compile("(log|linear)\\s*\\((.*)\\)");
    private static final Pattern TORN = Pattern.compile("(log|linear)\\s*\\([^)]*");
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");

    private final String where;
    private final String key;
    private final List<Value> values = new ArrayList<>();

    private AxisValues(String where, String key) {
        this.where = where;
        this.key = key;
    }

    /**
     * The values of a list, or of a single value or range.
     *
     * @param where how messages call the axis
     * @throws SettingException if there are none, or a range is impossible
     */
    static List<Value> of(String where, String key, List<YamlNode> items) {
        AxisValues axis = new AxisValues(where, key);
        items.forEach(axis::add);
        if (axis.values.isEmpty()) {
            throw axis.fault("has no value; give at least one");
        }
        return List.copyOf(axis.values);
    }

    /** The items of a list, or the single item that is not a list. */
    static List<YamlNode> items(YamlNode node) {
        return node instanceof YamlNode.Sequence list ? list.items() : List.of(node);
    }

    /** Whether two values are written alike or are the same number. */
    static boolean areEqual(Value one, Value other) {
        if (!(one.node() instanceof YamlNode.Scalar(var _, String a))
                || !(other.node() instanceof YamlNode.Scalar(var _, String b))
                || a == null
                || b == null) {
            return describe(one).equals(describe(other));
        }
        return a.equals(b)
                || NUMBER.matcher(a).matches()
                        && NUMBER.matcher(b).matches()
                        && new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
    }

    /** A value as messages show it. */
    static String describe(Value value) {
        return value.node() instanceof YamlNode.Scalar(var _, String text) && text != null
                ? YamlNode.printable(text)
                : value.node().describe();
    }

    private void add(YamlNode item) {
        if (!(item instanceof YamlNode.Scalar(int line, String text)) || text == null) {
            values.add(new Value(where, item));
            return;
        }
        Matcher range = RANGE.matcher(text);
        Matcher spacing = SPACING.matcher(text);
        if (range.matches()) {
            addRange(line, new BigInteger(range.group(1)), new BigInteger(range.group(2)));
        } else if (spacing.matches()) {
            addSpaced(line, text, spacing.group(1).equals("log"), spacing.group(2));
        } else if (TORN.matcher(text).matches()) {
            throw fault(("begins with %s: between braces or brackets YAML takes commas for its own; write it in "
                            + "quotation marks, such as \"log(1e-6, 1e-4, 25)\"")
                    .formatted(YamlNode.printable(text)));
        } else {
            values.add(new Value(where, item));
        }
    }

    private void addRange(int line, BigInteger first, BigInteger last) {
        if (first.compareTo(last) > 0) {
            throw fault("is %s..%s, which is empty; write the smaller number first".formatted(first, last));
        }
        requireRoomFor(last.subtract(first).add(BigInteger.ONE));
        for (BigInteger n = first; n.compareTo(last) <= 0; n = n.add(BigInteger.ONE)) {
            add(line, n.toString());
        }
    }

    private void addSpaced(int line, String text, boolean ratios, String arguments) {
        List<String> parts =
                Stream.of(arguments.split(",", -1)).map(String::strip).toList();
        if (parts.size() != 3
                || !NUMBER.matcher(parts.get(0)).matches()
                || !NUMBER.matcher(parts.get(1)).matches()
                || !WHOLE.matcher(parts.get(2)).matches()) {
            throw fault("is %s; expected first, last and how many, such as %s"
                    .formatted(YamlNode.printable(text), ratios ? "log(1e-6, 1e-4, 25)" : "linear(0, 1, 5)"));
        }
        BigDecimal first = new BigDecimal(parts.get(0));
        BigDecimal last = new BigDecimal(parts.get(1));
        long count = Long.parseLong(parts.get(2));
        if (count < 2) {
            throw fault("is %s, but both ends are among the values; ask for at least 2"
                    .formatted(YamlNode.printable(text)));
        }
        if (ratios && (first.signum() <= 0 || last.signum() <= 0)) {
            throw fault("is %s, but equal ratios are between positive numbers; use linear, or other ends"
                    .formatted(YamlNode.printable(text)));
        }
        requireRoomFor(BigInteger.valueOf(count));
        add(line, parts.get(0));
        for (long i = 1; i < count - 1; i++) {
            add(line, (ratios ? ratio(first, last, i, count - 1) : part(first, last, i, count - 1)).toString());
        }
        add(line, parts.get(1));
    }

    private static BigDecimal part(BigDecimal first, BigDecimal last, long i, long n) {
        BigDecimal way = last.subtract(first).multiply(BigDecimal.valueOf(i));
        return plain(first.add(way.divide(BigDecimal.valueOf(n), MathContext.DECIMAL128)));
    }

    /** By {@link StrictMath}: the values are part of the runs' identity and must be the same on every machine. */
    private static BigDecimal ratio(BigDecimal first, BigDecimal last, long i, long n) {
        double share = (double) i / n;
        double logarithm =
                (1 - share) * StrictMath.log(first.doubleValue()) + share * StrictMath.log(last.doubleValue());
        return plain(new BigDecimal(StrictMath.exp(logarithm)));
    }

    /** Without trailing zeros; a whole number has no exponent, as integer settings require. */
    private static BigDecimal plain(BigDecimal value) {
        BigDecimal rounded = value.round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    private void add(int line, String text) {
        values.add(new Value(where, new YamlNode.Scalar(line, text)));
    }

    private void requireRoomFor(BigInteger more) {
        BigInteger count = more.add(BigInteger.valueOf(values.size()));
        if (count.compareTo(BigInteger.valueOf(Sweep.MOST_POINTS)) > 0) {
            throw fault("has %,d values; a sweep has at most %,d points".formatted(count, Sweep.MOST_POINTS));
        }
    }

    private SettingException fault(String problem) {
        return new SettingException(key, "%s: %s %s".formatted(where, key, problem));
    }
}
