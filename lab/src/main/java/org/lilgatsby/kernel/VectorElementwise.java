package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Lookups, sums of arrays, and the parts of a gradient. The specification computes what is left after the last whole
 * vector.
 */
final class VectorElementwise {
    private static final ScalarKernels SCALAR = new ScalarKernels();
    private static final int CHUNK = 1024;

    private VectorElementwise() {}

    static void add(float[] target, int targetAt, float[] source, int sourceAt, int n, boolean accumulate) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector sum = FloatVector.fromArray(FLOATS, source, sourceAt + i);
            if (accumulate) {
                sum = sum.add(FloatVector.fromArray(FLOATS, target, targetAt + i));
            } else {
                sum = sum.add(0f);
            }
            sum.intoArray(target, targetAt + i);
        }
        SCALAR.add(target, targetAt + i, source, sourceAt + i, n - i, accumulate);
    }

    static void embed(
            float[] x, int xAt, float[] wte, int wteAt, float[] wpe, int wpeAt,
            int[] ids, int idsAt, int rows, int channels, boolean rounded) {
        for (int t = 0; t < rows; t++) {
            int row = xAt + t * channels;
            System.arraycopy(wte, wteAt + ids[idsAt + t] * channels, x, row, channels);
            add(x, row, wpe, wpeAt + t * channels, channels, true);
        }
        if (rounded) {
            VectorMath.round(x, xAt, rows * channels);
        }
    }

    static void embedBackward(
            float[] dlookup, int dlookupAt, float[] dx, int dxAt, int[] ids, int idsAt,
            int positions, int channels, int from, int to) {
        for (int t = 0; t < positions; t++) {
            int token = dlookupAt + ids[idsAt + t] * channels + from;
            add(dlookup, token, dx, dxAt + t * channels + from, to - from, true);
        }
    }

    static void joinParts(
            float[] g, int at, float[][] parts, int count, int partsAt, int n, boolean rounded, boolean accumulate) {
        float[] scratch = VectorScratch.atLeast(2 * CHUNK);
        for (int i = 0; i < n; i += CHUNK) {
            int length = Math.min(CHUNK, n - i);
            float[] target = accumulate ? scratch : g;
            int targetAt = accumulate ? ALIGNED_OFFSET : at + i;
            if (count == 1 && rounded) {
                VectorMath.round(target, targetAt, parts[0], partsAt + i, length);
            } else {
                tree(target, targetAt, parts, count, partsAt + i, length);
                if (rounded) {
                    VectorRows.round(target, targetAt, length, 1, length);
                }
            }
            if (accumulate) {
                add(g, at + i, scratch, ALIGNED_OFFSET, length, true);
                if (rounded) {
                    VectorRows.round(g, at + i, length, 1, length);
                }
            }
        }
    }

    /** Up to 16 parts: the tree of the first 8, and the tree of the others added to it. */
    private static void tree(float[] target, int at, float[][] parts, int count, int partsAt, int n) {
        int whole = count <= 16 ? n - n % LENGTH : 0;
        if (whole > 0) {
            eight(target, at, parts, 0, Math.min(8, count), partsAt, whole);
        }
        if (whole > 0 && count > 8) {
            float[] others = VectorScratch.atLeast(2 * CHUNK);
            eight(others, ALIGNED_OFFSET + CHUNK, parts, 8, count - 8, partsAt, whole);
            add(target, at, others, ALIGNED_OFFSET + CHUNK, whole, true);
        }
        SCALAR.joinParts(target, at + whole, parts, count, partsAt + whole, n - whole, false, false);
    }

    /** The tree of 1 to 8 parts; empty slots hold -0, which changes no sum. */
    private static void eight(float[] target, int at, float[][] parts, int first, int count, int partsAt, int n) {
        FloatVector none = FloatVector.broadcast(FLOATS, -0f);
        for (int i = 0; i < n; i += LENGTH) {
            int p = partsAt + i;
            FloatVector p0 = FloatVector.fromArray(FLOATS, parts[first], p);
            FloatVector p1 = count > 1 ? FloatVector.fromArray(FLOATS, parts[first + 1], p) : none;
            FloatVector p2 = count > 2 ? FloatVector.fromArray(FLOATS, parts[first + 2], p) : none;
            FloatVector p3 = count > 3 ? FloatVector.fromArray(FLOATS, parts[first + 3], p) : none;
            FloatVector p4 = count > 4 ? FloatVector.fromArray(FLOATS, parts[first + 4], p) : none;
            FloatVector p5 = count > 5 ? FloatVector.fromArray(FLOATS, parts[first + 5], p) : none;
            FloatVector p6 = count > 6 ? FloatVector.fromArray(FLOATS, parts[first + 6], p) : none;
            FloatVector p7 = count > 7 ? FloatVector.fromArray(FLOATS, parts[first + 7], p) : none;
            p0.add(p1).add(p2.add(p3)).add(p4.add(p5).add(p6.add(p7))).intoArray(target, at + i);
        }
    }
}
