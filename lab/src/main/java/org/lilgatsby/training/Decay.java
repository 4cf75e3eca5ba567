package org.lilgatsby.training;

import java.util.Locale;
import org.lilgatsby.settings.Settings;

/** A schedule that falls all the way, from the rate of the first step after the warm-up to zero or to a floor. */
interface Decay extends Schedule {
    /** How it falls, behind "the learning rate". */
    String fall();

    @Override
    default String effect(TrainingConfig config) {
        return String.format(
                Locale.ROOT,
                "the learning rate %s from %s at step %,d towards %s after step %,d, %s",
                fall(),
                Settings.plain(config.learningRate()),
                config.warmup() + 1,
                config.end(),
                config.horizon(),
                config.beginning());
    }
}
