package org.lilgatsby.benchmark;

import java.util.Arrays;
import org.lilgatsby.random.TorchGenerator;

/** The size of a large model's vocabulary at a small width, and what drawing so many normal numbers takes. */
public final class LargeStart {
    /** Tokens. */
    public static final int ROWS = 151_936;

    /** Components of a row. */
    public static final int WIDTH = 64;

    /** Draws until the compiler has finished. */
    private static final int WARM_UP = 5;

    private LargeStart() {}

    /** Seconds in which the generator, compiled, draws as many normal numbers; the median of some rounds. */
    public static double generatorSeconds(int rounds) {
        float[] values = new float[ROWS * WIDTH];
        double[] seconds = new double[rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            long began = System.nanoTime();
            new TorchGenerator(round).normal(values, 0, values.length, 0, 1);
            if (round >= 0) {
                seconds[round] = (System.nanoTime() - began) / 1e9;
            }
        }
        Arrays.sort(seconds);
        return seconds[rounds / 2];
    }
}
