package org.lilgatsby.analysis;

import java.util.Arrays;

/** The centroids of the live, the dead and all tokens at the places of one chunk. */
final class CentroidWorker {
    private final int[] live;
    private final int[] dead;
    private final PerGroup<CentroidPath.Track> tracks;
    private double[] liveSums;
    private double[] deadSums;

    /** @param origins the centroids at the first place of the history, as {@link #positions} gives them */
    CentroidWorker(LiveDeadSplit split, PerGroup<double[]> origins, PerGroup<CentroidPath.Target> targets) {
        this.live = split.live().toArray();
        this.dead = split.dead().toArray();
        this.tracks = PerGroup.of(group -> new CentroidPath.Track(targets.get(group), origins.get(group)));
    }

    /** The centroids at the first place of a history. */
    static PerGroup<double[]> origins(HistoryState first, LiveDeadSplit split) {
        int[] live = split.live().toArray();
        int[] dead = split.dead().toArray();
        double[] liveSums = first.newSums();
        double[] deadSums = first.newSums();
        first.addRows(liveSums, live);
        first.addRows(deadSums, dead);
        return positions(first, liveSums, live.length, deadSums, dead.length);
    }

    /** Takes the state before the first step of the chunk. */
    void start(HistoryState frame, int place) {
        liveSums = frame.newSums();
        deadSums = frame.newSums();
        frame.addRows(liveSums, live);
        frame.addRows(deadSums, dead);
        PerGroup<double[]> at = positions(frame, liveSums, live.length, deadSums, dead.length);
        for (Group group : Group.values()) {
            tracks.get(group).start(at.get(group), place);
        }
    }

    /** Takes the state after a step: sums again, in ascending order, the groups in which a row changed. */
    void step(HistoryState frame, int place) {
        update(frame, live, liveSums);
        update(frame, dead, deadSums);
        PerGroup<double[]> at = positions(frame, liveSums, live.length, deadSums, dead.length);
        for (Group group : Group.values()) {
            tracks.get(group).step(at.get(group), place);
        }
    }

    /** Fills in what takes the chunk before too. */
    void join(CentroidWorker before) {
        for (Group group : Group.values()) {
            tracks.get(group).join(before.tracks.get(group));
        }
    }

    private static void update(HistoryState frame, int[] rows, double[] sums) {
        if (frame.changedAny(rows)) {
            Arrays.fill(sums, 0);
            frame.addRows(sums, rows);
        }
    }

    /** All tokens are the live sum plus the dead sum. */
    private static PerGroup<double[]> positions(
            HistoryState frame, double[] liveSums, int live, double[] deadSums, int dead) {
        PerGroup<double[]> at = PerGroup.of(_ -> new double[frame.columns()]);
        for (int j = 0; j < frame.columns(); j++) {
            double ofLive = frame.ofColumn(liveSums, j);
            double ofDead = frame.ofColumn(deadSums, j);
            at.live()[j] = ofLive / live;
            at.dead()[j] = ofDead / dead;
            at.all()[j] = (ofLive + ofDead) / (live + dead);
        }
        return at;
    }
}
