package org.lilgatsby.analysis;

/**
 * How a figure is spread over the tokens of a group, at every recorded step; NaN at the first place, which no step
 * precedes, and for a group without tokens.
 *
 * @param mean sum in ascending order over the number of tokens
 * @param median the middle one; of an even count the mean of the two in the middle
 * @param percentile90 90th percentile, linearly interpolated at rank 0.9 (n - 1)
 * @param max the largest
 */
public record SpreadSeries(FigureSeries mean, FigureSeries median, FigureSeries percentile90, FigureSeries max) {
    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        /** Of these arrays at each place. */
        static final int BYTES_A_PLACE = 4 * Double.BYTES;

        private final double[] mean;
        private final double[] median;
        private final double[] percentile90;
        private final double[] max;

        Target(int size) {
            mean = new double[size];
            median = new double[size];
            percentile90 = new double[size];
            max = new double[size];
            putEmpty(0);
        }

        /** Sets the figures at a place. */
        void put(int place, AscendingSizes sizes) {
            int n = sizes.size();
            if (n == 0) {
                putEmpty(place);
                return;
            }
            mean[place] = sizes.sum() / n;
            median[place] = n % 2 == 1 ? sizes.at(n / 2) : (sizes.at(n / 2 - 1) + sizes.at(n / 2)) / 2;
            double rank = 0.9 * (n - 1);
            int below = (int) rank;
            double above = below + 1 < n ? sizes.at(below + 1) - sizes.at(below) : 0;
            percentile90[place] = sizes.at(below) + (rank - below) * above;
            max[place] = sizes.at(n - 1);
        }

        private void putEmpty(int place) {
            mean[place] = Double.NaN;
            median[place] = Double.NaN;
            percentile90[place] = Double.NaN;
            max[place] = Double.NaN;
        }

        SpreadSeries series() {
            return new SpreadSeries(
                    new FigureSeries(mean),
                    new FigureSeries(median),
                    new FigureSeries(percentile90),
                    new FigureSeries(max));
        }
    }
}
