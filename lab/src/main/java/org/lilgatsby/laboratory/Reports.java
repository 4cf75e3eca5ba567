package org.lilgatsby.laboratory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.report.AnalysisChart;
import org.lilgatsby.report.HtmlReport;
import org.lilgatsby.report.JsonReport;
import org.lilgatsby.report.TextReport;
import org.lilgatsby.report.Timeline;

/** Writes a run's findings to files. */
public final class Reports {
    private Reports() {}

    /** Writes all reports of a run again; the seal of a finished one then holds for the new ones. */
    public static void renew(RunDirectory directory) throws IOException {
        write(directory, ReportScope.ALL);
        Sealing.renew(directory, List.of(directory.reportJson(), directory.reportText(), directory.reportHtml()));
    }

    /** Computes a run's findings, and writes {@code report.json} and the requested reports. */
    static Findings write(RunDirectory directory, ReportScope scope) throws IOException {
        try (RunArchive archive = RunArchive.open(directory)) {
            RunData data = archive.data();
            Findings findings = Findings.of(data);
            if (scope == ReportScope.ALL) {
                try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
                    Future<?> text = beside.submit(() -> {
                        writeText(findings, scope, directory);
                        return null;
                    });
                    // A recording is read once here: compiling the vector kernels takes longer than they save.
                    Timeline timeline = Timeline.of(data, new ScalarAnalysisKernels());
                    AnalysisContext context =
                            new AnalysisContext(archive, new ScalarAnalysisKernels(), ScalarAnalysisKernels::new);
                    HtmlReport.write(findings, timeline, AnalysisChart.of(context), directory.reportHtml());
                    await(text);
                }
            } else {
                writeText(findings, scope, directory);
            }
            return findings;
        }
    }

    private static void writeText(Findings findings, ReportScope scope, RunDirectory directory) throws IOException {
        JsonReport.write(findings, directory.reportJson());
        if (scope != ReportScope.NONE) {
            TextReport.write(findings, directory.reportText());
        }
    }

    /** Waits for what is done beside this thread, and fails as it failed. */
    private static void await(Future<?> beside) throws IOException {
        try {
            beside.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case Throwable other -> throw new IllegalStateException(other);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reports were written");
        }
    }
}
