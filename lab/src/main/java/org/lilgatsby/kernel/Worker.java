package org.lilgatsby.kernel;

/**
 * One worker's share of a task that several workers do together: which part of a range is its own, and
 * where to wait for the others. How a range is cut never changes a bit of the result.
 */
public final class Worker {
    /** Ranges are cut at multiples of this, so that tiles stay whole. */
    private static final int GRAIN = 8;

    private final int index;
    private final int size;
    private final Barrier barrier;

    Worker(int index, int size, Barrier barrier) {
        this.index = index;
        this.size = size;
        this.barrier = barrier;
    }

    /** A worker on its own: every range is its own, and it never waits. */
    public static Worker alone() {
        return new Worker(0, 1, null);
    }

    /** Which of the workers this is, from 0. */
    public int index() {
        return index;
    }

    /** How many workers there are. */
    public int size() {
        return size;
    }

    /** First of this worker's part of [0, n). */
    public int from(int n) {
        return cut(n, index);
    }

    /** End, exclusive, of this worker's part of [0, n). */
    public int to(int n) {
        return cut(n, index + 1);
    }

    /**
     * First of this worker's part of [0, n), where several ranges of equal cost are cut together, one after the other.
     *
     * @param place which of these ranges it is, from 0
     * @param count how many ranges there are
     */
    public int from(int n, int place, int count) {
        return cut(n, Math.clamp((long) count * index - (long) place * size, 0, size));
    }

    /** End, exclusive, of what begins at {@link #from(int, int, int)}. */
    public int to(int n, int place, int count) {
        return cut(n, Math.clamp((long) count * (index + 1) - (long) place * size, 0, size));
    }

    /** Waits until all workers are here. */
    public void await() {
        if (barrier != null) {
            barrier.await();
        }
    }

    private int cut(int n, int part) {
        if (part == size) {
            return n;
        }
        int grains = Math.ceilDiv(n, GRAIN);
        return Math.min(n, (int) ((long) grains * part / size) * GRAIN);
    }
}
