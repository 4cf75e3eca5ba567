package org.lilgatsby.training;

/**
 * Step s of N uses lr·(1 + cos(π(s-1)/N))/2: half a period of the cosine (Loshchilov and Hutter 2017, without
 * restarts), as Hugging Face's {@code get_cosine_schedule_with_warmup}.
 */
public record CosineDecay() implements Decay {
    @Override
    public String name() {
        return "cosine";
    }

    @Override
    public String reason() {
        return "step s of N uses lr (1 + cos(pi (s-1)/N))/2: N decides every step";
    }

    @Override
    public String fall() {
        return "falls as a cosine";
    }

    @Override
    public double rate(double first, int step, int horizon) {
        return first * Math.max(0, 0.5 * (1 + StrictMath.cos(Math.PI * ((step - 1) / (double) horizon))));
    }
}
