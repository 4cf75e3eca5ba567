package org.lilgatsby.sweep.findings;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.sweep.Comparison;
import org.lilgatsby.sweep.Distribution;
import org.lilgatsby.sweep.Interval;
import org.lilgatsby.sweep.Significance;
import org.lilgatsby.sweep.findings.SweepFindings.Group;
import org.lilgatsby.sweep.findings.SweepFindings.Outcome;
import org.lilgatsby.sweep.findings.SweepFindings.Varied;

/** How the text report words statistics. */
public final class Wording {
    private static final int DIGITS = 5;
    private static final int P_DIGITS = 3;

    /** Numbers below are written with an exponent. */
    private static final double SMALL = 1e-4;

    /** Numbers from here on are written with an exponent. */
    private static final double LARGE = 1e7;

    /** A p below is not told from 0 by the tests. */
    private static final double SMALLEST_P = 1e-300;

    /** The longest name of a row. */
    private static final int ROW = 30;

    /** The most values that a sentence lists. */
    private static final int LISTED = 8;

    private Wording() {}

    /** A statistic with five significant digits, zeros at the end left out; a dash if it is undefined. */
    public static String number(double value) {
        return number(value, DIGITS);
    }

    private static String number(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Figures.UNDEFINED;
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        double magnitude = Math.abs(value);
        if (magnitude >= SMALL && magnitude < LARGE) {
            BigDecimal plain = rounded.stripTrailingZeros();
            return String.format(Locale.ROOT, "%,." + Math.max(0, plain.scale()) + "f", plain);
        }
        String[] parts =
                String.format(Locale.ROOT, "%." + (digits - 1) + "e", rounded).split("e");
        return new BigDecimal(parts[0]).stripTrailingZeros().toPlainString() + "e" + Integer.parseInt(parts[1]);
    }

    /** The value of a single run. */
    static String value(Figure figure, double value) {
        return figure.kind() == Figure.Kind.COUNT ? figure.text(value) : number(value);
    }

    /** Both ends of an interval; a dash without one. */
    public static String interval(Interval interval) {
        return Double.isNaN(interval.low())
                ? Figures.UNDEFINED
                : "%s to %s".formatted(number(interval.low()), number(interval.high()));
    }

    /**
     * A figure in a group, in half a sentence: mean, runs, deviation and range.
     *
     * @param group after its value, as in {@code for unit-noise}; may be empty
     */
    static String inGroup(Distribution d, Figure figure, String group) {
        if (d.n() == 1) {
            return "%s%s in 1 run".formatted(value(figure, d.mean()), group);
        }
        return d.least() == d.greatest()
                ? "%s%s in each of %s".formatted(value(figure, d.least()), group, Figures.of(d.n(), "run"))
                : "%s%s (mean of %s, deviation %s, from %s to %s)"
                        .formatted(
                                number(d.mean()),
                                group,
                                Figures.of(d.n(), "run"),
                                number(d.deviation()),
                                value(figure, d.least()),
                                value(figure, d.greatest()));
    }

    /**
     * A test with its statistic, its n and its p.
     *
     * @param n as in {@code n = 16 and 16}
     */
    static String test(Significance test, String n) {
        return "%s = %s, %s, %s (%s)"
                .formatted(
                        named(test),
                        number(test.statistic()),
                        n,
                        probability(test.p()),
                        test.exact() ? "exact" : "asymptotic");
    }

    /** A test's name, ending in its statistic's. */
    private static String named(Significance test) {
        return switch (test.test()) {
            case "Kolmogorov-Smirnov" -> test.test() + " D";
            case "Wilcoxon signed-rank" -> test.test() + " W+";
            default -> test.test();
        };
    }

    /** A p as an equation. */
    static String probability(double p) {
        return p < SMALLEST_P ? "p below 1e-300" : "p = " + number(p, P_DIGITS);
    }

    /** Number of values of two groups. */
    static String both(int na, int nb) {
        return "n = %s and %s".formatted(Figures.count(na), Figures.count(nb));
    }

