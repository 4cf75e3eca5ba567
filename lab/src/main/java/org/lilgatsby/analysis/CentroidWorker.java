package org.lilgatsby.analysis;

import java.util.Arrays;

/** The centroids of the live, the dead and all tokens at the places of one chunk. */
final class CentroidWorker {
    private final History history;
    private final int[] live;
    private final int[] dead;
    private final PerGroup<CentroidPath.Target> targets; // shared by the workers
    private final PerGroup<double[]> origins; // where the centroids were at the first place
    private PerGroup<Way> ways;
    private PerGroup<Double> lengths;
    private double[] liveSums;
    private double[] deadSums;
    private int first;
    private int last;

    /** The position of a centroid and the step that led there. */
    private static final class Way {
        private double[] position;
        private double[] step; // the last one; NaN before there is one
        private double[] next;
        private double stepLength = Double.NaN;
        private double length;

        Way(int columns) {
            position = new double[columns];
            step = new double[columns];
            next = new double[columns];
            Arrays.fill(step, Double.NaN);
        }
    }

    CentroidWorker(
            History history, LiveDeadSplit split, PerGroup<double[]> origins, PerGroup<CentroidPath.Target> targets) {
        this.history = history;
        this.live = split.live().toArray();
        this.dead = split.dead().toArray();
        this.origins = origins;
        this.targets = targets;
    }

    /** The centroid of each group in the first state of a history. */
    static PerGroup<double[]> origins(HistoryState first, LiveDeadSplit split) {
        CentroidWorker worker = new CentroidWorker(null, split, null, null);
        worker.add(first);
        return PerGroup.of(group -> worker.position(first, group, new double[first.columns()]));
    }

    /** Takes the state before the first step of the chunk, and the step that led there. */
    void start(HistoryState frame, int place) {
        first = place;
        last = place;
        ways = PerGroup.of(group -> new Way(frame.columns()));
        if (place > 0) {
            HistoryState before = HistoryState.of(history, frame.kernels());
            before.start(history.matrix(place - 1));
            add(before);
            for (Group group : Group.values()) {
                position(before, group, ways.get(group).position);
            }
        }
        add(frame);
        for (Group group : Group.values()) {
            Way way = ways.get(group);
            if (place > 0) {
                move(frame, group, way);
                way.length = 0;
            } else {
                position(frame, group, way.position);
                put(group, way, place, Double.NaN, Double.NaN);
            }
        }
    }

    private void add(HistoryState frame) {
        liveSums = frame.newSums();
        deadSums = frame.newSums();
        frame.addRows(liveSums, live);
        frame.addRows(deadSums, dead);
    }

    /** Takes the state after a step. Groups with a changed row are summed again, in ascending order. */
    void step(HistoryState frame, int place) {
        update(frame, live, liveSums);
        update(frame, dead, deadSums);
        last = place;
        int updates = history.step(place) - history.step(place - 1);
        for (Group group : Group.values()) {
            Way way = ways.get(group);
            double cosine = move(frame, group, way);
            put(group, way, place, way.stepLength / updates, place < 2 ? Double.NaN : cosine);
        }
    }

    private static void update(HistoryState frame, int[] rows, double[] sums) {
        if (frame.changedAny(rows)) {
            Arrays.fill(sums, 0);
            frame.addRows(sums, rows);
        }
    }

    /** Moves to the current centroid; returns the cosine of the step there and the previous one. */
    private double move(HistoryState frame, Group group, Way way) {
        double[] position = position(frame, group, way.next);
        double squares = 0;
        double dot = 0;
        for (int j = 0; j < position.length; j++) {
            double difference = position[j] - way.position[j];
            squares += difference * difference;
            dot += difference * way.step[j];
            way.step[j] = difference;
        }
        double before = way.stepLength;
        way.stepLength = Math.sqrt(squares);
        way.length += way.stepLength;
        way.next = way.position;
        way.position = position;
        return dot / (way.stepLength * before);
    }

    private void put(Group group, Way way, int place, double speed, double cosine) {
        double[] origin = origins.get(group);
        double squares = 0;
        double away = 0;
        for (int j = 0; j < origin.length; j++) {
            double difference = way.position[j] - origin[j];
            squares += way.position[j] * way.position[j];
            away += difference * difference;
        }
        targets.get(group).put(place, Math.sqrt(squares), Math.sqrt(away), way.length, speed, cosine);
    }

    /** The centroid of a group; for all tokens, the live sum plus the dead sum, divided by the number of tokens. */
    private double[] position(HistoryState frame, Group group, double[] position) {
        for (int j = 0; j < position.length; j++) {
            position[j] = switch (group) {
                case LIVE -> frame.ofColumn(liveSums, j) / live.length;
                case DEAD -> frame.ofColumn(deadSums, j) / dead.length;
                case ALL -> (frame.ofColumn(liveSums, j) + frame.ofColumn(deadSums, j)) / (live.length + dead.length);
            };
        }
        return position;
    }

    /** Ends the sequence of states. */
    void end() {
        lengths = ways.map(way -> way.length);
        ways = null;
        liveSums = null;
        deadSums = null;
    }

    /** Adds the length of the path before this chunk to its places; returns the length at its end. */
    double join(Group group, double before) {
        targets.get(group).addWay(first, last, before);
        return before + lengths.get(group);
    }
}
