package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;
import static org.lilgatsby.kernel.VectorTile.NARROW_LD;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;
import static org.lilgatsby.kernel.VectorWidth.PANEL;

import jdk.incubator.vector.FloatVector;

/** The dense products of the linear layers, and packing for them. */
final class VectorMatmul {
    private static final ScalarKernels SCALAR = new ScalarKernels();

    /** The number of rows that are finished together is a multiple of this, so that tiles of 4 and of 6 stay whole. */
    private static final int ROWS = 12;

    /**
     * Floats finished together, or twelve rows if that is more: they fit in the first-level cache. Where nothing is
     * left to be done to sums, all rows are computed at once.
     */
    private static final int FINISHED = 3_072;

    /** Terms of a block of a product. */
    private static final int DEPTH = 512;

    /**
     * Floats of a block of a second factor: it stays in the second-level cache, 512 KiB or more, beside what streams
     * past.
     */
    private static final int BLOCK = 32_768;

    /** Floats of a cache line. */
    private static final int LINE = 16;

    private VectorMatmul() {}

    static void pack(PackedMatrix b, float[] w, int at, int ld, boolean transposed, boolean rounded) {
        for (int j = 0; j < b.columns(); j += PANEL) {
            int columns = Math.min(PANEL, b.columns() - j);
            if (transposed) {
                VectorTranspose.pack(b.values(), b.at(0, j), w, at + j * ld, ld, b.rows(), columns);
            } else {
                copyRows(b.values(), b.at(0, j), PANEL, w, at + j, ld, b.rows(), columns);
            }
        }
        if (rounded) {
            VectorMath.round(b.values(), ALIGNED_OFFSET, b.values().length - ALIGNED_OFFSET);
        }
    }

    /** A matrix of {@code rows} x {@code columns} as panels, one after the other: panel[k][c] = w[k][c]. */
    static void packRows(float[] panels, int panelsAt, float[] w, int at, int ld, int rows, int columns) {
        for (int c = 0; c < columns; c += PANEL) {
            copyRows(panels, panelsAt + c * rows, PANEL, w, at + c, ld, rows, Math.min(PANEL, columns - c));
        }
    }

    /**
     * to[k][c] = from[k][c]; what is left after the pairs of vectors is copied with the last whole vector, if one
     * covers it.
     */
    private static void copyRows(
            float[] to, int toAt, int toLd, float[] from, int fromAt, int fromLd, int rows, int columns) {
        int pairs = columns - columns % (2 * LENGTH);
        for (int c = 0; c < pairs; c += 2 * LENGTH) {
            for (int k = 0; k < rows; k++) {
                FloatVector.fromArray(FLOATS, from, fromAt + k * fromLd + c).intoArray(to, toAt + k * toLd + c);
                FloatVector.fromArray(FLOATS, from, fromAt + k * fromLd + c + LENGTH)
                        .intoArray(to, toAt + k * toLd + c + LENGTH);
            }
        }
        if (pairs < columns && columns >= LENGTH && columns - pairs <= LENGTH) {
            int c = columns - LENGTH;
            for (int k = 0; k < rows; k++) {
                FloatVector.fromArray(FLOATS, from, fromAt + k * fromLd + c).intoArray(to, toAt + k * toLd + c);
            }
        } else if (pairs < columns) {
            for (int k = 0; k < rows; k++) {
                System.arraycopy(from, fromAt + k * fromLd + pairs, to, toAt + k * toLd + pairs, columns - pairs);
            }
        }
    }

