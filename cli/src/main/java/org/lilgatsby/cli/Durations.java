package org.lilgatsby.cli;

import java.util.Locale;

/** Durations for people. */
final class Durations {
    private Durations() {}

    /** Such as {@code 1.3 ms}, {@code 4.2 s}, {@code 3 min 20 s} or {@code 2 h 5 min}. */
    static String text(double seconds) {
        if (seconds > 0 && seconds < 0.1) {
            return String.format(Locale.ROOT, "%.1f ms", 1e3 * seconds);
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 3600) {
            return "%d min %d s".formatted(whole / 60, whole % 60);
        }
        return "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
    }
}