    /** The varied settings with their values; those of one axis as one. */
    static List<String> varied(List<Varied> settings) {
        Set<String> told = new HashSet<>();
        List<String> texts = new ArrayList<>();
        for (Varied setting : settings) {
            if (told.add(setting.setting())) {
                List<Varied> axis = settings.stream()
                        .filter(other -> other == setting || setting.together().contains(other.setting()))
                        .toList();
                axis.forEach(other -> told.add(other.setting()));
                List<String> each = axis.stream().map(Wording::varied).toList();
                texts.add(
                        each.size() == 1
                                ? each.getFirst()
                                : "%s and %s together"
                                        .formatted(
                                                String.join(", ", each.subList(0, each.size() - 1)), each.getLast()));
            }
        }
        return texts;
    }

    /** Whether a comparison says anything: two single values differ by what each of them says already. */
    static boolean says(Comparison comparison) {
        return comparison.na() > 1 || comparison.nb() > 1;
    }

    /** Whether the groups are the values of this setting, so that figures along it are those of the groups. */
    static boolean isGrouping(SweepFindings findings, String setting) {
        return findings.compared().equals(List.of(setting)) && hasShortNames(findings.groups());
    }

    /** A figure that is the same in every run, as {@code 51 in each of 8 runs}; empty for any other. */
    static Optional<String> constant(Outcome outcome) {
        List<Distribution> groups = outcome.groups().stream()
                .flatMap(group -> group.distribution().stream())
                .toList();
        if (groups.isEmpty()
                || groups.stream()
                        .anyMatch(d -> d.least() != groups.getFirst().least()
                                || d.greatest() != groups.getFirst().least())) {
            return Optional.empty();
        }
        int runs = groups.stream().mapToInt(Distribution::n).sum();
        String value = value(outcome.figure(), groups.getFirst().least());
        return Optional.of(
                runs == 1 ? value + " in 1 run" : "%s in each of %s".formatted(value, Figures.of(runs, "run")));
    }

    /** {@code a, b and c}; with a comma before the last if one of them has an "and" of its own. */
    public static String listed(List<String> names) {
        int last = names.size() - 1;
        String and = names.stream().anyMatch(name -> name.contains(" and ")) ? ", and " : " and ";
        return last <= 0 ? String.join("", names) : String.join(", ", names.subList(0, last)) + and + names.get(last);
    }

    /** A setting with its values, or with their number and ends if they are many. */
    private static String varied(Varied setting) {
        List<String> values = setting.values();
        String text = isRange(values)
                ? values.getFirst() + ".." + values.getLast()
                : values.size() <= LISTED
                        ? String.join(", ", values)
                        : "%s values, %s to %s"
                                .formatted(Figures.count(values.size()), values.getFirst(), values.getLast());
        return "%s (%s)".formatted(setting.setting(), text);
    }

    /** Whether values are more than two whole numbers, each one more than the one before. */
    private static boolean isRange(List<String> values) {
        boolean whole = values.size() > 2 && values.stream().allMatch(value -> value.matches("\\d{1,18}"));
        return whole
                && IntStream.range(1, values.size())
                        .allMatch(i -> Long.parseLong(values.get(i)) == Long.parseLong(values.get(i - 1)) + 1);
    }

    /**
     * What partners in pairs have in common, such as {@code seed, training.batch and training.steps}; empty if it is
     * nothing.
     */
    static String shared(SweepFindings findings) {
        Stream<String> seed =
                findings.groups().stream().anyMatch(group -> group.seeds().size() > 1)
                        ? Stream.of("seed")
                        : Stream.of();
        List<String> shared = Stream.concat(
                        seed,
                        findings.varied().stream()
                                .filter(setting -> setting.together().stream().noneMatch(findings.compared()::contains))
                                .map(Varied::setting)
                                .filter(setting -> !setting.equals("seed")
                                        && !findings.compared().contains(setting)))
                .toList();
        return listed(shared);
    }

    /** The first letter of a sentence as a capital. */
    static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** How tables call the groups: by their names if all are short, otherwise by their numbers from 1 on. */
    static List<String> rows(List<Group> groups) {
        return hasShortNames(groups)
                ? groups.stream().map(Group::name).toList()
                : IntStream.rangeClosed(1, groups.size())
                        .mapToObj(number -> "group " + number)
                        .toList();
    }

    /** Whether every name leaves room for figures beside it. */
    static boolean hasShortNames(List<Group> groups) {
        return groups.stream().allMatch(group -> group.name().length() <= ROW);
    }

    /** The second of a pair less the first. */
    public static String difference(String first, String second) {
        return "%s minus %s".formatted(second, first);
    }
}
