package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.lilgatsby.analysis.Neighbours.Component;
import org.lilgatsby.analysis.Neighbours.Level;
import org.lilgatsby.analysis.Neighbours.Near;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.kernel.KernelChoice;

/** Near rows found by cutting, compared with those found by comparing all pairs. */
class NeighboursTest {
    private static final AnalysisKernels KERNELS = KernelChoice.AUTO.createAnalysisKernels();

    private static Neighbours neighbours(Matrix matrix, int limit) {
        return Neighbours.of(matrix, Census.of(matrix, Tokens.all(matrix.rows())), limit, KERNELS);
    }

    @Test
    void aTableWithItsAnswer() {
        // 0 = 3 = 5 (a black hole); 1 is one cell from it; 4 two cells from 1 and three from it; 2 is far away.
        Matrix matrix =
                Matrices.bf16(row(1, 1), row(1.0078125f, 1), row(-1, 1), row(1, 1), row(1.0234375f, 1), row(1, 1));
        assertEquals(
                new Neighbours(
                        3,
                        4,
                        6,
                        List.of(
                                new Level(1, 1, 2, 4, List.of(new Component(Tokens.of(0, 1), 1, 4))),
                                new Level(2, 2, 3, 5, List.of(new Component(Tokens.of(0, 1, 4), 1, 5))),
                                new Level(3, 3, 3, 5, List.of(new Component(Tokens.of(0, 1, 4), 1, 5)))),
                        List.of(new Near(0, 3, 1, 2, -1), new Near(1, 1, 1, 2, 1), new Near(4, 1, 2, 2, 3))),
                neighbours(matrix, 3));
        assertEquals(6, neighbours(matrix, 1).possibleEdges());
        assertEquals(0, neighbours(Matrices.bf16(row(1, 2)), 1).possibleEdges());
    }

    @Test
    void cellsCountAcrossExponentsAcrossZeroAndBeyondInfinity() {
        Matrix matrix = Matrix.ofBits(
                new short[] {
                    0x3F7F, 0x3F80, 0, (short) 0x8000, 1, (short) 0x8001, 0x7F7F, 0x7F80, 0x7F81, (short) 0xFF80
                },
                10,
                1);
        assertEquals(
                List.of(
                        new Near(0, 1, 1, 1, -1),
                        new Near(1, 1, 1, 1, -1), // 1 and its lower neighbour, another exponent
                        new Near(2, 1, 0, 3, -1),
                        new Near(3, 1, 0, 3, -1), // the zeros, 0 cells apart
                        new Near(4, 1, 1, 3, -1),
                        new Near(5, 1, 1, 3, -1), // the smallest subnormals of both signs
                        new Near(6, 1, 1, 2, -1),
                        new Near(7, 1, 1, 2, -1),
                        new Near(8, 1, 1, 2, -1)), // largest, infinity, NaN
                neighbours(matrix, 2).near());
    }

    @Test
    void limitsAreChecked() {
        Matrix matrix = Matrices.bf16(row(1, 2));
        assertThrows(IllegalArgumentException.class, () -> neighbours(matrix, 0));
        assertThrows(IllegalArgumentException.class, () -> neighbours(matrix, 101));
        Census foreign = Census.of(Matrices.bf16(row(1), row(2)), Tokens.all(2));
        assertThrows(IllegalArgumentException.class, () -> Neighbours.of(matrix, foreign, 1, KERNELS));
    }

