package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;
import static org.lilgatsby.kernel.VectorWidth.PAIR;
import static org.lilgatsby.kernel.VectorWidth.PANEL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Matrix products with a packed second factor, cut into tiles whose sums stay in registers: 4 rows and 4 vectors where there
 * are 32 registers (512-bit vectors), 6 rows and 2 vectors where there are 16. The tiles' classes are generated at
 * build time from {@code src/main/tiles/Tile.template}; here is chosen which takes what. Every sum starts from its initial
 * value and goes over k in ascending order, whatever the tile.
 */
final class VectorTile {
    /** Floats between rows of a first factor that is read as it lies, at an offset that is a constant. */
    static final int A_LD = 64;

    /**
     * The same where it is copied first: with 16 registers as many as are copied together, so that they are in the
     * first-level cache; rows of 256 bytes would use a quarter of the cache's sets.
     */
    static final int NARROW_LD = LENGTH == 16 ? A_LD : 3 * LENGTH;

    /** Most terms of a product in one go. */
    static final int DEPTH = 512;

    /** Floats between rows of a first factor that is copied to be read by its rows: an odd number of lines of the cache. */
    static final int ROW_LD = DEPTH + 16;

    /** Terms of a round of the tile of six rows. */
    private static final int ROUND = 4;

    /** Rows of the tile of two blocks. */
    static final int BLOCKS = 2 * Kernels.ATTENTION_BLOCK;

    private static final boolean MANY_REGISTERS = LENGTH == 16;

    private VectorTile() {}

    /**
     * Whether a first factor is to be copied to rows of {@link #ROW_LD} floats. With rows a constant apart a tile of
     * six rows has one index instead of six, and takes several terms in a round.
     */
    static boolean copiesRows(int aLd) {
        return !MANY_REGISTERS && aLd != A_LD;
    }

    /**
     * out[i][c] = bias[c] + sum over k &lt; depth of a[i][k]*b[k][c], for i &lt; rows and c &lt; columns.
     *
     * @param aLd {@link #ROW_LD} or {@link #A_LD} with 16 registers
     * @param b panels of {@link VectorWidth#PANEL} columns, {@code size} floats apart
     */
    static void layer(
            float[] out, int outAt, int outLd, float[] bias, int biasAt,
            float[] a, int aAt, int aLd, float[] b, int bAt, int size, int depth, int rows, int columns) {
        int tiles = wholeTiles(columns, depth);
        if (tiles > 0 && MANY_REGISTERS) {
            Tile4x4.layer(out, outAt, outLd, bias, biasAt, a, aAt, aLd, b, bAt, size, tiles, depth, rows);
        } else if (tiles > 0) {
            int six = sixes(rows);
            int rest = depth % ROUND;
            if (aLd == A_LD) {
                Tile6x2.layerDense(out, outAt, outLd, bias, biasAt, a, aAt, b, bAt, size, tiles, depth - rest, six);
            } else {
                Tile6x2.layerCopied(out, outAt, outLd, bias, biasAt, a, aAt, b, bAt, size, tiles, depth - rest, six);
            }
            if (rest > 0) {
                Tile4x2.product(
                        out, outAt, outLd, true, a, aAt + depth - rest, aLd, b, bAt + (depth - rest) * PANEL, size, tiles, rest,
                        six);
            }
            Tile4x2.layer(
                    out, outAt + six * outLd, outLd, bias, biasAt, a, aAt + six * aLd, aLd, b, bAt, size, tiles, depth,
                    rows - six);
        }
        int c = tiles * PANEL;
        for (; MANY_REGISTERS && c <= columns - PAIR; c += PAIR) {
            Tile4x2.layer(
                    out, outAt + c, outLd, bias, biasAt + c, a, aAt, aLd, b, bAt + c / PANEL * size + c % PANEL, size, 1, depth,
                    rows);
        }
        edge(out, outAt, outLd, bias, biasAt, 0, a, aAt, aLd, 1, b, bAt, size, depth, rows, c, columns);
    }

    /**
     * out[i][c] = (accumulate ? out[i][c] : 0) + sum over k &lt; depth of a[i][k]*b[k][c], for i &lt; rows and
     * from &lt;= c &lt; to.
     *
     * @param aLd with {@link #ROW_LD} and {@link #A_LD} a tile takes several terms in a round
     * @param b panels of {@link VectorWidth#PANEL} columns, {@code size} floats apart
     * @param from a multiple of two vectors; from within a panel on, all goes in pairs of vectors
     */
    static void product(
            float[] out, int outAt, int outLd, boolean accumulate,
            float[] a, int aAt, int aLd, float[] b, int bAt, int size, int depth, int rows, int from, int to) {
        int c = from;
        int tiles = from % PANEL == 0 ? wholeTiles(to - from, depth) : 0;
        if (tiles > 0) {
            int o = outAt + from;
            int panel = bAt + from / PANEL * size;
            if (MANY_REGISTERS) {
                Tile4x4.product(out, o, outLd, accumulate, a, aAt, aLd, b, panel, size, tiles, depth, rows);
            } else {
                int six = sixes(rows);
                int rest = aLd == ROW_LD || aLd == A_LD ? depth % ROUND : 0;
                if (aLd == ROW_LD) {
                    Tile6x2.productCopied(out, o, outLd, accumulate, a, aAt, b, panel, size, tiles, depth - rest, six);
                } else if (aLd == A_LD) {
                    Tile6x2.productDense(out, o, outLd, accumulate, a, aAt, b, panel, size, tiles, depth - rest, six);
                } else {
                    Tile6x2.product(out, o, outLd, accumulate, a, aAt, aLd, b, panel, size, tiles, depth, six);
                }
                if (rest > 0) {
                    Tile4x2.product(
                            out, o, outLd, true, a, aAt + depth - rest, aLd, b, panel + (depth - rest) * PANEL, size, tiles, rest,
                            six);
                }
                Tile4x2.product(
                        out, o + six * outLd, outLd, accumulate, a, aAt + six * aLd, aLd, b, panel, size, tiles, depth,
                        rows - six);
            }
            c += tiles * PANEL;
        }
        for (; MANY_REGISTERS && c <= to - PAIR; c += PAIR) {
            Tile4x2.product(
                    out, outAt + c, outLd, accumulate, a, aAt, aLd, b, bAt + c / PANEL * size + c % PANEL, size, 1, depth, rows);
        }
        edge(out, outAt, outLd, accumulate ? out : null, outAt, outLd, a, aAt, aLd, 1, b, bAt, size, depth, rows, c, to);
    }

