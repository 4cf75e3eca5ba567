package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.kernel.KernelChoice.Implementation;
import org.lilgatsby.kernel.RowMoves.Figure;

class AnalysisKernelsTest {
    private static final int[] SIZES = {1, 2, 3, 7, 8, 13, 15, 16, 17, 31, 33, 64, 100, 207};
    private static final AnalysisKernels SCALAR = new ScalarAnalysisKernels();

    private static List<AnalysisKernels> vector() {
        List<AnalysisKernels> kernels = new ArrayList<>();
        for (int bits = 128; bits <= 512; bits *= 2) {
            boolean fast = bits <= KernelChoice.preferredBits();
            kernels.add(fast
                    ? new KernelChoice(Implementation.VECTOR, bits).createAnalysisKernels()
                    : KernelChoice.load(AnalysisKernels.class, "VectorAnalysisKernels", bits));
        }
        return kernels;
    }

    private static int word(short lower, short upper) {
        return lower & 0xFFFF | upper << 16;
    }

    /** Near moves and, if wanted, far ones, both zeros, subnormals, infinities and NaN. */
    private static int[] words(SplittableRandom random, int[] near, boolean special) {
        int[] words = new int[near.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = switch (special ? random.nextInt(8) : 7) {
                case 0 -> random.nextInt();
                case 1 -> word((short) (random.nextInt(3) | random.nextInt(2) << 15), (short) 0x8000);
                default -> near[i] + random.nextInt(-2, 3) + (random.nextInt(-2, 3) << 16);
            };
        }
        return words;
    }

    @Test
    void sumsOfRowsGiveTheBitsOfTheSpecification() {
        SplittableRandom random = new SplittableRandom(20251);
        for (int n : SIZES) {
            int[] words = words(random, new int[5 * n], true);
            int[] rows = {0, 1, 4};
            double[] sums = random.doubles(2 * n).toArray();
            double[] expected = sums.clone();
            SCALAR.addRows(expected, words, rows, n);
            for (AnalysisKernels kernels : vector()) {
                double[] actual = sums.clone();
                kernels.addRows(actual, words, rows, n);
                assertArrayEquals(expected, actual);
            }
        }
    }

    /** Words before a step of rows that partly move, and after it. */
    private record Step(int[] before, int[] after) {
        static Step of(SplittableRandom random, int rows, int words, boolean special) {
            int[] near = new int[rows * words];
            Arrays.fill(near, word(Bf16.fromFloat(0.9921875f), Bf16.fromFloat(-0.001f)));
            int[] before = words(random, near, special);
            int[] after = words(random, before, special);
            for (int row = 0; row < rows; row++) {
                int of = random.nextInt(4); // this many of every three words stay
                for (int at = row * words; at < (row + 1) * words; at++) {
                    after[at] = random.nextInt(3) < of ? before[at] : after[at];
                }
            }
            return new Step(before, after);
        }
    }

    @Test
    void changedRowsAreThoseWithAWordThatDiffers() {
        SplittableRandom random = new SplittableRandom(20255);
        for (int words : SIZES) {
            Step step = Step.of(random, 50, words, true);
            boolean[] expected = new boolean[50];
            int count = SCALAR.changedRows(expected, step.after, step.before, words);
            for (int row = 0; row < expected.length; row++) {
                int from = row * words;
                assertEquals(
                        !Arrays.equals(step.after, from, from + words, step.before, from, from + words), expected[row]);
                count -= expected[row] ? 1 : 0;
            }
            assertEquals(0, count);
            for (AnalysisKernels kernels : vector()) {
                boolean[] actual = new boolean[50];
                Arrays.fill(actual, true);
                kernels.changedRows(actual, step.after, step.before, words);
                assertArrayEquals(expected, actual, () -> words + " words");
            }
        }
    }

    @Test
    void hashesAreThoseOfTheSpecification() {
        SplittableRandom random = new SplittableRandom(20256);
        for (int words : SIZES) {
            int[] row = random.ints(words + 3).toArray();
            int[] factors = random.ints(words).toArray();
            int expected = 0;
            for (int k = 0; k < words; k++) {
                expected += row[3 + k] * factors[k];
            }
            assertEquals(expected, SCALAR.hash(row, 3, factors));
            for (AnalysisKernels kernels : vector()) {
                assertEquals(expected, kernels.hash(row, 3, factors));
            }
        }
    }