    /** Works on a block of b at a time, all rows, in ascending order of k; sums wait in out meanwhile. */
    static void multiply(
            float[] out, int outAt, int outLd, float[] residual,
            float[] a, int aAt, int aLd, PackedMatrix b, float[] bias, int biasAt, int rows, boolean rounded) {
        int depth = b.rows();
        int width = columnsAtOnce(Math.min(DEPTH, depth));
        for (int j = 0; j < b.columns(); j += width) {
            int columns = Math.min(width, b.columns() - j);
            int chunk = rounded || residual != null ? Math.max(1, FINISHED / ROWS / columns) * ROWS : Math.max(1, rows);
            for (int k = 0; k < Math.max(1, depth); k += DEPTH) {
                int terms = Math.min(DEPTH, depth - k);
                boolean last = k + terms == depth;
                for (int i = 0; i < rows; i += chunk) {
                    int tile = Math.min(chunk, rows - i);
                    int o = outAt + i * outLd + j;
                    int x = aAt + i * aLd + k;
                    if (k == 0 && bias != null) {
                        VectorTile.layer(
                                out, o, outLd, bias, biasAt + j, a, x, aLd, b.values(), b.at(0, j), depth * PANEL,
                                terms, tile, 0, columns);
                    } else {
                        VectorTile.product(
                                out, o, outLd, k > 0, a, x, aLd, b.values(), b.at(k, j), depth * PANEL, terms, tile, 0,
                                columns);
                    }
                    if (last) {
                        finish(out, residual, o, outLd, tile, columns, rounded);
                    }
                }
            }
        }
    }

    /** Columns of a block of so many rows, whole panels. */
    private static int columnsAtOnce(int depth) {
        return Math.max(PANEL, BLOCK / Math.max(1, depth) / PANEL * PANEL);
    }

    /** What happens to sums: rounded if wanted, then added to the residual, if there is one. */
    static void finish(float[] out, float[] residual, int at, int ld, int rows, int columns, boolean rounded) {
        if (rounded) {
            VectorRows.round(out, at, ld, rows, columns);
        }
        if (residual != null && ld == columns) {
            addRow(out, residual, at, rows * columns, rounded);
        } else if (residual != null) {
            for (int r = 0; r < rows; r++) {
                addRow(out, residual, at + r * ld, columns, rounded);
            }
        }
    }

    private static void addRow(float[] out, float[] residual, int at, int n, boolean rounded) {
        if (rounded) {
            VectorRows.roundSum(out, at, residual, at, n);
        } else {
            VectorElementwise.add(out, at, residual, at, n, true);
        }
    }

    /**
     * With 16 registers x and dy are always copied: read in place, rows of 256 bytes and a panel of dy do not fit their
     * sets of the cache, and there is no time to wait for the second level. With 32, they are copied where rows or
     * columns do not fill tiles.
     */
    static void weightGradient(
            float[] dw, int dwAt, int dwLd, float[] x, int xAt, int xLd, float[] dy, int dyAt, int dyLd,
            int positions, int from, int to, int columns, boolean accumulate) {
        if (VectorTile.fillTiles(to - from, columns)) {
            VectorTile.transposedInPlace(
                    dw, dwAt + from * dwLd, dwLd, accumulate, x, xAt + from, xLd, dy, dyAt, dyLd, positions, to - from,
                    columns);
        } else {
            ofCopiedRows(dw, dwAt, dwLd, x, xAt, xLd, dy, dyAt, dyLd, positions, from, to, columns, accumulate);
        }
    }

