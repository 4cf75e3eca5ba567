package org.lilgatsby.bench;

import org.lilgatsby.kernel.VectorPeak;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The fused multiply-add peak of the core, measured before each iteration of a benchmark: its counter. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Peak {
    private static final int ROUNDS = 200_000;
    private static final int WARM_UP = 200;

    private double measured;

    @Setup(Level.Trial)
    public void warmUp() {
        for (int i = 0; i < WARM_UP; i++) {
            measure();
        }
    }

    @Setup(Level.Iteration)
    public void measure() {
        long began = System.nanoTime();
        float sum = VectorPeak.spin(ROUNDS);
        long ended = System.nanoTime();
        if (Float.isNaN(sum)) {
            throw new IllegalStateException("the measured work gave a NaN");
        }
        measured = VectorPeak.flop(ROUNDS) / (ended - began);
    }

    /** GFLOP/s. */
    public double peak() {
        return measured;
    }
}
