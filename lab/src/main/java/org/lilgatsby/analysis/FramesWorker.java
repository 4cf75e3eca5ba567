package org.lilgatsby.analysis;

/** All figures of {@link Frames} for one chunk of a history. */
final class FramesWorker implements HistoryScan.Worker {
    private final History history;
    private final LiveDeadSplit split;
    private final PerGroup<int[]> tokens;
    private final PerGroup<FrameSeries.Target> targets; // shared; each worker has places of its own
    private final int columns;
    private double[] values; // [row * columns]: of the state before, while a step is measured
    private double[] after; // [columns]: of one row
    private PerGroup<double[]> centroids; // of the state before, while a step is measured

    FramesWorker(History history, LiveDeadSplit split, PerGroup<FrameSeries.Target> targets) {
        this.history = history;
        this.split = split;
        this.targets = targets;
        tokens = PerGroup.of(group -> split.tokens(group).toArray());
        columns = history.columns();
    }

    @Override
    public void start(HistoryState frame, int place) {
        values = new double[Math.multiplyExact(frame.rows(), columns)];
        after = new double[columns];
        for (int row = 0; row < frame.rows(); row++) {
            frame.widen(row, values);
        }
        centroids = centroids(frame);
        if (place == 0) {
            for (Group group : Group.values()) {
                FrameSeries.Sums sums = new FrameSeries.Sums();
                for (int row : tokens.get(group)) {
                    System.arraycopy(values, row * columns, after, 0, columns);
                    sums.addPlace(after, centroids.get(group));
                }
                targets.get(group).put(0, sums, norm(centroids.get(group)), 0);
            }
        }
    }

    @Override
    public void step(HistoryState frame, int place) {
        PerGroup<double[]> next = frame.changedRows() == 0 ? centroids : centroids(frame);
        PerGroup<FrameSeries.Sums> sums = PerGroup.of(group -> new FrameSeries.Sums());
        for (Group own : Group.values()) {
            if (own != Group.ALL) {
                for (int row : tokens.get(own)) {
                    boolean changed = frame.changed(row);
                    if (changed) {
                        frame.widenRow(row, after);
                    } else {
                        System.arraycopy(values, row * columns, after, 0, columns);
                    }
                    add(sums.get(own), row, changed, centroids.get(own), next.get(own));
                    add(sums.all(), row, changed, centroids.all(), next.all());
                    System.arraycopy(after, 0, values, row * columns, columns);
                }
            }
        }
        int updates = history.step(place) - history.step(place - 1);
        for (Group group : Group.values()) {
            targets.get(group).put(place, sums.get(group), norm(next.get(group)), updates);
        }
        centroids = next;
    }

    private void add(FrameSeries.Sums sums, int row, boolean changed, double[] before, double[] next) {
        sums.addPlace(after, next);
        sums.addStep(values, row * columns, changed, after, before, next);
    }

    private PerGroup<double[]> centroids(HistoryState frame) {
        double[] live = frame.newSums();
        double[] dead = frame.newSums();
        frame.addRows(live, tokens.live());
        frame.addRows(dead, tokens.dead());
        int nLive = split.live().size();
        int nDead = split.dead().size();
        PerGroup<double[]> means = PerGroup.of(group -> new double[columns]);
        for (int j = 0; j < columns; j++) {
            double ofLive = frame.ofColumn(live, j);
            double ofDead = frame.ofColumn(dead, j);
            means.live()[j] = ofLive / nLive;
            means.dead()[j] = ofDead / nDead;
            means.all()[j] = (ofLive + ofDead) / (nLive + nDead);
        }
        return means;
    }

    private static double norm(double[] vector) {
        return Math.sqrt(Rows.dot(vector, 0, vector, 0, vector.length));
    }

    @Override
    public void end() {
        values = null;
        after = null;
        centroids = null;
    }
}