    /**
     * Copies x, and dy a block of columns at a time. A cache line separates the groups of x; without it all groups
     * would fall into the same sets of the cache.
     */
    private static void ofCopiedRows(
            float[] dw, int dwAt, int dwLd, float[] x, int xAt, int xLd, float[] dy, int dyAt, int dyLd,
            int positions, int from, int to, int columns, boolean accumulate) {
        int rows = to - from;
        int group = positions * NARROW_LD + LINE;
        int dys = ALIGNED_OFFSET + Math.ceilDiv(rows, NARROW_LD) * group;
        int width = Math.min(columnsAtOnce(positions), Math.ceilDiv(columns, PANEL) * PANEL);
        float[] scratch = VectorScratch.atLeast(dys - ALIGNED_OFFSET + width * positions);
        int whole = rows - rows % NARROW_LD;
        copyGroups(scratch, ALIGNED_OFFSET, group, x, xAt + from, xLd, positions, whole);
        if (whole < rows) {
            copyRows(scratch, dys - group, NARROW_LD, x, xAt + from + whole, xLd, positions, rows - whole);
        }
        for (int j = 0; j < columns; j += width) {
            int block = Math.min(width, columns - j);
            packRows(scratch, dys, dy, dyAt + j, dyLd, positions, block);
            for (int i = 0; i < rows; i += NARROW_LD) {
                VectorTile.transposed(
                        dw, dwAt + (from + i) * dwLd + j, dwLd, accumulate, scratch,
                        ALIGNED_OFFSET + i / NARROW_LD * group, NARROW_LD, scratch, dys, positions * PANEL, positions,
                        Math.min(NARROW_LD, rows - i), block);
            }
        }
    }

    /**
     * Groups of {@link VectorTile#NARROW_LD} columns, {@code size} floats apart: group[k][c] = x[k][c]. Row by row,
     * since x may not be in the cache, and the processor prefetches along a row.
     */
    private static void copyGroups(
            float[] groups, int groupsAt, int size, float[] x, int xAt, int xLd, int positions, int columns) {
        for (int k = 0; k < positions; k++) {
            int from = xAt + k * xLd;
            int to = groupsAt + k * NARROW_LD;
            for (int c = 0; c < columns; c += NARROW_LD) {
                for (int v = 0; v < NARROW_LD; v += LENGTH) {
                    FloatVector.fromArray(FLOATS, x, from + v).intoArray(groups, to + v);
                }
                from += NARROW_LD;
                to += size;
            }
        }
    }

    /** Four vectors of columns at a time, since each addition waits for the one before. */
    static void columnSums(
            float[] db, int dbAt, float[] dy, int dyAt, int dyLd, int positions, int from, int to, boolean accumulate) {
        FloatVector zero = FloatVector.zero(FLOATS);
        int j = from;
        for (; j <= to - 4 * LENGTH; j += 4 * LENGTH) {
            FloatVector s0 = accumulate ? FloatVector.fromArray(FLOATS, db, dbAt + j) : zero;
            FloatVector s1 = accumulate ? FloatVector.fromArray(FLOATS, db, dbAt + j + LENGTH) : zero;
            FloatVector s2 = accumulate ? FloatVector.fromArray(FLOATS, db, dbAt + j + 2 * LENGTH) : zero;
            FloatVector s3 = accumulate ? FloatVector.fromArray(FLOATS, db, dbAt + j + 3 * LENGTH) : zero;
            for (int t = 0; t < positions; t++) {
                int row = dyAt + t * dyLd + j;
                s0 = s0.add(FloatVector.fromArray(FLOATS, dy, row));
                s1 = s1.add(FloatVector.fromArray(FLOATS, dy, row + LENGTH));
                s2 = s2.add(FloatVector.fromArray(FLOATS, dy, row + 2 * LENGTH));
                s3 = s3.add(FloatVector.fromArray(FLOATS, dy, row + 3 * LENGTH));
            }
            s0.intoArray(db, dbAt + j);
            s1.intoArray(db, dbAt + j + LENGTH);
            s2.intoArray(db, dbAt + j + 2 * LENGTH);
            s3.intoArray(db, dbAt + j + 3 * LENGTH);
        }
        for (; j <= to - LENGTH; j += LENGTH) {
            FloatVector sum = accumulate ? FloatVector.fromArray(FLOATS, db, dbAt + j) : zero;
            for (int t = 0; t < positions; t++) {
                sum = sum.add(FloatVector.fromArray(FLOATS, dy, dyAt + t * dyLd + j));
            }
            sum.intoArray(db, dbAt + j);
        }
        SCALAR.columnSums(db, dbAt, dy, dyAt, dyLd, positions, j, to, accumulate);
    }
}
