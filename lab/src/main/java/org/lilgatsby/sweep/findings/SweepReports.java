package org.lilgatsby.sweep.findings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.report.JsonReport;
import org.lilgatsby.report.TextReport;

/** A sweep's reports. */
public final class SweepReports {
    /** Name of the report in words. */
    public static final String TEXT = "report.txt";

    /** Name of the report for programs. */
    public static final String JSON = "report.json";

    private SweepReports() {}

    /**
     * Writes {@value #TEXT} and {@value #JSON}, UTF-8, each complete at any time.
     *
     * @param directory the sweep's
     * @throws IOException if one cannot be written
     */
    public static void write(SweepFindings findings, Path directory) throws IOException {
        write(text(findings), directory.resolve(TEXT));
        write(json(findings), directory.resolve(JSON));
    }

    /** The report in words, of at most 100 columns. */
    public static String text(SweepFindings findings) {
        SweepContents contents = SweepContents.of(findings);
        return TextReport.text(contents.title(), contents.opening(), contents.sections());
    }

    /** The findings as one JSON document with the names of {@link SweepFindings} in snake case. */
    public static String json(SweepFindings findings) {
        return JsonReport.indented(findings);
    }

    private static void write(String text, Path file) throws IOException {
        DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
