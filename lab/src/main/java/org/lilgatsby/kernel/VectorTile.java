package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;
import static org.lilgatsby.kernel.VectorWidth.MANY_REGISTERS;
import static org.lilgatsby.kernel.VectorWidth.PAIR;
import static org.lilgatsby.kernel.VectorWidth.PANEL;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Matrix products cut into tiles whose sums stay in registers: 6 or 4 rows and 4 vectors where there are 32 registers
 * (vectors of 512 bits, or ARM), 6 or 4 rows and 2 vectors where there are 16, or four vectors do not fit. The second
 * factor is packed, except for {@link #transposedInPlace}. The tiles' classes are generated at build time from
 * {@code src/main/tiles/Tile.template}; this class chooses which tile computes what. Every sum starts from its initial
 * value and adds its terms in ascending order of k, whatever the tile.
 */
final class VectorTile {
    /** Floats between rows of scores, which attention's products read along rows, along columns and in blocks. */
    static final int A_LD = 64;

    /**
     * The same where the factor is copied first: with 16 registers only as many as are copied together, so that they
     * fit in the first-level cache; rows of 256 bytes would use only a quarter of the cache's sets.
     */
    static final int NARROW_LD = MANY_REGISTERS ? A_LD : 3 * LENGTH;

    /** Most terms of a product in one go, and the farthest that a factor may start: with both, no index overflows. */
    static final int MOST_TERMS = 1 << 20;

    /** No row or panel starts beyond this: matrices have at most {@link Kernels#MOST_VALUES}. */
    static final int FARTHEST = Integer.MAX_VALUE - 2 * A_LD * MOST_TERMS;

    /** Terms of a round of the tiles of two vectors. */
    private static final int ROUND = 4;

    /** Rows of the tile of two blocks. */
    static final int BLOCKS = 2 * Kernels.ATTENTION_BLOCK;

    private static final float[] ZEROS = new float[1024];

    private VectorTile() {}

    /**
     * out[i][c] = start[c - from] + sum over k &lt; depth of a[i][k]*b[k][c], for i &lt; rows and from &lt;= c &lt; to.
     *
     * @param b panels of {@link VectorWidth#PANEL} columns, {@code size} floats apart
     * @param from a multiple of two vectors; if it lies within a panel, everything is computed in pairs of vectors
     */
    static void layer(
            float[] out, int outAt, int outLd, float[] start, int startAt,
            float[] a, int aAt, int aLd, float[] b, int bAt, int size, int depth, int rows, int from, int to) {
        check(aAt, (long) (rows - 1) * aLd, bAt, (long) (to / PANEL) * size, depth);
        int tiles = from % PANEL == 0 ? (to - from) / PANEL : 0;
        int panel = bAt + from / PANEL * size;
        int c = from + tiles * PANEL;
        if (MANY_REGISTERS) {
            int six = sixes(rows);
            int o = outAt + from;
            Tile6x4.layer(out, o, outLd, start, startAt, a, aAt, aLd, b, panel, size, tiles, depth, six);
            Tile4x4.layer(
                    out, o + six * outLd, outLd, start, startAt, a, aAt + six * aLd, aLd, b, panel, size, tiles, depth,
                    rows - six);
            for (; c <= to - PAIR; c += PAIR) {
                panel = bAt + c / PANEL * size + c % PANEL;
                layerOfPairs(
                        out, outAt + c, outLd, start, startAt + c - from, a, aAt, aLd, b, panel, size, 1, depth, rows);
            }
        } else {
            layerOfPairs(out, outAt + from, outLd, start, startAt, a, aAt, aLd, b, panel, size, tiles, depth, rows);
        }
        edge(out, outAt, outLd, start, startAt - from, 0, a, aAt, aLd, 1, b, bAt, size, depth, rows, c, to);
    }

    /** The same for panels of two vectors; where panels have four, for one pair of vectors anywhere. */
    private static void layerOfPairs(
            float[] out, int outAt, int outLd, float[] start, int startAt,
            float[] a, int aAt, int aLd, float[] b, int bAt, int size, int panels, int depth, int rows) {
        int rest = depth % ROUND;
        int whole = depth - rest;
        int six = sixes(rows);
        Tile6x2.layer(out, outAt, outLd, start, startAt, a, aAt, aLd, b, bAt, size, panels, whole, six);
        Tile4x2.layer(
                out, outAt + six * outLd, outLd, start, startAt, a, aAt + six * aLd, aLd, b, bAt, size, panels, whole,
                rows - six);
        if (rest > 0) {
            Tile4x2.addRest(out, outAt, outLd, a, aAt + whole, aLd, b, bAt + whole * PANEL, size, panels, rest, rows);
        }
    }

    /** out[i][c] += sum over k &lt; depth of a[i][k]*b[k][c], otherwise as {@link #layer}. */
    static void add(
            float[] out, int outAt, int outLd,
            float[] a, int aAt, int aLd, float[] b, int bAt, int size, int depth, int rows, int from, int to) {
        check(aAt, (long) (rows - 1) * aLd, bAt, (long) (to / PANEL) * size, depth);
        int tiles = from % PANEL == 0 ? (to - from) / PANEL : 0;
        int panel = bAt + from / PANEL * size;
        int c = from + tiles * PANEL;
        if (MANY_REGISTERS) {
            int six = sixes(rows);
            int o = outAt + from;
            Tile6x4.add(out, o, outLd, a, aAt, aLd, b, panel, size, tiles, depth, six);
            Tile4x4.add(out, o + six * outLd, outLd, a, aAt + six * aLd, aLd, b, panel, size, tiles, depth, rows - six);
            for (; c <= to - PAIR; c += PAIR) {
                panel = bAt + c / PANEL * size + c % PANEL;
                addOfPairs(out, outAt + c, outLd, a, aAt, aLd, b, panel, size, 1, depth, rows);
            }
        } else {
            addOfPairs(out, outAt + from, outLd, a, aAt, aLd, b, panel, size, tiles, depth, rows);
        }
        edge(out, outAt, outLd, out, outAt, outLd, a, aAt, aLd, 1, b, bAt, size, depth, rows, c, to);
    }

    /** The same for panels of two vectors; where panels have four, for one pair of vectors anywhere. */
    private static void addOfPairs(
            float[] out, int outAt, int outLd,
            float[] a, int aAt, int aLd, float[] b, int bAt, int size, int panels, int depth, int rows) {
        int rest = depth % ROUND;
        int whole = depth - rest;
        int six = sixes(rows);
        Tile6x2.add(out, outAt, outLd, a, aAt, aLd, b, bAt, size, panels, whole, six);
        Tile4x2.add(out, outAt + six * outLd, outLd, a, aAt + six * aLd, aLd, b, bAt, size, panels, whole, rows - six);
        if (rest > 0) {
            Tile4x2.addRest(out, outAt, outLd, a, aAt + whole, aLd, b, bAt + whole * PANEL, size, panels, rest, rows);
        }
    }

    /**
     * out[i][c] = (accumulate ? out[i][c] : 0) + sum over k &lt; depth of a[i][k]*b[k][c], otherwise as {@link #layer}.
     * {@code accumulate} is tested here, not in a tile: for a tile that tested it, the JIT made code half as fast in
     * some runs.
     */
    static void product(
            float[] out, int outAt, int outLd, boolean accumulate,
            float[] a, int aAt, int aLd, float[] b, int bAt, int size, int depth, int rows, int from, int to) {
        if (accumulate) {
            add(out, outAt, outLd, a, aAt, aLd, b, bAt, size, depth, rows, from, to);
            return;
        }
        for (int c = from; c < to; c += ZEROS.length) {
            int end = Math.min(to, c + ZEROS.length);
            layer(out, outAt, outLd, ZEROS, 0, a, aAt, aLd, b, bAt, size, depth, rows, c, end);
        }
    }

    /**
     * out[i][c] = (accumulate ? out[i][c] : 0) + sum over k &lt; depth of a[k][i]*b[k][c], for i &lt; rows and c &lt;
     * columns; up to three columns of a beyond {@code rows} are read.
     *
     * @param aLd {@link #A_LD} or {@link #NARROW_LD}
     * @param b panels of {@link VectorWidth#PANEL} columns, {@code size} floats apart
     */
    static void transposed(
            float[] out, int outAt, int outLd, boolean accumulate, float[] a, int aAt, int aLd,
            float[] b, int bAt, int size, int depth, int rows, int columns) {
        check(aAt, rows, bAt, (long) (columns / PANEL) * size, depth);
        int tiles = columns / PANEL;
        int c = tiles * PANEL;
        if (MANY_REGISTERS) {
            Tile4x4.strided(out, outAt, outLd, accumulate, a, aAt, aLd, b, bAt, PANEL, size, tiles, depth, rows);
            for (; c <= columns - PAIR; c += PAIR) {
                int panel = bAt + c / PANEL * size + c % PANEL;
                transposedOfPairs(out, outAt + c, outLd, accumulate, a, aAt, b, panel, size, 1, depth, rows);
            }
        } else if (aLd == A_LD) {
            transposedOfPairs(out, outAt, outLd, accumulate, a, aAt, b, bAt, size, tiles, depth, rows);
        } else {
            narrowOfPairs(out, outAt, outLd, accumulate, a, aAt, b, bAt, size, tiles, depth, rows);
        }
        edge(
                out, outAt, outLd, accumulate ? out : null, outAt, outLd, a, aAt, 1, aLd, b, bAt, size, depth, rows, c,
                columns);
    }

    /**
     * The same with {@link #A_LD} for panels of two vectors; where panels have four, for one pair of vectors anywhere.
     */
    private static void transposedOfPairs(
            float[] out, int outAt, int outLd, boolean accumulate, float[] a, int aAt,
            float[] b, int bAt, int size, int panels, int depth, int rows) {
        int rest = depth % ROUND;
        int whole = depth - rest;
        Tile4x2.transposed(out, outAt, outLd, accumulate, a, aAt, b, bAt, size, panels, whole, rows);
        if (rest > 0) {
            Tile4x2.transposedRest(
                    out, outAt, outLd, true, a, aAt + whole * A_LD, b, bAt + whole * PANEL, size, panels, rest, rows);
        }
    }

    /** The same with {@link #NARROW_LD} for panels of two vectors. */
    private static void narrowOfPairs(
            float[] out, int outAt, int outLd, boolean accumulate, float[] a, int aAt,
            float[] b, int bAt, int size, int panels, int depth, int rows) {
        int rest = depth % ROUND;
        int whole = depth - rest;
        int six = sixes(rows);
        Tile6x2.transposedNarrow(out, outAt, outLd, accumulate, a, aAt, b, bAt, size, panels, whole, six);
        Tile4x2.transposedNarrow(
                out, outAt + six * outLd, outLd, accumulate, a, aAt + six, b, bAt, size, panels, whole, rows - six);
        if (rest > 0) {
            Tile4x2.transposedNarrowRest(
                    out, outAt, outLd, true, a, aAt + whole * NARROW_LD, b, bAt + whole * PANEL, size, panels, rest,
                    rows);
        }
    }

    /**
     * The same where both factors are rows of matrices, read in place; rows and columns of out must {@link #fillTiles}.
     *
     * @param aLd floats between rows of a
     * @param bLd floats between rows of b
     */
    static void transposedInPlace(
            float[] out, int outAt, int outLd, boolean accumulate, float[] a, int aAt, int aLd,
            float[] b, int bAt, int bLd, int depth, int rows, int columns) {
        Objects.checkFromToIndex(0, depth, MOST_TERMS);
        Tile4x4.strided(
                out, outAt, outLd, accumulate, a, aAt, aLd, b, bAt, bLd, PANEL, columns / PANEL, depth, rows);
    }

    /** Whether there is a tile for factors read in place, and rows and columns fill whole tiles. */
    static boolean fillTiles(int rows, int columns) {
        return MANY_REGISTERS && rows % 4 == 0 && columns % PANEL == 0;
    }

    /**
     * Most tiles clamp where rows and panels start, for the JIT's sake; what clamping would change is therefore refused
     * here.
     */
    private static void check(int aAt, long aSpan, int bAt, long bSpan, int depth) {
        Objects.checkFromToIndex(0, depth, MOST_TERMS);
        Objects.checkFromToIndex(aAt, aAt + Math.max(0, aSpan), FARTHEST);
        Objects.checkFromToIndex(bAt, bAt + bSpan, FARTHEST);
    }

    /**
     * Whether attention's products take two blocks of rows at a time, and read queries, keys and values in place: with
     * heads of two vectors and positions in whole pairs of blocks, on a processor with registers for 16 sums. One block
     * has 8, just enough to hide the latency of a multiply-add.
     */
    static boolean takesTwoBlocks(int positions, int columns) {
        return MANY_REGISTERS && columns == PAIR && positions % BLOCKS == 0;
    }

    /**
     * How many rows are computed by tiles of six, the rest being left to tiles of four: 128 are 20 times 6 and twice 4.
     */
    private static int sixes(int rows) {
        return rows - (rows % 6 == 2 && rows > 6 ? 8 : rows % 6);
    }

    /** Computes what no tile covers, a vector at a time; a[i][k] is at {@code aAt + i*aRow + k*aColumn}. */
    private static void edge(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd, float[] a, int aAt, int aRow,
            int aColumn, float[] b, int bAt, int size, int depth, int rows, int from, int to) {
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
