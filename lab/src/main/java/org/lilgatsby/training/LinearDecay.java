package org.lilgatsby.training;

/** Step s of N uses lr (1 - (s-1)/N), and 0 after N; no warm-up. */
public record LinearDecay() implements Decay {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public String reason() {
        return "step s of N uses lr (1 - (s-1)/N): N decides every step";
    }

    @Override
    public String fall() {
        return "falls";
    }

    @Override
    public double rate(double first, int step, int horizon) {
        return first * Math.max(0, 1 - (step - 1) / (double) horizon);
    }
}
