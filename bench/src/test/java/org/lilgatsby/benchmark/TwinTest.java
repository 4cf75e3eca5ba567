package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.analysis.BlackHole;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Neighbours;
import org.lilgatsby.analysis.Neighbours.Near;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.safetensors.SafetensorsException;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.TensorView;

class TwinTest {
    private static final Twin SMALL = new Twin(700, 24, List.of(40, 9, 2, 2), 60, 40, 7);

    private static final Matrix MATRIX = Matrix.ofBits(SMALL.bits(), 700, 24);

    @Test
    void hasTheDemographicsAskedFor() {
        Census census = Census.of(MATRIX, Tokens.all(700));
        assertEquals(
                List.of(40, 9, 2, 2),
                census.blackHoles().stream().map(BlackHole::population).toList());
        assertEquals(700 - 53, census.singletons());
    }

    @Test
    void hasNeighboursAtTheDistancesAskedFor() {
        Census census = Census.of(MATRIX, Tokens.all(700));
        Neighbours neighbours = Neighbours.of(MATRIX, census, Twin.RINGS, KernelChoice.AUTO.createAnalysisKernels());
        List<Integer> holes =
                census.blackHoles().stream().map(BlackHole::representative).toList();
        for (Near near : neighbours.near()) {
            if (holes.contains(near.token())) {
                assertTrue(near.nearest() <= 2 && near.toBlackHole() <= 2, "black holes lie within two cells: " + near);
            }
        }
        for (int k = 4; k <= Twin.RINGS; k++) {
            int within = k;
            // Four black holes; three rows on each ring around the first; two pairs at each distance.
            assertTrue(
                    neighbours.near().stream()
                                    .filter(near -> near.nearest() <= within)
                                    .count()
                            >= 4 + 4L * k,
                    "k = " + k);
            assertTrue(neighbours.level(k).components().getFirst().nodes().size() >= 4 + 3 * k, "k = " + k);
        }
        assertEquals(4 + 60 + 2 * 40, neighbours.near().size(), "all others are far from each other");
    }

    @Test
    void theFileHoldsTheSameBitsAndIsNotOverwritten(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("twin.safetensors");
        SMALL.write(file);
        try (SafetensorsFile written = SafetensorsFile.open(file)) {
            TensorView view = written.tensor(Twin.TENSOR);
            assertArrayEquals(new long[] {700, 24}, view.spec().shape().dimensions());
            assertArrayEquals(SMALL.bits(), view.toShorts());
        }
        assertThrows(SafetensorsException.class, () -> SMALL.write(file));
        assertTrue(Files.exists(file));
    }

    @Test
    void thePublishedOneHoldsWhatWasPublished() {
        Twin twin = Twin.published(1);
        assertEquals(151_936, twin.rows());
        assertEquals(2_560, twin.columns());
        assertEquals(
                2_100, twin.populations().stream().mapToInt(Integer::intValue).sum());
        assertEquals(777_912_320L, twin.bytes());
    }

    @Test
    void seedsAndLimitsCount() {
        assertFalse(Arrays.equals(SMALL.bits(), new Twin(700, 24, List.of(40, 9, 2, 2), 60, 40, 8).bits()));
        assertThrows(IllegalArgumentException.class, () -> new Twin(10, 24, List.of(9, 2), 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Twin(10, 15, List.of(9), 0, 0, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Twin(100, 16, IntStream.range(0, 16).mapToObj(_ -> 2).toList(), 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Twin(10, 24, List.of(9, 1), 0, 0, 1));
    }
}
