package org.lilgatsby.analysis;

/**
 * The path of a group's centroid through the recorded states, as figures of each state: positions themselves would take
 * the width of the matrix for each. They are means in double; distances are L2 norms in the unit of the matrix.
 */
public final class CentroidPath {
    private final int[] steps;
    private final FigureSeries norm;
    private final FigureSeries displacement;
    private final FigureSeries distance; // from the place before; NaN at the first
    private final FigureSeries cosine;

    private CentroidPath(
            int[] steps, FigureSeries norm, FigureSeries displacement, FigureSeries distance, FigureSeries cosine) {
        this.steps = steps;
        this.norm = norm;
        this.displacement = displacement;
        this.distance = distance;
        this.cosine = cosine;
    }

    /** Number of places. */
    public int size() {
        return steps.length;
    }

    /** Norm of the centroid. */
    public FigureSeries norm() {
        return norm;
    }

    /** Distance from where it was at the first place. */
    public FigureSeries displacement() {
        return displacement;
    }

    /** Length of the path from the first place, along every recorded state. */
    public FigureSeries pathLength() {
        double[] length = new double[steps.length];
        for (int place = 1; place < steps.length; place++) {
            length[place] = length[place - 1] + distance.at(place);
        }
        return new FigureSeries(length);
    }

    /** Displacement over path length: 1 for a straight line, near 0 for a path that leads back; NaN before it moved. */
    public FigureSeries efficiency() {
        FigureSeries length = pathLength();
        return FigureSeries.of(steps.length, place -> displacement.at(place) / length.at(place));
    }

    /** Distance from the place before, per update; NaN at the first place. */
    public FigureSeries speed() {
        return FigureSeries.of(
                steps.length,
                place -> place == 0 ? Double.NaN : distance.at(place) / (steps[place] - steps[place - 1]));
    }

    /**
     * Cosine of the angle between a step and the step before it; NaN at the first two places and where either step is
     * zero, which has no direction.
     */
    public FigureSeries cosine() {
        return cosine;
    }

    /** The figures that the workers of all chunks fill, each at its own places. */
    static final class Target {
        /** Of these arrays at each place. */
        static final int BYTES_A_PLACE = 4 * Double.BYTES;

        private final double[] norm;
        private final double[] displacement;
        private final double[] distance;
        private final double[] cosine;

        Target(int size) {
            norm = new double[size];
            displacement = new double[size];
            distance = new double[size];
            cosine = new double[size];
        }

        CentroidPath path(int[] steps) {
            return new CentroidPath(
                    steps,
                    new FigureSeries(norm),
                    new FigureSeries(displacement),
                    new FigureSeries(distance),
                    new FigureSeries(cosine));
        }
    }

    /** The centroid on its way through one chunk. */
    static final class Track {
        private final Target target;
        private final double[] origin;
        private double[] position;
        private double[] step;
        private int firstPlace;
        private double[] firstStep;

        /** @param origin where the centroid is at the first place of the history */
        Track(Target target, double[] origin) {
            this.target = target;
            this.origin = origin;
        }

        /** Takes where it is before the first step of the chunk. */
        void start(double[] from, int place) {
            position = from;
            if (place == 0) {
                target.norm[0] = norm(from);
                target.displacement[0] = norm(minus(from, origin));
                target.distance[0] = Double.NaN;
                target.cosine[0] = Double.NaN;
            }
        }

        /** Takes where it is after a step; the array is this track's from now on. */
        void step(double[] to, int place) {
            double[] next = minus(to, position);
            target.norm[place] = norm(to);
            target.displacement[place] = norm(minus(to, origin));
            target.distance[place] = norm(next);
            if (step == null) {
                firstPlace = place;
                firstStep = next;
                target.cosine[place] = Double.NaN;
            } else {
                target.cosine[place] = cosine(next, step, place);
            }
            position = to;
            step = next;
        }

        /** Fills in the cosine of this chunk's first step with the last one of the chunk before. */
        void join(Track before) {
            if (firstStep != null && before.step != null) {
                target.cosine[firstPlace] = cosine(firstStep, before.step, firstPlace);
            }
        }

        private double cosine(double[] a, double[] b, int place) {
            double dot = 0;
            for (int j = 0; j < a.length; j++) {
                dot += a[j] * b[j];
            }
            return dot / (target.distance[place] * target.distance[place - 1]);
        }

        private static double[] minus(double[] a, double[] b) {
            double[] difference = new double[a.length];
            for (int j = 0; j < difference.length; j++) {
                difference[j] = a[j] - b[j];
            }
            return difference;
        }

        private static double norm(double[] vector) {
            double squares = 0;
            for (double component : vector) {
                squares += component * component;
            }
            return Math.sqrt(squares);
        }
    }
}
