package org.lilgatsby.sweep.findings;

import java.util.Locale;
import org.lilgatsby.experiment.Figures;

/**
 * Something that runs have a number of.
 *
 * @param name its column in {@code runs.csv}, or {@code GROUP.FIGURE} in a series
 * @param label what it is, in plain words; the name itself where there are no others
 * @param unit its unit; empty for a pure number
 * @param kind how its values are written
 */
public record Figure(String name, String label, String unit, Kind kind) {
    /** How values are written. */
    public enum Kind {
        /** A whole number in every run. */
        COUNT,
        /** Any number. */
        NUMBER;

        /** The name in {@code report.json}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The value of a single run as text; a dash if it is undefined. */
    public String text(double value) {
        return kind == Kind.COUNT && Double.isFinite(value) ? Figures.count((long) value) : Figures.number(value);
    }

    /** Label and unit, such as {@code loss of the last step (nats)}. */
    public String heading() {
        return unit.isEmpty() ? label : "%s (%s)".formatted(label, unit);
    }
}
