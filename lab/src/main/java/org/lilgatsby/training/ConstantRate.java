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
        return "the learning rate is %s at every step".formatted(Settings.plain(config.learningRate()));
    }

    @Override
    public double rate(double first, int step, int horizon) {
        return first;
    }
}
