package org.lilgatsby.experiment;

import java.util.List;

/**
 * A part of a report.
 *
 * @param title what it answers
 * @param blocks its content
 */
public record Section(String title, List<Block> blocks) {
    /** Copies the list. */
    public Section {
        blocks = List.copyOf(blocks);
    }

    /** A section of a few blocks. */
    public static Section of(String title, Block... blocks) {
        return new Section(title, List.of(blocks));
    }
}
