package org.lilgatsby.cli;

import java.io.IOException;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.RunArchive;
import org.lilgatsby.experiment.RunData;
import org.lilgatsby.experiment.Sealing;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.report.HtmlReport;
import org.lilgatsby.report.JsonReport;
import org.lilgatsby.report.TextReport;
import org.lilgatsby.report.Timeline;

/** What every finished run ends with: its findings, written and printed, and its seal. */
final class Reports {
    private Reports() {}

    /** Analyses the run, writes its reports, seals its files, and prints the report. */
    static void write(RunDirectory directory, RunWatch watch, Console console, boolean json) throws IOException {
        Findings findings;
        watch.finishing("analysing the recording");
        try (RunArchive archive = RunArchive.open(directory)) {
            RunData data = archive.data();
            findings = Findings.of(data);
            JsonReport.write(findings, directory.reportJson());
            TextReport.write(findings, directory.reportText());
            HtmlReport.write(findings, Timeline.of(data, KernelChoice.AUTO.createMotion()), directory.reportHtml());
        }
        watch.finishing("sealing the files with their checksums");
        Sealing.seal(directory);
        console.print(json ? JsonReport.text(findings) : TextReport.text(findings));
        watch.finishing("everything is in " + directory.root());
    }
}
