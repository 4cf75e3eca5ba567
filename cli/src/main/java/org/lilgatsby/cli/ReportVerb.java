package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.lilgatsby.laboratory.Reports;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a run's reports again. */
@Command(
        name = "report",
        header = "Writes a run's reports again: a page that opens offline, text and JSON.",
        description = {
            "",
            "Every finished run has them already. They are made from the recording alone, so this also writes the",
            "reports of an interrupted run, up to its last complete step."
        })
final class ReportVerb extends Verb {
    @Parameters(paramLabel = "RUN", description = "Directory of a run.")
    private Path run;

    @Override
    public Integer call() throws IOException {
        RunDirectory directory = existing(run);
        try (RunLock _ = RunLock.take(directory)) {
            Reports.renew(directory);
        }
        console().print(directory.reportHtml() + "\n");
        return ExitCodes.DONE;
    }
}
