package org.lilgatsby.sweep.results;

import java.io.IOException;
import java.util.List;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.SweepDirectory;
import org.lilgatsby.sweep.Tables;
import org.lilgatsby.sweep.findings.SweepFindings;
import org.lilgatsby.sweep.findings.SweepReports;
import org.lilgatsby.sweep.page.SweepPage;

/**
 * What is known of a sweep, complete or not.
 *
 * @param table one row per run
 * @param findings what they show together
 * @param unwritten for each table that could not be written in another format than comma-separated values: its file,
 *     and why
 */
public record SweepResults(RunTable table, SweepFindings findings, List<String> unwritten) {
    /**
     * Looks the runs of a sweep up, and writes its tables and reports.
     *
     * @throws IOException if the store cannot be read, or a file cannot be written
     */
    public static SweepResults collect(Sweep sweep, List<Point> points, Store store, SweepDirectory directory)
            throws IOException {
        RunTable table = RunTable.of(sweep.varied(), points, store, sweep.keep());
        Tables.Written written = Tables.write(table, directory.root());
        SweepFindings findings = SweepFindings.of(sweep, table);
        SweepReports.write(findings, directory.root());
        SweepPage.write(findings, table, directory.page());
        return new SweepResults(table, findings, written.failures());
    }

    /** Number of points in a state. */
    public long count(RunTable.State state) {
        return table.rows().stream().filter(row -> row.state() == state).count();
    }
}
