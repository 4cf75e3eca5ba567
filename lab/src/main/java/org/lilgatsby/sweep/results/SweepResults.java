package org.lilgatsby.sweep.results;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.SweepDirectory;

/**
 * What is known of a sweep, complete or not.
 *
 * @param table a row a run
 */
public record SweepResults(RunTable table) {
    /**
     * Looks the runs of a sweep up, and writes its tables and reports.
     *
     * @throws IOException if the store cannot be read, or a file cannot be written
     */
    public static SweepResults collect(Sweep sweep, List<Point> points, Store store, SweepDirectory directory)
            throws IOException {
        RunTable table = RunTable.of(sweep.varied(), points, store, sweep.keep());
        Files.createDirectories(directory.root());
        table.write(directory.runs());
        table.writeSeries(directory.series());
        return new SweepResults(table);
    }

    /** Number of points in a state. */
    public long count(RunTable.State state) {
        return table.rows().stream().filter(row -> row.state() == state).count();
    }
}
