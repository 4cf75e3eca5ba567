package org.lilgatsby.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.report.HtmlReport;
import org.lilgatsby.report.JsonReport;
import org.lilgatsby.report.TextReport;
import org.lilgatsby.report.Timeline;
import org.lilgatsby.run.PeakHeap;

/** A run's findings as files. */
final class Reports {
    private Reports() {}

    /** What every finished run ends with: its reports, the seal of its files, and the report printed. */
    static void finish(RunDirectory directory, RunWatch watch, Console console, boolean json) throws IOException {
        watch.finishing("analysing the recording");
        Findings findings = write(directory);
        watch.finishing("sealing the files with their checksums");
        Sealing.seal(directory);
        console.print(json ? JsonReport.text(findings) : TextReport.text(findings));
        watch.finishing(String.format(
                Locale.ROOT, "everything is in %s; peak heap: %,.0f MB", directory.root(), PeakHeap.bytes() / 1e6));
    }

    /** Writes all reports of a run again; the seal of a finished one then holds for the new ones. */
    static void renew(RunDirectory directory) throws IOException {
        write(directory);
        Sealing.renew(directory, List.of(directory.reportJson(), directory.reportText(), directory.reportHtml()));
    }

    private static Findings write(RunDirectory directory) throws IOException {
        try (RunArchive archive = RunArchive.open(directory)) {
            RunData data = archive.data();
            Findings findings = Findings.of(data);
            JsonReport.write(findings, directory.reportJson());
            TextReport.write(findings, directory.reportText());
            // A recording is read once here: compiling the vector kernels takes longer than they save.
            HtmlReport.write(findings, Timeline.of(data, new ScalarAnalysisKernels()), directory.reportHtml());
            return findings;
        }
    }
}
