package org.lilgatsby.analysis;

/** All figures of {@link Motion} for one chunk of a history. */
final class MotionWorker implements HistoryScan.Worker {
    /** The series of one group that the workers of all chunks fill, each at its own places. */
    static final class Target {
        private final int[] tokens;
        private final Places kept;
        private final double[] bulk;
        private final double[] thermal;
        private final double[] temperature;
        private final double[] radius;
        private final double[] meanDistance;
        private final double[] deviation;
        private final double[] flow;

        Target(int[] tokens, Places kept) {
            this.tokens = tokens;
            this.kept = kept;
            int size = kept.kept();
            bulk = new double[size];
            thermal = new double[size];
            temperature = new double[size];
            radius = new double[size];
            meanDistance = new double[size];
            deviation = new double[size];
            flow = new double[size];
            int first = kept.find(0);
            if (first >= 0) {
                bulk[first] = Double.NaN;
                thermal[first] = Double.NaN;
                temperature[first] = Double.NaN;
                flow[first] = Double.NaN;
            }
        }

        ThermalMotion motion() {
            return new ThermalMotion(
                    new FigureSeries(kept, bulk),
                    new FigureSeries(kept, thermal),
                    new FigureSeries(kept, temperature),
                    new FigureSeries(kept, radius),
                    new FigureSeries(kept, meanDistance),
                    new FigureSeries(kept, deviation),
                    new FigureSeries(kept, flow));
        }
    }

    private final int columns;
    private final PerGroup<Target> targets;
    private double[] values; // [rows, columns]
    private double[] velocity; // [rows, columns]
    private final double[] mean; // [columns]
    private final double[] distances; // [rows]: from a centroid, by place in the group
    private final double[] squares; // [rows]: of the present velocity
    private final double[] squaredSteps; // [rows]: summed over the chunk

    MotionWorker(int rows, int columns, PerGroup<Target> targets) {
        this.columns = columns;
        this.targets = targets;
        mean = new double[columns];
        distances = new double[rows];
        squares = new double[rows];
        squaredSteps = new double[rows];
    }

    /** Sum of the squared steps of a row in this chunk. */
    double squaredSteps(int row) {
        return squaredSteps[row];
    }

    @Override
    public void start(HistoryState frame, int place) {
        values = new double[Math.multiplyExact(squares.length, columns)];
        velocity = new double[values.length];
        for (int row = 0; row < squares.length; row++) {
            frame.widen(row, values);
        }
        int index = targets.all().kept.find(place);
        if (place == 0 && index >= 0) {
            for (Group group : Group.values()) {
                measureRadius(targets.get(group), index);
            }
        }
    }

    @Override
    public void step(HistoryState frame, int place) {
        for (int row = 0; row < squares.length; row++) {
            move(frame, row);
        }
        int index = targets.all().kept.find(place);
        if (index >= 0) {
            for (Group group : Group.values()) {
                Target target = targets.get(group);
                measureRadius(target, index);
                measureVelocity(target, index);
            }
        }
    }

    @Override
    public void end() {
        values = null;
        velocity = null;
    }

    private void move(HistoryState frame, int row) {
        int at = row * columns;
        for (int j = at; j < at + columns; j++) {
            velocity[j] = -values[j];
        }
        if (frame.changed(row)) {
            frame.widen(row, values);
        }
        for (int j = at; j < at + columns; j++) {
            velocity[j] += values[j];
        }
        squares[row] = frame.changed(row) ? Rows.dot(velocity, at, velocity, at, columns) : 0;
        squaredSteps[row] += squares[row];
    }

    private void measureRadius(Target target, int index) {
        Rows.mean(mean, values, target.tokens, columns);
        int n = target.tokens.length;
        double squares = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double squared = Rows.squaredDistance(values, target.tokens[i] * columns, mean, 0, columns);
            distances[i] = Math.sqrt(squared);
            squares += squared;
            sum += distances[i];
        }
        double ofMean = sum / n;
        double variance = 0;
        for (int i = 0; i < n; i++) {
            variance += (distances[i] - ofMean) * (distances[i] - ofMean);
        }
        target.radius[index] = Math.sqrt(squares / n);
        target.meanDistance[index] = ofMean;
        target.deviation[index] = Math.sqrt(variance / n);
    }

    private void measureVelocity(Target target, int index) {
        Rows.mean(mean, velocity, target.tokens, columns);
        double bulk = Math.sqrt(Rows.dot(mean, 0, mean, 0, columns));
        double thermal = 0;
        double temperature = 0;
        double cosines = 0;
        int moved = 0;
        for (int row : target.tokens) {
            thermal += Rows.squaredDistance(velocity, row * columns, mean, 0, columns);
            temperature += squares[row];
            if (squares[row] != 0) {
                cosines += Rows.dot(velocity, row * columns, mean, 0, columns) / (Math.sqrt(squares[row]) * bulk);
                moved++;
            }
        }
        target.bulk[index] = bulk;
        target.thermal[index] = Math.sqrt(thermal / target.tokens.length);
        target.temperature[index] = temperature / target.tokens.length;
        target.flow[index] = cosines / moved;
    }
}
