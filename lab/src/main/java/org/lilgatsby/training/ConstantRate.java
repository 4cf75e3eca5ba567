package org.lilgatsby.training;

import org.lilgatsby.settings.Settings;

/** Every step uses lr. */
public record ConstantRate() implements Schedule {
    @Override
    public String name() {
        return "constant";
    }

    @Override
    public String reason() {
        return "the same at every step";
    }

    @Override
    public String effect(TrainingConfig config) {
        String rate = Settings.plain(config.learningRate());
        return config.warmup() == 0
                ? "the learning rate is %s at every step".formatted(rate)
                : "the learning rate is %s, %s".formatted(rate, config.beginning());
    }

    @Override
    public double rate(double first, int step, int horizon) {
        return first;
    }

    @Override
    public boolean falls() {
        return false;
    }
}
