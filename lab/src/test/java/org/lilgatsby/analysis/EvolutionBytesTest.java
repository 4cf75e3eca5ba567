package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvolutionBytesTest {
    @Test
    void countsTheFiguresOfEveryRecordedState() {
        int states = 100_000;
        allocate(1);
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        List<Object> figures = allocate(states);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        assertEquals(Evolution.leastBytes(states), allocated, 0.001 * allocated, figures.size() + " targets");
    }

    /** What a reading of a history allocates for its figures. */
    private static List<Object> allocate(int states) {
        List<Object> figures = new ArrayList<>();
        figures.add(new int[states]);
        for (Group _ : Group.values()) {
            figures.add(new CensusWorker.Target(states));
            figures.add(new StepSizes.Target(states));
            figures.add(new LatticeSeries.Target(states));
            figures.add(new RegimeSeries.Target(states));
            figures.add(new CentroidPath.Target(states));
        }
        return figures;
    }
}
