package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.RunArchive;
import org.lilgatsby.experiment.RunData;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.report.HtmlReport;
import org.lilgatsby.report.Timeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a run's report as a page. */
@Command(
        name = "report",
        header = "Writes a run's report as a page that opens offline: report.html in its directory.",
        description = {"", "The page is made from the recording alone and can be written again at any time."})
final class ReportVerb extends Verb {
    @Parameters(paramLabel = "RUN", description = "Directory of a run.")
    private Path run;

    @Override
    public Integer call() throws IOException {
        RunDirectory directory = existing(run);
        try (RunArchive archive = RunArchive.open(directory)) {
            RunData data = archive.data();
            HtmlReport.write(Findings.of(data), Timeline.of(data, KernelChoice.AUTO.createMotion()), directory.reportHtml());
        }
        console().print(directory.reportHtml() + "\n");
        return ExitCodes.DONE;
    }
}
