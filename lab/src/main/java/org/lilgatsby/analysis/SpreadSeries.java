package org.lilgatsby.analysis;

/**
 * The distribution of a figure over the tokens of a group, at every recorded step; NaN at the first place, which
 * follows no step, and for a group without tokens.
 *
 * @param mean sum in ascending order over the number of tokens
 * @param median the middle one; of an even count the mean of the two in the middle
 * @param percentile90 90th percentile, linearly interpolated at rank 0.9 (n - 1)
 * @param max the largest
 */
public record SpreadSeries(FigureSeries mean, FigureSeries median, FigureSeries percentile90, FigureSeries max) {
    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        private final Places kept;
        private final double[] mean;
        private final double[] median;
        private final double[] percentile90;
        private final double[] max;

        Target(Places kept, ArrayMaker arrays) {
            this.kept = kept;
            int size = kept.kept();
            mean = arrays.doubles(size);
            median = arrays.doubles(size);
            percentile90 = arrays.doubles(size);
            max = arrays.doubles(size);
            int first = kept.find(0);
            if (first >= 0) {
                putEmpty(first);
            }
        }

        /** Sets the figures of a kept place. */
        void put(int index, AscendingSizes sizes) {
            int n = sizes.size();
            if (n == 0) {
                putEmpty(index);
                return;
            }
            mean[index] = sizes.sum() / n;
            median[index] = n % 2 == 1 ? sizes.at(n / 2) : (sizes.at(n / 2 - 1) + sizes.at(n / 2)) / 2;
            double rank = 0.9 * (n - 1);
            int below = (int) rank;
            double above = below + 1 < n ? sizes.at(below + 1) - sizes.at(below) : 0;
            percentile90[index] = sizes.at(below) + (rank - below) * above;
            max[index] = sizes.at(n - 1);
        }

        private void putEmpty(int index) {
            mean[index] = Double.NaN;
            median[index] = Double.NaN;
            percentile90[index] = Double.NaN;
            max[index] = Double.NaN;
        }

        SpreadSeries series() {
            return new SpreadSeries(
                    new FigureSeries(kept, mean),
                    new FigureSeries(kept, median),
                    new FigureSeries(kept, percentile90),
                    new FigureSeries(kept, max));
        }
    }
}
