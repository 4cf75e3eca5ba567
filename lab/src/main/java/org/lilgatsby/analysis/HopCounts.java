package org.lilgatsby.analysis;

/**
 * Tokens that were predicted to move against tokens that moved.
 *
 * @param both predicted, and moved
 * @param predictedOnly predicted, but stood still
 * @param movedOnly moved without being predicted
 * @param neither stood still, as predicted
 */
public record HopCounts(long both, long predictedOnly, long movedOnly, long neither) {
    /** Nothing counted. */
    public static final HopCounts NONE = new HopCounts(0, 0, 0, 0);

    /** One token in one step. */
    static HopCounts one(boolean predicted, boolean moved) {
        return new HopCounts(
                predicted && moved ? 1 : 0,
                predicted && !moved ? 1 : 0,
                !predicted && moved ? 1 : 0,
                !predicted && !moved ? 1 : 0);
    }

    /** Both counts together. */
    public HopCounts plus(HopCounts other) {
        return new HopCounts(
                both + other.both,
                predictedOnly + other.predictedOnly,
                movedOnly + other.movedOnly,
                neither + other.neither);
    }

    /** All that were counted. */
    public long all() {
        return both + predictedOnly + movedOnly + neither;
    }

    /** Those predicted to move. */
    public long predicted() {
        return both + predictedOnly;
    }

    /** Those that moved. */
    public long moved() {
        return both + movedOnly;
    }

    /** Share of the predicted that moved; NaN if none was predicted. */
    public double precision() {
        return (double) both / predicted();
    }

    /** Share of the moved that were predicted; NaN if none moved. */
    public double recall() {
        return (double) both / moved();
    }
}
