package org.lilgatsby.sweep;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/**
 * The outcome of a two-sided test.
 *
 * @param test its name
 * @param statistic D of Kolmogorov and Smirnov, U of the first group, or the sum of the ranks of positive differences
 * @param p probability of a statistic at least as extreme if there were no difference
 * @param exact whether p is that of all orders of the values; otherwise it comes from the statistic's asymptotic
 *     distribution
 */
public record Significance(String test, double statistic, double p, boolean exact) {
    /** With more values than this, the exact distribution of ranks takes longer than it is worth. */
    private static final int RANKS = 50;

    private static final int DISTANCES = 500;

    /**
     * Whether two groups have the same distribution; empty if a group has fewer than two values. With equal values, the
     * exact p is at least that of their own distribution; the asymptotic one would be 0 for small groups that do not
     * overlap.
     */
    static Optional<Significance> kolmogorovSmirnov(double[] a, double[] b) {
        if (a.length < 2 || b.length < 2) {
            return Optional.empty();
        }
        boolean exact = Math.max(a.length, b.length) < DISTANCES;
        var result = KolmogorovSmirnovTest.withDefaults().with(method(exact)).test(a, b);
        return Optional.of(new Significance("Kolmogorov-Smirnov", result.getStatistic(), result.getPValue(), exact));
    }

    /**
     * Whether the values of one of two groups tend to be larger, by the statistic U, with a correction for ties and for
     * continuity where it is not exact; empty if all values are equal, or for two single values, of which every order
     * is equally likely.
     */
    static Optional<Significance> mannWhitney(double[] a, double[] b) {
        if (areEqual(both(a, b)) || a.length == 1 && b.length == 1) {
            return Optional.empty();
        }
        boolean exact = Math.max(a.length, b.length) < RANKS && areDistinct(both(a, b));
        var result = MannWhitneyUTest.withDefaults().with(method(exact)).test(a, b);
        return Optional.of(new Significance("Mann-Whitney U", result.getStatistic(), result.getPValue(), exact));
    }

    /**
     * Whether differences of pairs tend to one side, by Wilcoxon's signed ranks; zeros are ranked and left out of the
     * sums (Pratt, 1959). Empty if all are zero, or for a single one, of which either sign is equally likely.
     */
    static Optional<Significance> wilcoxon(double[] differences) {
        double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
        if (sizes.length == 1 || Arrays.stream(sizes).allMatch(size -> size == 0)) {
            return Optional.empty();
        }
        boolean exact = sizes.length < RANKS
                && areDistinct(sizes)
                && Arrays.stream(sizes).allMatch(size -> size > 0);
        var result = WilcoxonSignedRankTest.withDefaults().with(method(exact)).test(differences);
        double p = exact ? result.getPValue() : normalP(differences, sizes, result.getStatistic());
        return Optional.of(new Significance("Wilcoxon signed-rank", result.getStatistic(), p, exact));
    }

    /**
     * By the normal distribution of W+: each rank of a difference that is not zero counts with probability 1/2, so W+
     * has half their sum as its mean and a quarter of their sum of squares as its variance; corrected for continuity.
     * The library's own variance takes zeros for ties as well, which makes p too small where two or more are zero.
     */
    private static double normalP(double[] differences, double[] sizes, double statistic) {
        double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE).apply(sizes);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < ranks.length; i++) {
            if (differences[i] != 0) {
                sum += ranks[i];
                squares += ranks[i] * ranks[i];
            }
        }
        double distance = Math.max(0, Math.abs(statistic - sum / 2) - 0.5);
        return 2 * NormalDistribution.of(0, 1).survivalProbability(2 * distance / Math.sqrt(squares));
    }

    private static PValueMethod method(boolean exact) {
        return exact ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC;
    }

    private static double[] both(double[] a, double[] b) {
        return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    private static boolean areDistinct(double[] values) {
        return Arrays.stream(values).distinct().count() == values.length;
    }

    private static boolean areEqual(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }
}
