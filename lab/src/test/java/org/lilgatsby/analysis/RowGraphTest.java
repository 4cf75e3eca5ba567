package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;

/** The graph of the distinct rows against lists of all pairs, and the largest gap against a search of all pairs. */
class RowGraphTest {
    private static final Threshold TWO_EPSILON = new Threshold.TwoEpsilon();

    @Property(tries = 200)
    void equalsTheListsOfPairsOnCrowdedRows(@ForAll long seed) {
        check(Matrices.crowded(seed, 60, 3));
    }

    /** Any bits: infinities, several NaN, both zeros, subnormal numbers. */
    @Property(tries = 200)
    void equalsTheListsOfPairsOnAnyBits(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int columns = 1 + random.nextInt(3);
        int exponents = random.nextInt(3); // few, many, or all exponents, those of infinity and NaN among them
        short[] bits = new short[columns * 50];
        for (int i = 0; i < bits.length; i++) {
            int any = random.nextInt(1 << 16);
            bits[i] = (short)
                    switch (exponents) {
                        case 0 -> any & 0x80FF | 0x3F00;
                        case 1 -> random.nextInt(8) == 0 ? 0x7F80 | any & 0x8001 : any;
                        default -> any;
                    };
        }
        check(Matrix.ofBits(bits, 50, columns));
    }

    /**
     * Rows around one vector, as at the start of a run: near a border of exponents, near zero on both sides, in few
     * values or many, with doubles of rows and a few rows far away. Boxes of rows are then divided and settled at once.
     */
    @Property(tries = 100)
    void equalsTheListsOfPairsOnRowsAroundOneVector(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 150 + random.nextInt(250);
        int columns = 1 + random.nextInt(5);
        float[] common = new float[columns];
        float[] sigma = new float[columns];
        for (int j = 0; j < columns; j++) {
            common[j] = new float[] {0f, 1f, -0.5f, 0.3f, 1e-5f}[random.nextInt(5)];
            sigma[j] =
                    new float[] {0f, 0.5f, 2f, 20f}[random.nextInt(4)] * Math.max(Math.ulp(common[j]) * 0x1p16f, 1e-6f);
        }
        short[] bits = new short[rows * columns];
        for (int i = 0; i < bits.length; i++) {
            int j = i % columns;
            float noise = (float) random.nextGaussian() * sigma[j] * (i % 97 == 0 ? 100 : 1);
            bits[i] = Bf16.fromFloat(common[j] + noise);
            if (common[j] == 0 && sigma[j] == 0 && random.nextBoolean()) {
                bits[i] = Short.MIN_VALUE; // -0
            }
        }
        check(Matrix.ofBits(bits, rows, columns));
    }

