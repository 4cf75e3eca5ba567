package org.lilgatsby.sweep.findings;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Some done runs, of which something is said together. Equal if they are the same runs. */
final class Cell {
    private final int[] runs;

    private Cell(int[] runs) {
        this.runs = runs;
    }

    /** The runs at some places, ascending. */
    static Cell of(List<Integer> runs) {
        return new Cell(runs.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Number of runs. */
    int size() {
        return runs.length;
    }

    /** Place of a run of this cell. */
    int run(int index) {
        return runs[index];
    }

    /** The values of the runs that have one, in the order of the points. */
    double[] values(IntToDoubleFunction figure) {
        return Arrays.stream(runs)
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell that && Arrays.equals(runs, that.runs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(runs);
    }

    @Override
    public String toString() {
        return Arrays.toString(runs);
    }
}
