package org.lilgatsby.analysis;

import java.util.Arrays;
import org.lilgatsby.kernel.RowMoves.Figure;

/** Which tokens are in or out of the dead group in one chunk of a history. */
final class EscapeWorker implements HistoryScan.Worker {
    static final int ROWS = 0;
    static final int STEP_SIZE = 1;
    static final int COMPONENT = 2;
    private static final int CRITERIA = 3;

    private final LiveDeadSplit split;
    private final Threshold threshold;
    private final int[] all;
    private final int[] dead;
    private final int[][] firstOut = new int[CRITERIA][]; // [criterion][token]: a place, or -1
    private final int[][] lastIn = new int[CRITERIA][];
    private final boolean[] sharesRow; // [token]
    private final boolean[] inMain; // [token]
    private final boolean[] outran; // [token]: its step is larger than that of every dead token
    private Scratch scratch;

    /** Scratch memory, released when the chunk is done. */
    private record Scratch(StepMotion motion, Labels labels, MainComponent component, int[] deadWith) {}

    EscapeWorker(LiveDeadSplit split, Threshold threshold) {
        this.split = split;
        this.threshold = threshold;
        all = split.all().toArray();
        dead = split.dead().toArray();
        for (int criterion = 0; criterion < CRITERIA; criterion++) {
            firstOut[criterion] = new int[all.length];
            lastIn[criterion] = new int[all.length];
            Arrays.fill(firstOut[criterion], -1);
            Arrays.fill(lastIn[criterion], -1);
        }
        sharesRow = new boolean[all.length];
        inMain = new boolean[all.length];
        outran = new boolean[all.length];
    }

    /** The first place of the chunk at which a token was out; -1 if there is none. */
    int firstOut(int criterion, int token) {
        return firstOut[criterion][token];
    }

    /** The last place of the chunk at which a token was in; -1 if there is none. */
    int lastIn(int criterion, int token) {
        return lastIn[criterion][token];
    }

    @Override
    public void start(HistoryState frame, int place) {
        scratch = new Scratch(
                new StepMotion(frame, split),
                new Labels(frame.rows()),
                new MainComponent(frame, threshold.metric()),
                new int[frame.rows()]);
        judgeRows(frame, scratch.motion.hashes());
        if (place == 0) {
            for (int token : all) {
                note(ROWS, token, sharesRow[token], place);
                note(STEP_SIZE, token, true, place); // nothing has moved yet
                note(COMPONENT, token, inMain[token], place);
            }
        }
    }

    @Override
    public void step(HistoryState frame, int place) {
        scratch.motion.measure(frame);
        if (frame.changedRows() > 0) {
            judgeRows(frame, scratch.motion.hashes());
        }
        judgeSteps(scratch.motion);
        for (int token : all) {
            note(ROWS, token, sharesRow[token], place);
            note(STEP_SIZE, token, !outran[token], place);
            note(COMPONENT, token, inMain[token], place);
        }
    }

    @Override
    public void end() {
        scratch = null;
    }

    private void note(int criterion, int token, boolean in, int place) {
        if (in) {
            lastIn[criterion][token] = place;
        } else if (firstOut[criterion][token] < 0) {
            firstOut[criterion][token] = place;
        }
    }

    private void judgeSteps(StepMotion motion) {
        double[] sizes = motion.of(Figure.L2);
        double largest = 0;
        for (int i = motion.live(); i < motion.moved(); i++) {
            largest = Math.max(largest, sizes[i]);
        }
        Arrays.fill(outran, false);
        for (int i = 0; i < motion.live(); i++) {
            outran[motion.row(i)] = sizes[i] > largest;
        }
    }

    private void judgeRows(HistoryState frame, int[] hashes) {
        Labels labels = scratch.labels;
        labels.update(frame, hashes);
        int[] deadWith = scratch.deadWith;
        Arrays.fill(deadWith, 0);
        for (int token : dead) {
            deadWith[labels.of(token)]++;
        }
        for (int token : all) {
            sharesRow[token] = deadWith[labels.of(token)] > 0;
        }
        for (int token : dead) {
            sharesRow[token] = deadWith[labels.of(token)] > 1;
        }
        scratch.component.update(frame, labels, deadWith, threshold.limit(frame.centroid(all)));
        for (int token : all) {
            inMain[token] = scratch.component.contains(labels.of(token));
        }
    }
}
