package org.lilgatsby.analysis;

import java.util.Arrays;

/** The centroids of the live, the dead and all tokens at the places of one chunk. */
final class CentroidWorker {
    private final int[] live;
    private final int[] dead;
    private final PerGroup<double[]> positions; // each [size, columns], shared by the workers
    private double[] liveSums;
    private double[] deadSums;

    CentroidWorker(Split split, PerGroup<double[]> positions) {
        this.live = split.live().toArray();
        this.dead = split.dead().toArray();
        this.positions = positions;
    }

    /** Takes the state before the first step of the chunk. */
    void start(Frame frame) {
        liveSums = frame.newSums();
        deadSums = frame.newSums();
        frame.addRows(liveSums, live);
        frame.addRows(deadSums, dead);
    }

    /** Takes the state after a step: sums again, in ascending order, the groups in which a row changed. */
    void step(Frame frame) {
        update(frame, live, liveSums);
        update(frame, dead, deadSums);
    }

    private static void update(Frame frame, int[] rows, double[] sums) {
        if (frame.changedAny(rows)) {
            Arrays.fill(sums, 0);
            frame.addRows(sums, rows);
        }
    }

    /** Stores the centroids; all tokens are the live sum plus the dead sum. */
    void put(Frame frame, int place) {
        int at = place * frame.columns();
        for (int j = 0; j < frame.columns(); j++) {
            double ofLive = frame.ofColumn(liveSums, j);
            double ofDead = frame.ofColumn(deadSums, j);
            positions.live()[at + j] = ofLive / live.length;
            positions.dead()[at + j] = ofDead / dead.length;
            positions.all()[at + j] = (ofLive + ofDead) / (live.length + dead.length);
        }
    }
}
