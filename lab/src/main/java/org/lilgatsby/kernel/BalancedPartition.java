package org.lilgatsby.kernel;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Indivisible items dealt to workers so that each has about as much to do: the largest first, each to the worker with
 * the least.
 */
public final class BalancedPartition {
    private final int[] owner;

    /**
     * Shares out items.
     *
     * @param costs work of each item, in any unit
     * @param workers number of workers
     */
    public BalancedPartition(long[] costs, int workers) {
        owner = new int[costs.length];
        long[] load = new long[workers];
        Integer[] order = IntStream.range(0, costs.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingLong((Integer i) -> -costs[i]).thenComparingInt(i -> i));
        for (int item : order) {
            int least = 0;
            for (int w = 1; w < workers; w++) {
                if (load[w] < load[least]) {
                    least = w;
                }
            }
            owner[item] = least;
            load[least] += costs[item];
        }
    }

    /** Whether the item belongs to this worker. */
    public boolean belongsTo(Worker slice, int item) {
        return owner[item] == slice.index();
    }
}