    /**
     * out[i][c] = (accumulate ? out[i][c] : 0) + sum over k &lt; depth of a[k][i]*b[k][c], for i &lt; rows and
     * c &lt; columns; of a up to three columns beyond {@code rows} are read.
     *
     * @param aLd {@link #A_LD} or {@link #NARROW_LD}
     * @param b panels of {@link VectorWidth#PANEL} columns, {@code size} floats apart
     */
    static void transposed(
            float[] out, int outAt, int outLd, boolean accumulate, float[] a, int aAt, int aLd,
            float[] b, int bAt, int size, int depth, int rows, int columns) {
        int tiles = wholeTiles(columns, depth);
        if (tiles > 0 && MANY_REGISTERS) {
            Tile4x4.transposed(out, outAt, outLd, accumulate, a, aAt, b, bAt, size, tiles, depth, rows);
        } else if (tiles > 0 && aLd == NARROW_LD) {
            int six = sixes(rows);
            int rest = depth % ROUND;
            Tile6x2.transposedNarrow(out, outAt, outLd, accumulate, a, aAt, b, bAt, size, tiles, depth - rest, six);
            if (rest > 0) {
                Tile4x2.transposedNarrow(
                        out, outAt, outLd, true, a, aAt + (depth - rest) * NARROW_LD, b, bAt + (depth - rest) * PANEL, size,
                        tiles, rest, six);
            }
            Tile4x2.transposedNarrow(
                    out, outAt + six * outLd, outLd, accumulate, a, aAt + six, b, bAt, size, tiles, depth, rows - six);
        } else if (tiles > 0) {
            Tile4x2.transposed(out, outAt, outLd, accumulate, a, aAt, b, bAt, size, tiles, depth, rows);
        }
        int c = tiles * PANEL;
        for (; MANY_REGISTERS && c <= columns - PAIR; c += PAIR) {
            Tile4x2.transposed(
                    out, outAt + c, outLd, accumulate, a, aAt, b, bAt + c / PANEL * size + c % PANEL, size, 1, depth, rows);
        }
        edge(out, outAt, outLd, accumulate ? out : null, outAt, outLd, a, aAt, 1, aLd, b, bAt, size, depth, rows, c, columns);
    }

    /**
     * Whether attention's products take two blocks of rows at a time: with heads of two vectors, on a processor with
     * registers for 16 sums. One block has 8, no more than hide the latency of a multiply-add.
     */
    static boolean takesTwoBlocks(int columns) {
        return MANY_REGISTERS && columns == PAIR;
    }

    /** Whether attention's products with one block of rows take two terms at a time: with 16 registers, and nothing left over. */
    static boolean takesTwoTerms(int columns, int depth) {
        return !MANY_REGISTERS && columns % PANEL == 0 && depth % 2 == 0;
    }

    /** How many panels are as wide as a tile; the wide one takes two k at a time. */
    private static int wholeTiles(int columns, int depth) {
        return MANY_REGISTERS && depth % 2 != 0 ? 0 : columns / PANEL;
    }

    /** How many rows go in tiles of six, so that few are left over for tiles of four: 128 are 20 times 6 and twice 4. */
    private static int sixes(int rows) {
        return rows - (rows % 6 == 2 && rows > 6 ? 8 : rows % 6);
    }

    /** Whether {@link #transposed} reads no columns of an a that is not copied beyond so many rows of out. */
    static boolean fillsTiles(int rows) {
        return rows % 4 == 0;
    }

    /** What no tile covers, a vector at a time; a[i][k] is at {@code aAt + i*aRow + k*aColumn}. */
    private static void edge(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd, float[] a, int aAt, int aRow, int aColumn,
            float[] b, int bAt, int size, int depth, int rows, int from, int to) {
        for (int c = from; c < to; c += LENGTH) {
            VectorMask<Float> mask = FLOATS.indexInRange(c, to);
            int panel = bAt + c / PANEL * size + c % PANEL;
            for (int i = 0; i < rows; i++) {
                FloatVector sum = FloatVector.zero(FLOATS);
                if (start != null) {
                    sum = FloatVector.fromArray(FLOATS, start, startAt + i * startLd + c, mask);
                }
                for (int k = 0; k < depth; k++) {
                    FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + i * aRow + k * aColumn]);
                    sum = x.fma(FloatVector.fromArray(FLOATS, b, panel + k * PANEL), sum);
                }
                sum.intoArray(out, outAt + i * outLd + c, mask);
            }
        }
    }
}
