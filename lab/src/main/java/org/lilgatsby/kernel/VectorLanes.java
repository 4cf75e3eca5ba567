package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.LaneTree.LANES;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Sums along a row: the 16 virtual lanes of {@link LaneTree} in one, two or four vectors, then its tree. A
 * vector of fewer lanes goes over the row once for each of its groups of lanes.
 */
final class VectorLanes {
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(FLOATS, 8 % LENGTH, 1, true);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(FLOATS, 4 % LENGTH, 1, true);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(FLOATS, 2, 1, true);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(FLOATS, 1, 1, true);

    private VectorLanes() {}

    /** The greatest of n values; -infinity if there is none, NaN is never the greatest. */
    static float max(float[] x, int at, int n) {
        FloatVector max = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            max = greater(max, FloatVector.fromArray(FLOATS, x, at + i));
        }
        if (LENGTH >= 16) {
            max = greater(max, max.rearrange(BY_8));
        }
        if (LENGTH >= 8) {
            max = greater(max, max.rearrange(BY_4));
        }
        max = greater(max, max.rearrange(BY_2));
        float greatest = greater(max, max.rearrange(BY_1)).lane(0);
        for (; i < n; i++) {
            if (x[at + i] > greatest) {
                greatest = x[at + i];
            }
        }
        return greatest;
    }

    private static FloatVector greater(FloatVector a, FloatVector b) {
        return a.blend(b, b.compare(VectorOperators.GT, a));
    }

    /** Sum of n values. */
    static float sum(float[] x, int at, int n) {
        if (LENGTH == 16) {
            return join(sums(x, at, n, 0));
        }
        if (LENGTH == 8) {
            return join(sums(x, at, n, 0).add(sums(x, at, n, 8)));
        }
        return join(sums(x, at, n, 0).add(sums(x, at, n, 8)).add(sums(x, at, n, 4).add(sums(x, at, n, 12))));
    }

    /** Sum of (x - mean)^2 of n values. */
    static float squares(float[] x, int at, int n, float mean) {
        if (LENGTH == 16) {
            return join(squares(x, at, n, mean, 0));
        }
        if (LENGTH == 8) {
            return join(squares(x, at, n, mean, 0).add(squares(x, at, n, mean, 8)));
        }
        return join(squares(x, at, n, mean, 0)
                .add(squares(x, at, n, mean, 8))
                .add(squares(x, at, n, mean, 4).add(squares(x, at, n, mean, 12))));
    }

    /** The tree over the lanes of one vector; those of several vectors have been added already. */
    static float join(FloatVector lanes) {
        FloatVector sum = lanes;
        if (LENGTH >= 16) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (LENGTH >= 8) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        sum = sum.add(sum.rearrange(BY_2));
        sum = sum.add(sum.rearrange(BY_1));
        return sum.lane(0);
    }

    private static FloatVector sums(float[] x, int at, int n, int lane) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int i = lane;
        for (; i <= n - LENGTH; i += LANES) {
            sum = sum.add(FloatVector.fromArray(FLOATS, x, at + i));
        }
        if (i < n) {
            VectorMask<Float> mask = FLOATS.indexInRange(i, n);
            sum = sum.blend(sum.add(FloatVector.fromArray(FLOATS, x, at + i, mask)), mask);
        }
        return sum;
    }

    private static FloatVector squares(float[] x, int at, int n, float mean, int lane) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int i = lane;
        for (; i <= n - LENGTH; i += LANES) {
            FloatVector d = FloatVector.fromArray(FLOATS, x, at + i).sub(mean);
            sum = d.fma(d, sum);
        }
        if (i < n) {
            VectorMask<Float> mask = FLOATS.indexInRange(i, n);
            FloatVector d = FloatVector.fromArray(FLOATS, x, at + i, mask).sub(mean);
            sum = sum.blend(d.fma(d, sum), mask);
        }
        return sum;
    }
}
