package org.lilgatsby.experiment.analyses;

/**
 * A column of figures.
 *
 * @param name its name for programs, in snake case
 * @param unit of its figures: {@code W} is the unit of the embedding matrix; empty for counts, steps, ids, ratios and
 *     text
 * @param meaning what it holds
 */
public record Column(String name, String unit, String meaning) {
    /** Its name for people and in the first line of a CSV file, with its unit if any: {@code radius [W]}. */
    public String heading() {
        return unit.isEmpty() ? name : name + " [" + unit + "]";
    }
}