    @Test
    void movesGiveTheBitsOfTheSpecification() {
        SplittableRandom random = new SplittableRandom(20252);
        for (int words : SIZES) {
            for (boolean special : new boolean[] {false, true}) {
                int rows = AnalysisKernels.ROWS * random.nextInt(1, 4);
                Step step = Step.of(random, rows, words, special);
                RowMoves expected = new RowMoves(rows);
                SCALAR.moves(expected, gathered(SCALAR, step, rows, words), rows);
                for (AnalysisKernels kernels : vector()) {
                    assertMoves(expected, kernels, gathered(kernels, step, rows, words), rows);
                }
                if (!special) {
                    assertMoves(expected, SCALAR, every(step, rows, words), rows);
                }
            }
        }
    }

    private static WordPairs gathered(AnalysisKernels kernels, Step step, int rows, int words) {
        WordPairs pairs = new WordPairs(rows, words);
        for (int row = 0; row < rows; row++) {
            kernels.gather(pairs, row, step.after, step.before, row * words, words);
        }
        return pairs;
    }

    /** The words that stay, too: finite ones do not count. */
    private static WordPairs every(Step step, int rows, int words) {
        WordPairs pairs = new WordPairs(rows, words);
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < words; k++) {
                pairs.put(k, row, step.after[row * words + k], step.before[row * words + k]);
            }
            pairs.end(row, words);
        }
        return pairs;
    }

    private static void assertMoves(RowMoves expected, AnalysisKernels kernels, WordPairs pairs, int rows) {
        RowMoves actual = new RowMoves(rows);
        kernels.moves(actual, pairs, rows);
        for (Figure figure : Figure.values()) {
            assertArrayEquals(expected.of(figure), actual.of(figure), figure::toString);
        }
    }

    @Test
    void onlyWordsThatMoveOrAreNotFiniteAreGathered() {
        int finite = word((short) 1, Bf16.MAX_VALUE);
        int[] before = {5, finite, word((short) 0x7F80, (short) 0), 7, word((short) 0, (short) 0xFFC0)};
        int[] after = before.clone();
        after[3] = 8;
        WordPairs pairs = new WordPairs(AnalysisKernels.ROWS, 5);
        SCALAR.gather(pairs, 2, after, before, 0, 5);
        assertEquals(3, pairs.words()[2]);
        assertEquals(after[2], pairs.after()[2]);
        assertEquals(7, pairs.before()[pairs.ld() + 2]);
        assertEquals(after[4], pairs.after()[2 * pairs.ld() + 2]);
    }

    @Test
    void distancesGiveTheBitsOfTheSpecification() {
        SplittableRandom random = new SplittableRandom(20253);
        for (int coordinates : SIZES) {
            int n = random.nextInt(1, 40);
            int ld = Math.ceilDiv(n, AnalysisKernels.ROWS) * AnalysisKernels.ROWS;
            double[] points = random.doubles((long) coordinates * ld, -1, 1).toArray();
            points[random.nextInt(points.length)] = Double.NaN;
            for (int a = 0; a < n; a++) {
                double[] squares = new double[ld];
                double[] max = new double[ld];
                SCALAR.distances(squares, max, points, a, n, coordinates, ld);
                for (AnalysisKernels kernels : vector()) {
                    double[] otherSquares = new double[ld];
                    double[] otherMax = new double[ld];
                    kernels.distances(otherSquares, otherMax, points, a, n, coordinates, ld);
                    assertArrayEquals(
                            Arrays.copyOfRange(squares, a + 1, n), Arrays.copyOfRange(otherSquares, a + 1, n));
                    assertArrayEquals(Arrays.copyOfRange(max, a + 1, n), Arrays.copyOfRange(otherMax, a + 1, n));
                }
            }
        }
    }

    private static RowMoves move(short[] before, short[] after) {
        WordPairs pairs = new WordPairs(AnalysisKernels.ROWS, before.length / 2);
        for (int k = 0; k < before.length / 2; k++) {
            pairs.put(k, 5, word(after[2 * k], after[2 * k + 1]), word(before[2 * k], before[2 * k + 1]));
        }
        pairs.end(5, before.length / 2);
        RowMoves moves = new RowMoves(AnalysisKernels.ROWS);
        SCALAR.moves(moves, pairs, AnalysisKernels.ROWS);
        return moves;
    }

    @Test
    void aCellIsAUlpInsideABinadeAndHalfOfOneBelowIt() {
        short one = Bf16.fromFloat(1f);
        RowMoves moves = move(
                new short[] {one, one, Bf16.fromFloat(-3f), one},
                new short[] {Bf16.next(one), Bf16.previous(one), Bf16.next(Bf16.fromFloat(-3f)), one});
        assertEquals(3, moves.of(Figure.CELLS_L1)[5]);
        assertEquals(3, moves.of(Figure.CELL_SQUARES)[5]);
        assertEquals(1, moves.of(Figure.CELLS_L_INFINITY)[5]);
        assertEquals(2.5f, moves.of(Figure.ULP_L1)[5]);
        assertEquals(1.5f, moves.of(Figure.ULP_L2)[5], "sqrt(1 + 1/4 + 1)");
        assertEquals(1f, moves.of(Figure.ULP_L_INFINITY)[5]);
        assertEquals(0x1p-6f, moves.of(Figure.L_INFINITY)[5], "the ULP of 3 is twice that of 1");
        assertEquals((float) Math.sqrt(0x1p-14 + 0x1p-16 + 0x1p-12), moves.of(Figure.L2)[5]);
        assertEquals(0f, moves.of(Figure.L2)[4]);
    }

    @Test
    void sumsThatFloatCannotHoldAreLeftToTheCaller() {
        short zero = 0;
        short one = Bf16.fromFloat(1f);
        assertTrue(
                Double.isNaN(move(new short[] {zero, one}, new short[] {1, one}).of(Figure.L2)[5]),
                "2^-133 squared underflows");
        assertTrue(
                Double.isNaN(move(new short[] {zero, one}, new short[] {one, one}).of(Figure.L2)[5]),
                "2^133 ULP overflow");
        assertTrue(Double.isNaN(move(new short[] {Bf16.MAX_VALUE, one}, new short[] {one, one}).of(Figure.L2)[5]));
        assertEquals(0f, move(new short[] {Bf16.MAX_VALUE, zero}, new short[] {Bf16.MAX_VALUE, zero}).of(Figure.L2)[5]);
    }

    @Test
    void theFurthestOfTwoRowsOfIndices() {
        assertEquals(0, SCALAR.furthest(new short[0], 0, new short[0], 0, 0));
        assertEquals(7, SCALAR.furthest(new short[] {9, 5, -2, 9}, 1, new short[] {5, 5, 5}, 1, 2));
        short[] extremes = {Short.MIN_VALUE, Short.MAX_VALUE, -1, 0, 1};
        SplittableRandom random = new SplittableRandom(20254);
        for (int n : SIZES) {
            for (int spread : new int[] {1, 3, 500, 40_000}) {
                short[] a = new short[n + 3];
                short[] b = new short[n + 5];
                for (int i = 0; i < b.length; i++) {
                    short near = (short) random.nextInt();
                    a[Math.min(i, n + 2)] = near;
                    b[i] = random.nextInt(20) == 0 && spread > 3
                            ? extremes[random.nextInt(5)]
                            : (short) (near + random.nextInt(spread));
                }
                int expected = SCALAR.furthest(a, 1, b, 3, n);
                for (AnalysisKernels kernels : vector()) {
                    assertEquals(expected, kernels.furthest(a, 1, b, 3, n), "n = " + n + ", spread " + spread);
                }
            }
        }
        for (short a : extremes) {
            for (short b : extremes) {
                short[] as = new short[100];
                short[] bs = new short[100];
                Arrays.fill(as, a);
                Arrays.fill(bs, b);
                for (AnalysisKernels kernels : vector()) {
                    assertEquals(Math.min(Math.abs(a - b), Short.MAX_VALUE), kernels.furthest(as, 0, bs, 0, 100));
                }
            }
        }
    }
}
