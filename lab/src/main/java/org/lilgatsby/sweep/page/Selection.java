package org.lilgatsby.sweep.page;

import java.util.TreeSet;
import java.util.stream.IntStream;

/** Which of many things a page draws. */
final class Selection {
    private Selection() {}

    /**
     * Places among {@code size}, ascending: all of them if at most {@code most}, otherwise {@code most} at equal
     * distances, the first and the last included.
     *
     * @param most at least 2
     */
    static int[] evenly(int size, int most) {
        if (size <= most) {
            return IntStream.range(0, size).toArray();
        }
        return IntStream.range(0, most)
                .map(i -> (int) ((long) i * (size - 1) / (most - 1)))
                .toArray();
    }

    /**
     * Places among ascending steps: all of them if at most {@code most}, otherwise at most {@code most}, half of them
     * closer together where training is young; the first and the last are included.
     *
     * @param most at least 4
     */
    static int[] steps(int size, int most) {
        if (size <= most) {
            return evenly(size, most);
        }
        TreeSet<Integer> places = new TreeSet<>();
        for (int place : evenly(size, most / 2)) {
            places.add(place);
        }
        int room = most - most / 2;
        for (int i = 1; i <= room; i++) {
            places.add((int) Math.min(size - 1, Math.round(StrictMath.expm1(i * StrictMath.log(size) / (room + 1)))));
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The values at some places. */
    static double[] at(double[] values, int[] places) {
        return IntStream.of(places).mapToDouble(place -> values[place]).toArray();
    }

    /** The values at some places. */
    static int[] at(int[] values, int[] places) {
        return IntStream.of(places).map(place -> values[place]).toArray();
    }
}
