package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * The largest of some figures since the previous kept place, so peaks between two kept places are not lost; NaN where
 * there was none. Filled by the workers of all chunks, which share the intervals cut by chunk borders.
 */
final class Peaks {
    private final Places kept;
    private final double[][] values; // [figure][index]

    Peaks(Places kept, int figures, ArrayMaker arrays) {
        this.kept = kept;
        values = arrays.doubles(figures, kept.kept());
        for (double[] figure : values) {
            Arrays.fill(figure, Double.NaN);
        }
    }

    FigureSeries series(int figure) {
        return new FigureSeries(kept, values[figure]);
    }

    private synchronized void raise(int index, double[] largest) {
        for (int figure = 0; figure < values.length; figure++) {
            values[figure][index] = larger(values[figure][index], largest[figure]);
        }
    }

    private static double larger(double peak, double value) {
        return Double.isNaN(peak) || value > peak ? value : peak;
    }

    /** The peaks of one chunk. */
    static final class Worker {
        private final Peaks target;
        private final double[] largest;
        private int last = -1;

        Worker(Peaks target) {
            this.target = target;
            largest = new double[target.values.length];
            Arrays.fill(largest, Double.NaN);
        }

        /** Takes a figure of a place. */
        void see(int figure, double value) {
            largest[figure] = larger(largest[figure], value);
        }

        /** All figures of a place were seen. */
        void seen(int place) {
            last = place;
            if (target.kept.find(place) >= 0) {
                end();
            }
        }

        /** No more places come. */
        void end() {
            int index = last < 0 ? target.kept.kept() : target.kept.indexFrom(last);
            if (index < target.kept.kept()) {
                target.raise(index, largest);
                Arrays.fill(largest, Double.NaN);
            }
        }
    }
}