    /** More rows than a block and a tile. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 32, 33, 512, 545, 1_100})
    void equalsTheListsOfPairsAcrossBlocks(int rows) {
        check(cloud(Math.max(rows, 1), 5), Tokens.of(even(rows)));
    }

    private static int[] even(int rows) {
        int[] tokens = new int[rows];
        Arrays.setAll(tokens, i -> i);
        return tokens;
    }

    private static Matrix cloud(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(rows);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (1 + 0.01 * random.nextGaussian());
        }
        return Matrix.ofFloats(values, rows, columns);
    }

    private static void check(Matrix matrix) {
        check(matrix, Tokens.all(matrix.rows()));
        check(matrix, Tokens.of(3, 7, 8, 20, 21, 22, 40));
    }

    private static void check(Matrix matrix, Tokens tokens) {
        Distances.Extremes distances =
                Distances.of(matrix, tokens, Metric.L_INFINITY).distinctPairs();
        double between = Double.isFinite(distances.mean()) ? distances.mean() : 0;
        for (Threshold threshold : new Threshold[] {
            TWO_EPSILON, new Threshold.Absolute(0.01), new Threshold.Absolute(between), new Threshold.Absolute(0)
        }) {
            Adjacency expected = Adjacency.of(matrix, tokens, threshold);
            RowGraph graph = RowGraph.of(matrix, tokens, threshold);
            assertEquals(
                    new RowGraph(
                            threshold,
                            expected.limit(),
                            expected.nodes(),
                            expected.edges().size(),
                            expected.components().size(),
                            expected.largestComponent(),
                            expected.isolated(),
                            new RowGraph.Extremes(distances.min(), distances.mean(), distances.max())),
                    graph);
            assertEquals(expected.components(), Adjacency.componentsOf(matrix, tokens, threshold));
            assertEquals(expected.possibleEdges(), graph.possibleEdges());
            assertEquals(expected.density(), graph.density());
            assertEquals(expected.complete(), graph.complete());
        }
        assertEquals(largestGap(matrix, tokens), LargestGap.of(matrix, tokens));
    }

    private static Optional<LargestGap> largestGap(Matrix matrix, Tokens tokens) {
        int[] rows = Census.of(matrix, tokens).representatives();
        Arrays.sort(rows);
        Optional<LargestGap> largest = Optional.empty();
        for (int a = 0; a < rows.length; a++) {
            for (int b = a + 1; b < rows.length; b++) {
                for (int j = 0; j < matrix.columns(); j++) {
                    double distance = Math.abs(matrix.value(rows[a], j) - matrix.value(rows[b], j));
                    if (largest.isEmpty() || distance > largest.get().distance()) {
                        long bitsA = matrix.bits(rows[a], j);
                        long bitsB = matrix.bits(rows[b], j);
                        FloatFormat format = matrix.format();
                        double ulp = Double.isFinite(format.value(bitsA)) && Double.isFinite(format.value(bitsB))
                                ? Math.max(format.ulp(bitsA), format.ulp(bitsB))
                                : Double.NaN;
                        largest = Optional.of(
                                new LargestGap(rows[a], rows[b], j, distance, ulp, format.cells(bitsA, bitsB)));
                    }
                }
            }
        }
        return largest;
    }

    /** So many rows in general position that boxes would settle too few of their pairs. */
    @Test
    void equalsTheListsOfPairsWhereBoxesSettleLittle() {
        SplittableRandom random = new SplittableRandom(7);
        short[] bits = new short[1_500 * 8];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Bf16.fromFloat((float) (1 + 0.3 * random.nextGaussian()));
        }
        Matrix matrix = Matrix.ofBits(bits, 1_500, 8);
        Tokens tokens = Tokens.all(1_500);
        assertTrue(RowLattice.of(matrix, tokens)
                .flatMap(lattice -> LatticePairs.of(lattice, 0.01))
                .isEmpty());
        check(matrix, tokens);
    }

    /** A list of these 50 million pairs takes gigabytes. */
    @Test
    void tenThousandRowsTakeTheMemoryThatIsCounted() {
        Matrix matrix = cloud(10_000, 8);
        Tokens tokens = Tokens.all(10_000);
        RowGraph.of(cloud(600, 8), Tokens.all(600), TWO_EPSILON); // classes are loaded, threads are there
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getTotalThreadAllocatedBytes();
        RowGraph graph = RowGraph.of(matrix, tokens, TWO_EPSILON);
        long allocated = threads.getTotalThreadAllocatedBytes() - before;
        long counted = RowGraph.bytes(10_000, 8);
        assertEquals(10_000, graph.nodes());
        assertEquals(1, graph.components());
        assertTrue(counted < 5_000_000, "counted " + counted);
        assertTrue(allocated <= counted + 4_000_000, "counted " + counted + ", allocated " + allocated);
    }

    @Test
    void aThresholdInCellsIsRefused() {
        Matrix matrix = cloud(3, 2);
        assertThrows(IllegalArgumentException.class, () -> RowGraph.of(matrix, Tokens.all(3), new Threshold.Cells(1)));
    }
}
