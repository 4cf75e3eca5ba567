package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;
import static org.lilgatsby.kernel.VectorWidth.PANEL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Matrix products of one panel of columns, cut into tiles whose sums stay in registers: 4 rows and 4 vectors where there
 * are 32 registers (512-bit vectors), 6 rows and 2 vectors where there are 16. The tiles' classes are generated at
 * build time from {@code src/main/tiles/Tile.template}; here is chosen which takes what. Every sum starts from its initial
 * value and goes over k in ascending order, whatever the tile.
 */
final class VectorTile {
    /** Floats between rows of a first factor that is read by its columns: of attention's scores, and of a weight gradient's x. */
    static final int A_LD = 64;

    /** Rows of the tile of two blocks. */
    static final int BLOCKS = 2 * Kernels.ATTENTION_BLOCK;

    private static final int PAIR = 2 * LENGTH;
    private static final boolean MANY_REGISTERS = LENGTH == 16;

    private VectorTile() {}

    /**
     * out[i][c] = bias[c] + sum over k &lt; depth of a[i][k]*panel[k][c], for i &lt; rows and c &lt; columns.
     *
     * @param columns at most {@link VectorWidth#PANEL}
     */
    static void layer(
            float[] out, int outAt, int outLd, float[] bias, int biasAt,
            float[] a, int aAt, int aLd, float[] panel, int panelAt, int depth, int rows, int columns) {
        if (MANY_REGISTERS && columns == PANEL && depth % 2 == 0) {
            Tile4x4.layer(out, outAt, outLd, bias, biasAt, a, aAt, aLd, panel, panelAt, depth, rows);
            return;
        }
        int six = sixes(rows);
        int c = 0;
        for (; c <= columns - PAIR; c += PAIR) {
            if (six > 0) {
                Tile6x2.layer(out, outAt + c, outLd, bias, biasAt + c, a, aAt, aLd, panel, panelAt + c, depth, six);
            }
            Tile4x2.layer(
                    out, outAt + six * outLd + c, outLd, bias, biasAt + c, a, aAt + six * aLd, aLd, panel, panelAt + c, depth,
                    rows - six);
        }
        edge(out, outAt, outLd, bias, biasAt, 0, a, aAt, aLd, 1, panel, panelAt, depth, rows, c, columns);
    }

    /**
     * out[i][c] = (accumulate ? out[i][c] : 0) + sum over k &lt; depth of a[i][k]*panel[k][c], for i &lt; rows and
     * from &lt;= c &lt; to.
     *
     * @param from a multiple of two vectors
     * @param to at most {@link VectorWidth#PANEL}
     */
    static void product(
            float[] out, int outAt, int outLd, boolean accumulate,
            float[] a, int aAt, int aLd, float[] panel, int panelAt, int depth, int rows, int from, int to) {
        if (MANY_REGISTERS && to - from == PANEL && depth % 2 == 0) {
            Tile4x4.product(out, outAt, outLd, accumulate, a, aAt, aLd, panel, panelAt, depth, rows);
            return;
        }
        int six = sixes(rows);
        int c = from;
        for (; c <= to - PAIR; c += PAIR) {
            if (six > 0) {
                Tile6x2.product(out, outAt + c, outLd, accumulate, a, aAt, aLd, panel, panelAt + c, depth, six);
            }
            Tile4x2.product(
                    out, outAt + six * outLd + c, outLd, accumulate, a, aAt + six * aLd, aLd, panel, panelAt + c, depth,
                    rows - six);
        }
        edge(out, outAt, outLd, accumulate ? out : null, outAt, outLd, a, aAt, aLd, 1, panel, panelAt, depth, rows, c, to);
    }

    /**
     * out[i][c] = (accumulate ? out[i][c] : 0) + sum over k &lt; depth of a[k][i]*panel[k][c], for i &lt; rows and
     * c &lt; columns; a has rows of {@link #A_LD} floats, of which up to three beyond {@code rows} are read.
     *
     * @param columns at most {@link VectorWidth#PANEL}
     */
    static void transposed(
            float[] out, int outAt, int outLd, boolean accumulate,
            float[] a, int aAt, float[] panel, int panelAt, int depth, int rows, int columns) {
        if (MANY_REGISTERS && columns == PANEL && depth % 2 == 0) {
            Tile4x4.transposed(out, outAt, outLd, accumulate, a, aAt, panel, panelAt, depth, rows);
            return;
        }
        int five = MANY_REGISTERS ? 0 : rows - rows % 5;
        int c = 0;
        for (; c <= columns - PAIR; c += PAIR) {
            if (five > 0) {
                Tile5x2.transposed(out, outAt + c, outLd, accumulate, a, aAt, panel, panelAt + c, depth, five);
            }
            Tile4x2.transposed(
                    out, outAt + five * outLd + c, outLd, accumulate, a, aAt + five, panel, panelAt + c, depth, rows - five);
        }
        edge(out, outAt, outLd, accumulate ? out : null, outAt, outLd, a, aAt, 1, A_LD, panel, panelAt, depth, rows, c, columns);
    }

    /**
     * Whether attention's products take two blocks of rows at a time: with heads of two vectors, of a processor with
     * registers for 16 sums. One block has 8, no more than hide the latency of a multiply-add.
     */
    static boolean takesTwoBlocks(int columns) {
        return MANY_REGISTERS && columns == PAIR;
    }

    /** How many rows go in tiles of six, so that few are left over for tiles of four: 128 are 20 times 6 and twice 4. */
    private static int sixes(int rows) {
        if (MANY_REGISTERS) {
            return 0;
        }
        return rows - (rows % 6 == 2 && rows > 6 ? 8 : rows % 6);
    }

    /** What no tile covers, a vector at a time; a[i][k] is at {@code aAt + i*aRow + k*aColumn}. */
    private static void edge(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd, float[] a, int aAt, int aRow, int aColumn,
            float[] panel, int panelAt, int depth, int rows, int from, int to) {
        for (int c = from; c < to; c += LENGTH) {
            VectorMask<Float> mask = FLOATS.indexInRange(c, to);
            for (int i = 0; i < rows; i++) {
                FloatVector sum = FloatVector.zero(FLOATS);
                if (start != null) {
                    sum = FloatVector.fromArray(FLOATS, start, startAt + i * startLd + c, mask);
                }
                for (int k = 0; k < depth; k++) {
                    FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + i * aRow + k * aColumn]);
                    sum = x.fma(FloatVector.fromArray(FLOATS, panel, panelAt + k * PANEL + c), sum);
                }
                sum.intoArray(out, outAt + i * outLd + c, mask);
            }
        }
    }
}
