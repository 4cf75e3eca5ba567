package org.lilgatsby.training;

import java.util.Locale;
import org.lilgatsby.settings.Settings;

/** Step s of N uses lr (1 - (s-1)/N), and 0 after N; no warm-up. */
public record LinearDecay() implements Schedule {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public String reason() {
        return "step s of N uses lr (1 - (s-1)/N): N decides every step";
    }

    @Override
    public String effect(TrainingConfig config) {
        return String.format(
                Locale.ROOT,
                "the learning rate falls from %s at step %,d towards %s after step %,d, %s",
                Settings.plain(config.learningRate()),
                config.warmup() + 1,
                config.end(),
                config.horizon(),
                config.beginning());
    }

    @Override
    public double rate(double first, int step, int horizon) {
        return first * Math.max(0, 1 - (step - 1) / (double) horizon);
    }
}
