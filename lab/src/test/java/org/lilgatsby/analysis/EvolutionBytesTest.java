package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvolutionBytesTest {
    @Test
    void countsTheFiguresThatAreKept() {
        Places kept = Places.all(100_000);
        allocate(Places.all(1));
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        List<Object> figures = allocate(kept);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        long counted = Evolution.bytes(100_000, 1, kept);
        long chunks = 256 * EvolutionWorker.bytes(1);
        assertEquals(counted, allocated + chunks, 0.001 * allocated, figures.size() + " figures");
    }

    /** What a reading of a history allocates for its figures. */
    private static List<Object> allocate(Places kept) {
        return List.of(new int[kept.size()], Evolution.Targets.of(kept, ArrayMaker.making()));
    }

    /** A million states of 64 components took 1.5 GB in centroids alone. */
    @Test
    void memoryDoesNotGrowWithTheRecordedStates() {
        long tenThousand = reported(10_001);
        long million = reported(1_000_001);
        assertTrue(tenThousand < 15_000_000, "" + tenThousand);
        assertTrue(million - 4 * 1_000_001 < 2 * tenThousand, "beside the number of each step: " + million);
    }

    private static long reported(int size) {
        return Evolution.bytes(size, 128, Evolution.keptForReports(size));
    }
}
