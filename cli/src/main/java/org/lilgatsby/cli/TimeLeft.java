package org.lilgatsby.cli;

import java.util.Locale;
import java.util.Optional;

/**
 * How long a run will take, announced once, from the rate of its own steps: as soon as two consecutive time windows
 * agree, so that neither the JIT's warm-up nor a pause counts as the rate.
 */
final class TimeLeft {
    private static final double WINDOW_SECONDS = 0.5;

    /** Two windows whose rates differ by less agree. */
    private static final double AGREE = 0.1;

    private final int total;
    private int windowStep;
    private long windowNanos;
    private double before = Double.NaN;
    private boolean told;

    /**
     * @param done steps carried out so far
     * @param total steps of the run
     * @param now current time in nanoseconds
     */
    TimeLeft(int done, int total, long now) {
        this.total = total;
        this.windowStep = done;
        this.windowNanos = now;
    }

    /** What to say after a step; empty until the rate is known, and after it was announced. */
    Optional<String> after(int step, long now) {
        double seconds = (now - windowNanos) / 1e9;
        if (told || seconds < WINDOW_SECONDS) {
            return Optional.empty();
        }
        double rate = (step - windowStep) / seconds;
        boolean agreed = Math.abs(rate / before - 1) < AGREE;
        windowStep = step;
        windowNanos = now;
        before = rate;
        if (!agreed) {
            return Optional.empty();
        }
        told = true;
        return Optional.of(String.format(
                Locale.ROOT,
                "time: about %s left for %,d steps, at %.1f steps per second",
                Durations.text((total - step) / rate),
                total - step,
                rate));
    }
}
