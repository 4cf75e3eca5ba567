package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;
import static org.lilgatsby.kernel.LaneTree.LANES;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Sums along a row: the 16 virtual lanes are summed one or two vectors at a time over the whole row, stored, and joined
 * by {@link LaneTree}. {@code lanes} is scratch memory, from {@link CacheLine#ALIGNED_OFFSET} on.
 */
final class VectorLanes {
    private static final VectorShuffle<Float> ROTATE_1 = rotation(1);
    private static final VectorShuffle<Float> ROTATE_2 = rotation(2);
    private static final VectorShuffle<Float> ROTATE_4 = rotation(4);
    private static final VectorShuffle<Float> ROTATE_8 = rotation(8);

    /**
     * Whether two vectors of lanes are summed together, where there are two: rows are short, and each loop has its
     * cost.
     */
    static final boolean PAIRS = LENGTH < LANES;

    /** Lanes of a pass over the row. */
    static final int STRIDE = PAIRS ? 2 * LENGTH : LENGTH;

    private VectorLanes() {}

    private static VectorShuffle<Float> rotation(int places) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane + places) % LENGTH);
    }

    /**
     * {@link LaneTree#join}: after each pass a lane holds its own sum plus that of the lane a fixed number of places
     * on, and since addition commutes, all lanes end with the same bits.
     */
    static float join(float[] lanes, int at) {
        FloatVector sum = FloatVector.fromArray(FLOATS, lanes, at);
        if (LENGTH == 16) {
            sum = sum.add(sum.rearrange(ROTATE_8));
        } else if (LENGTH == 8) {
            sum = sum.add(FloatVector.fromArray(FLOATS, lanes, at + 8));
        } else {
            FloatVector behind = FloatVector.fromArray(FLOATS, lanes, at + 4);
            sum = sum.add(FloatVector.fromArray(FLOATS, lanes, at + 8));
            sum = sum.add(behind.add(FloatVector.fromArray(FLOATS, lanes, at + 12)));
        }
        if (LENGTH >= 8) {
            sum = sum.add(sum.rearrange(ROTATE_4));
        }
        sum = sum.add(sum.rearrange(ROTATE_2));
        return sum.add(sum.rearrange(ROTATE_1)).lane(0);
    }

    /** The greatest of n values; -infinity if there are none; NaN is never the greatest. */
    static float max(float[] lanes, float[] x, int at, int n) {
        FloatVector max = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, at + i);
            max = max.blend(v, v.compare(VectorOperators.GT, max));
        }
        max.intoArray(lanes, ALIGNED_OFFSET);
        float greatest = Float.NEGATIVE_INFINITY;
        for (int lane = ALIGNED_OFFSET; lane < ALIGNED_OFFSET + LENGTH; lane += 4) {
            greatest = Math.max(greatest, Math.max(
                    Math.max(lanes[lane], lanes[lane + 1]), Math.max(lanes[lane + 2], lanes[lane + 3])));
        }
        for (; i < n; i++) {
            greatest = x[at + i] > greatest ? x[at + i] : greatest;
        }
        return greatest;
    }

    /** Sum of n values. */
    static float sum(float[] lanes, float[] x, int at, int n) {
        addUp(lanes, ALIGNED_OFFSET, x, at, n);
        return join(lanes, ALIGNED_OFFSET);
    }

    /** The lanes of the sum of n values. */
    static void addUp(float[] lanes, int lanesAt, float[] x, int at, int n) {
        int whole = n - n % LANES;
        for (int lane = 0; lane < LANES; lane += STRIDE) {
            FloatVector sum0 = FloatVector.zero(FLOATS);
            FloatVector sum1 = sum0;
            for (int i = at + lane; i < at + whole; i += LANES) {
                sum0 = sum0.add(FloatVector.fromArray(FLOATS, x, i));
                if (PAIRS) {
                    sum1 = sum1.add(FloatVector.fromArray(FLOATS, x, i + LENGTH));
                }
            }
            sum0.intoArray(lanes, lanesAt + lane);
            if (PAIRS) {
                sum1.intoArray(lanes, lanesAt + lane + LENGTH);
            }
        }
        for (int i = whole; i < n; i++) {
            lanes[lanesAt + i - whole] += x[at + i];
        }
    }

    /** Sum of (x - mean)^2 of n values. */
    static float squares(float[] lanes, float[] x, int at, int n, float mean) {
        addUpSquares(lanes, ALIGNED_OFFSET, x, at, n, mean);
        return join(lanes, ALIGNED_OFFSET);
    }

    /** The lanes of the sum of (x - mean)^2 of n values. */
    static void addUpSquares(float[] lanes, int lanesAt, float[] x, int at, int n, float mean) {
        int whole = n - n % LANES;
        for (int lane = 0; lane < LANES; lane += STRIDE) {
            FloatVector sum0 = FloatVector.zero(FLOATS);
            FloatVector sum1 = sum0;
            for (int i = at + lane; i < at + whole; i += LANES) {
                FloatVector d0 = FloatVector.fromArray(FLOATS, x, i).sub(mean);
                sum0 = d0.fma(d0, sum0);
                if (PAIRS) {
                    FloatVector d1 = FloatVector.fromArray(FLOATS, x, i + LENGTH).sub(mean);
                    sum1 = d1.fma(d1, sum1);
                }
            }
            sum0.intoArray(lanes, lanesAt + lane);
            if (PAIRS) {
                sum1.intoArray(lanes, lanesAt + lane + LENGTH);
            }
        }
        for (int i = whole; i < n; i++) {
            float d = x[at + i] - mean;
            lanes[lanesAt + i - whole] = Math.fma(d, d, lanes[lanesAt + i - whole]);
        }
    }
}
