package org.lilgatsby.run;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;

/** The memory that this process has needed so far. */
public final class PeakHeap {
    private PeakHeap() {}

    /** Peak heap use in bytes: the peaks of the JVM's heap pools, summed, so at least the peak of their sum. */
    public static long bytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
