package org.lilgatsby.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchPartitionTest {
    private static int[] sizes(int sequences) {
        int count = BatchPartition.count(sequences);
        return IntStream.range(0, count)
                .map(i -> BatchPartition.first(i + 1, sequences) - BatchPartition.first(i, sequences))
                .toArray();
    }

    @Test
    void theBatchesOfTheExperimentsAreCutLikeThis() {
        assertArrayEquals(new int[] {1}, sizes(1));
        assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1, 1, 1}, sizes(8));
        assertArrayEquals(new int[] {2, 2, 2, 2, 2, 2, 2, 1, 1}, sizes(16));
        assertArrayEquals(new int[] {4, 4, 4, 4, 4, 4, 3, 2, 1, 1, 1}, sizes(32));
    }

    @Property
    void everySequenceIsInOnePart(@ForAll @IntRange(min = 1, max = 100_000) int sequences) {
        int[] sizes = sizes(sequences);
        assertEquals(0, BatchPartition.first(0, sequences));
        assertEquals(sequences, IntStream.of(sizes).sum());
        assertTrue(sizes.length <= 12 && sizes.length >= Math.min(sequences, 6), sizes.length + " parts");
        for (int i = 0; i < sizes.length; i++) {
            assertTrue(sizes[i] >= 1 && sizes[i] <= Math.ceilDiv(sequences, 8), "part " + i + " has " + sizes[i]);
            assertTrue(i == 0 || sizes[i] <= sizes[i - 1], "part " + i + " is larger than the one before");
        }
    }

    /** Workers of different speed, each of which takes the next part when it is done with one. */
    @Property
    void twoWorkersEndTogetherWhateverTheirSpeeds(
            @ForAll @IntRange(min = 1, max = 4_000) int sequences, @ForAll @IntRange(min = 10, max = 20) int slower) {
        int[] ends = new int[2];
        int[] times = {10, slower};
        for (int size : sizes(sequences)) {
            int first = ends[0] <= ends[1] ? 0 : 1;
            ends[first] += size * times[first];
        }
        int least = Math.ceilDiv(sequences, 32) * slower;
        assertTrue(Math.abs(ends[0] - ends[1]) <= 2 * least, sequences + " sequences: " + ends[0] + " and " + ends[1]);
    }

    @Property
    void memoryIsThereForEveryBatchUpToTheLargest(@ForAll @IntRange(min = 1, max = 2_000) int batch) {
        int most =
                IntStream.rangeClosed(1, batch).map(BatchPartition::count).max().orElseThrow();
        assertEquals(most, BatchPartition.most(batch));
    }
}
