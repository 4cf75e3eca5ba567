package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Distances and adjacency of small matrices with the expected results in the table. */
class StructureTest {
    /** Tokens 0, 1 and 4 are equal; 2 is one cell (2^-7) from them in one component; 3 is 4 and 3 away. */
    private static final Matrix MATRIX = Matrices.bf16(row(1, 1), row(1, 1), row(1.0078125f, 1), row(5, 4), row(1, 1));

    private static final Tokens ALL = Tokens.all(5);

    @Test
    void distancesOverAllAndOverDistinctPairs() {
        Distances linf = Distances.of(MATRIX, ALL, Metric.L_INFINITY);
        assertEquals(3, linf.identicalPairs());
        double near = 0x1p-7;
        double far = 4 - near;
        assertEquals(new Distances.Extremes(10, 0, (3 * near + 3 * 4 + far) / 10, 4), linf.allPairs());
        assertEquals(new Distances.Extremes(3, near, (near + 4 + far) / 3, 4), linf.distinctPairs());
        assertEquals(
                new Histogram(
                        3, List.of(new Histogram.Bin(-7, 3), new Histogram.Bin(1, 1), new Histogram.Bin(2, 3)), 0),
                linf.histogram());
        assertEquals(10, linf.histogram().count());
        assertEquals(5.0, Distances.of(MATRIX, ALL, Metric.L2).allPairs().max());
        assertEquals(
                1.0, Distances.of(MATRIX, ALL, Metric.CELLS).distinctPairs().min());
        assertEquals(
                288.0,
                Distances.of(MATRIX, ALL, Metric.CELLS).distinctPairs().max(),
                "1 to 5: 256 cells to 4, 32 to 5");
    }

    @Test
    void identicalRowsAreAtExactlyZeroWhateverTheirSize() {
        float[] large = row(1234.5f, -0.001f, 3e38f);
        for (Metric metric : Metric.values()) {
            Distances distances = Distances.of(Matrices.f32(large, large, large), Tokens.all(3), metric);
            assertEquals(new Distances.Extremes(3, 0, 0, 0), distances.allPairs());
            assertEquals(0, distances.distinctPairs().count());
            assertTrue(Double.isNaN(distances.distinctPairs().max()));
        }
    }

    @Test
    void aLoneTokenHasNoDistance() {
        Distances distances = Distances.of(MATRIX, Tokens.of(2), Metric.L2);
        assertEquals(0, distances.allPairs().count());
        assertTrue(Double.isNaN(distances.allPairs().mean()));
    }

    /** A list of the pairs of 1,000 rows would take 12 MB and more. */
    @Test
    void keepsNoPair() {
        float[][] rows = new float[1_000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(i + 1, i % 7);
        }
        Matrix matrix = Matrices.f32(rows);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Distances.of(matrix, Tokens.all(10), Metric.L2); // classes are loaded
        long before = thread.getCurrentThreadAllocatedBytes();
        Distances distances = Distances.of(matrix, Tokens.all(1_000), Metric.L2);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        assertEquals(499_500, distances.distinctPairs().count());
        assertTrue(allocated < 1_000_000, allocated + " bytes");
    }

    @Property(tries = 100)
    void allPairsCountEveryPairOnce(@ForAll long seed) {
        Matrix matrix = Matrices.crowded(seed, 20, 3);
        Distances distances = Distances.of(matrix, Tokens.all(20), Metric.L_INFINITY);
        double[] each = new double[190];
        int at = 0;
        for (int a = 0; a < 20; a++) {
            for (int b = a + 1; b < 20; b++) {
                each[at++] = matrix.sameRow(a, b) ? 0 : Metric.L_INFINITY.distance(matrix, a, b);
            }
        }
        Summary expected = Summary.of(each);
        assertEquals(expected.mean(), distances.allPairs().mean(), 1e-12);
        assertEquals(expected.max(), distances.allPairs().max());
        assertEquals(190, distances.allPairs().count());
    }

    @Test
    void adjacencyWithinOneCell() {
        Adjacency graph = Adjacency.of(MATRIX, ALL, new Threshold.Cells(1));
        assertEquals(3, graph.nodes());
        assertEquals(List.of(new Adjacency.Edge(0, 2)), graph.edges());
        assertEquals(3, graph.possibleEdges());
        assertEquals(1.0 / 3, graph.density());
        assertEquals(List.of(Tokens.of(0, 2), Tokens.of(3)), graph.components());
        assertEquals(2, graph.largestComponent());
        assertEquals(1, graph.isolated());
        assertFalse(graph.complete());
        assertTrue(Adjacency.of(MATRIX, ALL, new Threshold.Cells(288)).complete());
        assertFalse(Adjacency.of(MATRIX, ALL, new Threshold.Cells(287)).complete());
    }

    @Test
    void theThresholdItselfCountsAsAdjacent() {
        assertEquals(
                1,
                Adjacency.of(MATRIX, ALL, new Threshold.Absolute(0x1p-7))
                        .edges()
                        .size());
        assertEquals(
                0,
                Adjacency.of(MATRIX, ALL, new Threshold.Absolute(0x1.fp-8))
                        .edges()
                        .size());
        assertThrows(IllegalArgumentException.class, () -> new Threshold.Absolute(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Threshold.Cells(-1));
    }

    @Test
    void twoEpsilonFollowsFromTheCentroidOfTheGroup() {
        Matrix matrix = Matrices.bf16(row(3, 4), row(3.0625f, 4), row(3.125f, 4));
        Adjacency near = Adjacency.of(matrix, Tokens.of(0, 1), new Threshold.TwoEpsilon());
        assertEquals(2 * Math.hypot(3.03125, 4) / 128, near.limit(), 1e-15);
        assertTrue(near.complete());
        assertEquals(
                2,
                Adjacency.of(matrix, Tokens.all(3), new Threshold.TwoEpsilon())
                        .edges()
                        .size());
        assertEquals(0.0390625, Centroid.of(matrix, Tokens.of(0)).epsilon(), "|(3, 4)| = 5, x 2^-7");
    }

    @Test
    void aSingleNodeIsACompleteGraph() {
        Adjacency graph = Adjacency.of(MATRIX, Tokens.of(0, 1, 4), new Threshold.TwoEpsilon());
        assertEquals(1, graph.nodes());
        assertEquals(1.0, graph.density());
        assertTrue(graph.complete());
        assertEquals(
                0, Adjacency.of(MATRIX, Tokens.of(), new Threshold.Cells(1)).nodes());
    }

    @Test
    void theLargestGapIsMeasuredOnThreeScales() {
        LargestGap gap = LargestGap.of(MATRIX, Tokens.of(1, 2, 4)).orElseThrow();
        assertEquals(new LargestGap(1, 2, 0, 0x1p-7, 0x1p-7, 1), gap);
        assertTrue(LargestGap.of(MATRIX, Tokens.of(0, 1)).isEmpty());
    }
}
