package org.lilgatsby.sweep;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Another format for the tables of a sweep, beside comma-separated values. Formats are services of this class:
 * {@link Tables} writes every one that is on the class path.
 */
public interface TableFormat {
    /** How the names of its files end, without the dot, such as {@code parquet}. */
    String extension();

    /**
     * Writes a table in this format. At any instant the file is whole, or is not there.
     *
     * @param csv {@code runs.csv} or {@code series.csv} of a sweep, complete
     * @param file where to write; replaced if it exists
     * @throws IOException if {@code csv} is not such a table, or the file cannot be written
     */
    void convert(Path csv, Path file) throws IOException;
}