    @Property(tries = 150)
    void crowdedRowsOfEveryFormat(
            @ForAll long seed, @ForAll FloatFormat format, @ForAll @IntRange(min = 1, max = 20) int limit) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = random.nextInt(1, 150);
        int columns = random.nextInt(1, 40);
        long[] origins = {0, format.orderedIndex(1L << 8 * format.bytes() - 2), -5, format.orderedIndex(-1) + 3};
        check(
                made(format, rows, columns, (_, j) -> {
                    long index = origins[random.nextInt(100) == 0 ? random.nextInt(4) : j % 4]
                            + random.nextInt(2 * limit + 1);
                    return format.bitsAt(index)
                            | (index == 0 && random.nextBoolean() ? 1L << 8 * format.bytes() - 1 : 0);
                }),
                limit);
    }

    @Property(tries = 40)
    void noiseAroundFewPlacesWithEnoughRowsToCut(
            @ForAll long seed, @ForAll FloatFormat format, @ForAll @IntRange(min = 1, max = 30) int limit) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = random.nextInt(100, 700);
        int places = random.nextInt(1, 60);
        int spread = random.nextInt(1, 5 * limit);
        int[] placeOf = random.ints(rows, 0, places).toArray();
        check(
                made(
                        format,
                        rows,
                        random.nextInt(2, 12),
                        (row, j) -> format.bitsAt(
                                (placeOf[row] * 7919L + j) % 251 * (limit + 1) - 100 * limit + random.nextInt(spread))),
                limit);
    }

    /** No column separates more than one row from all others, so that no cut is worth making. */
    @Property(tries = 5)
    void rowsThatDifferInOneColumnEach(@ForAll long seed) {
        int columns = 40;
        check(
                made(FloatFormat.BF16, 400, columns, (row, j) -> 0x3F80 + (row % columns == j ? row / columns * 3 : 0)),
                5);
    }

    @Test
    void rowsThatAreFarApartAreHardlyCompared() {
        SplittableRandom random = new SplittableRandom(3);
        Matrix matrix = made(
                FloatFormat.BF16,
                4_000,
                16,
                (row, j) -> row > 0 && row % 100 == 0 && j < 15
                        ? 0x3F80 + j
                        : Bf16.fromFloat((float) random.nextGaussian()));
        Neighbours found = neighbours(matrix, 5);
        assertTrue(found.compared() < found.possibleEdges() / 50, found.compared() + " of " + found.possibleEdges());
        assertEquals(found, neighbours(matrix, 5), "whatever thread did which part");
    }

    /** All pairs are near: nothing can be left out. */
    @Test
    void aCloudInWhichAllAreNear() {
        SplittableRandom random = new SplittableRandom(1);
        Matrix cloud = made(FloatFormat.BF16, 400, 30, (_, _) -> 0x3F7E + random.nextInt(4));
        check(cloud, 3);
        assertEquals(400L * 399 / 2, neighbours(cloud, 3).level(3).edges());
    }

    @Test
    void arbitraryBitsWithNanAndInfinity() {
        for (FloatFormat format : FloatFormat.values()) {
            SplittableRandom random = new SplittableRandom(2);
            long top = format.orderedIndex(-1);
            check(
                    made(format, 300, 2, (row, _) -> switch (row % 3) {
                        case 0 -> random.nextLong();
                        case 1 -> format.bitsAt(top + random.nextInt(50));
                        default -> format.bitsAt(-top - random.nextInt(50));
                    }),
                    10);
        }
    }

    private interface Bits {
        long at(int row, int column);
    }

    private static Matrix made(FloatFormat format, int rows, int columns, Bits bits) {
        MemorySegment data = MemorySegment.ofArray(new byte[rows * columns * format.bytes()]);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                long value = bits.at(i, j);
                switch (format.bytes()) {
                    case 2 -> data.set(Matrix.SHORT, 2L * (i * columns + j), (short) value);
                    case 4 -> data.set(Matrix.INT, 4L * (i * columns + j), (int) value);
                    default -> data.set(Matrix.LONG, 8L * (i * columns + j), value);
                }
            }
        }
        return Matrix.of(data, format, rows, columns);
    }

    /** Compares everything with what follows from all pairs, found by {@link Metric#CELLS} and breadth-first search. */
    private static void check(Matrix matrix, int limit) {
        Census census = Census.of(matrix, Tokens.all(matrix.rows()));
        int[] nodes = census.representatives();
        int[] populations = census.populations();
        int n = nodes.length;
        double[][] cells = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                cells[a][b] = a == b ? Double.POSITIVE_INFINITY : Metric.CELLS.distance(matrix, nodes[a], nodes[b]);
            }
        }
        Neighbours found = Neighbours.of(matrix, census, limit, KERNELS);
        List<Near> near = new ArrayList<>();
        for (int a = 0; a < n; a++) {
            int neighbours = 0;
            double nearest = Double.POSITIVE_INFINITY;
            double toHole = Double.POSITIVE_INFINITY;
            for (int b = 0; b < n; b++) {
                neighbours += cells[a][b] <= limit ? 1 : 0;
                nearest = Math.min(nearest, cells[a][b]);
                toHole = populations[b] > 1 ? Math.min(toHole, cells[a][b]) : toHole;
            }
            if (neighbours > 0) {
                near.add(new Near(
                        nodes[a], populations[a], (int) nearest, neighbours, toHole <= limit ? (int) toHole : -1));
            }
        }
        near.sort(Comparator.comparingInt(Near::token));
        assertEquals(near, found.near());
        assertEquals(n, found.nodes());
        assertTrue(found.compared() <= n * (n - 1L) / 2, "no pair is compared twice");
        for (int k = 1; k <= limit; k++) {
            Level level = found.level(k);
            long edges = 0;
            int withNeighbour = 0;
            int tokens = 0;
            for (int a = 0; a < n; a++) {
                int degree = 0;
                for (int b = 0; b < n; b++) {
                    degree += cells[a][b] <= k ? 1 : 0;
                }
                edges += degree;
                withNeighbour += degree > 0 ? 1 : 0;
                tokens += degree > 0 ? populations[a] : 0;
            }
            assertEquals(edges / 2, level.edges());
            assertEquals(withNeighbour, level.nodesWithNeighbour());
            assertEquals(tokens, level.tokensWithNeighbour());
            assertEquals(components(nodes, populations, cells, k), level.components());
        }
    }

    private static List<Component> components(int[] nodes, int[] populations, double[][] cells, int k) {
        List<Component> components = new ArrayList<>();
        Set<Integer> left = new TreeSet<>();
        for (int node = 0; node < nodes.length; node++) {
            left.add(node);
        }
        while (!left.isEmpty()) {
            List<Integer> reached = new ArrayList<>(List.of(left.iterator().next()));
            left.remove(reached.getFirst());
            for (int at = 0; at < reached.size(); at++) {
                int from = reached.get(at);
                List<Integer> next =
                        left.stream().filter(to -> cells[from][to] <= k).toList();
                reached.addAll(next);
                left.removeAll(Set.copyOf(next));
            }
            if (reached.size() > 1) {
                components.add(new Component(
                        Tokens.of(reached.stream()
                                .mapToInt(node -> nodes[node])
                                .sorted()
                                .toArray()),
                        (int) reached.stream()
                                .filter(node -> populations[node] > 1)
                                .count(),
                        reached.stream().mapToInt(node -> populations[node]).sum()));
            }
        }
        components.sort(Comparator.comparingInt((Component c) -> -c.nodes().size())
                .thenComparingInt(c -> c.nodes().id(0)));
        return components;
    }
}
