package org.lilgatsby.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A figure's values in a group of runs, and what the bootstrap draws from them: once for everything that is said of
 * them, and together with all other figures of the group.
 */
public final class Sample {
    /** Bytes of the resampled means of one figure with one seed. */
    public static final int BYTES = Double.BYTES * Bootstrap.RESAMPLES;

    /** Figures whose resampled means are held at the same time, if they are not kept. */
    private static final int AT_ONCE = 512;

    private final double[] values;
    private final double[] first;
    private final double[] second;
    private final Distribution distribution;

    private Sample(double[] values, double[] first, double[] second, Distribution distribution) {
        this.values = values;
        this.first = first;
        this.second = second;
        this.distribution = distribution;
    }

    /** In which places of a comparison a group appears; what is not needed is not kept. */
    public enum Role {
        /** Only described. */
        ALONE(false, false),
        /** The group that is subtracted. */
        FIRST(true, false),
        /** The group that another is subtracted from. */
        SECOND(false, true),
        /** Both. */
        BOTH(true, true);

        private final boolean first;
        private final boolean second;

        Role(boolean first, boolean second) {
            this.first = first;
            this.second = second;
        }

        /** The role of a group that appears in these places. */
        public static Role of(boolean first, boolean second) {
            return Arrays.stream(values())
                    .filter(role -> role.first == first && role.second == second)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * Samples of several figures, of one group or of several. Those of equally many runs share what is drawn, so it
     * pays to make them together.
     *
     * @param columns values of each figure, in the order of the points
     * @return one for each figure
     * @throws IllegalArgumentException if a figure has no value, or one that is not finite
     */
    public static List<Sample> of(List<double[]> columns, Role role) {
        List<Sample> samples = new ArrayList<>(Collections.nCopies(columns.size(), null));
        for (List<Integer> places : byLength(columns)) {
            for (int from = 0; from < places.size(); from += AT_ONCE) {
                List<Integer> some = places.subList(from, Math.min(places.size(), from + AT_ONCE));
                List<Sample> made =
                        ofEqualLength(some.stream().map(columns::get).toList(), role);
                for (int k = 0; k < some.size(); k++) {
                    samples.set(some.get(k), made.get(k));
                }
            }
        }
        return List.copyOf(samples);
    }

    private static List<Sample> ofEqualLength(List<double[]> columns, Role role) {
        columns.forEach(Distribution::requireFinite);
        boolean single = columns.getFirst().length < 2;
        double[][] first = single ? null : Bootstrap.means(columns, Bootstrap.FIRST);
        double[][] second = single || !role.second ? null : Bootstrap.means(columns, Bootstrap.SECOND);
        return IntStream.range(0, columns.size())
                .parallel()
                .mapToObj(k -> new Sample(
                        columns.get(k),
                        single || !role.first ? null : first[k],
                        second == null ? null : second[k],
                        Distribution.of(columns.get(k), single ? Bootstrap.NONE : Bootstrap.percentiles(first[k]))))
                .toList();
    }

    /** Distributions of several figures of a group, as {@link #of} takes them. */
    public static List<Distribution> distributions(List<double[]> columns) {
        return of(columns, Role.ALONE).stream().map(Sample::distribution).toList();
    }

    /**
     * Compares several figures in pairs of runs.
     *
     * @param as for each figure, the values of the first runs, in the order of the pairs
     * @param bs for each figure, the values of the second runs, in the same order
     * @throws IllegalArgumentException if a figure has no pair, a value is not finite, or one has no partner
     */
    public static List<Comparison.Paired> paired(List<double[]> as, List<double[]> bs) {
        List<double[]> differences = IntStream.range(0, as.size())
                .mapToObj(i -> Comparison.Paired.differences(as.get(i), bs.get(i)))
                .toList();
        return of(differences, Role.ALONE).parallelStream()
                .map(sample -> Comparison.Paired.of(sample.values, sample.distribution.meanInterval()))
                .toList();
    }

    private static Iterable<List<Integer>> byLength(List<double[]> columns) {
        Map<Integer, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            places.computeIfAbsent(columns.get(i).length, _ -> new ArrayList<>())
                    .add(i);
        }
        return places.values();
    }

    /** The figure over the runs. */
    public Distribution distribution() {
        return distribution;
    }

    /**
     * Compares this group, the first, with a second one.
     *
     * @throws IllegalStateException if the two were not made for these places
     */
    public Comparison with(Sample other) {
        if (values.length < 2 || other.values.length < 2) {
            return Comparison.of(values, other.values, Bootstrap.NONE);
        }
        if (first == null || other.second == null) {
            throw new IllegalStateException("these samples were not drawn for this comparison");
        }
        return Comparison.of(values, other.values, Bootstrap.ofDifference(first, other.second));
    }
}
