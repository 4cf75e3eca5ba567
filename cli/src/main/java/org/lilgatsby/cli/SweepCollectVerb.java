package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.SweepDirectory;
import org.lilgatsby.sweep.findings.SweepReports;
import org.lilgatsby.sweep.results.SweepResults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the tables and reports of a sweep from what its store holds. */
@Command(
        name = "collect",
        header = "Makes the tables and reports of a sweep from the runs done so far.",
        description = {"", "For sweeps whose parts ran elsewhere, and for those that are under way."})
final class SweepCollectVerb extends SweepCommand {
    @Parameters(paramLabel = "DIR", description = "Directory of the sweep.")
    private Path root;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Directory of the runs (default: what the sweep's definition names).")
    private Path store;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        SweepDirectory directory = sweepIn(root);
        Sweep sweep = directory.sweep();
        Corpora corpora = loader().keeping();
        List<Point> points = sweep.points(
                (corpus, vocabulary) -> corpora.load(corpus, vocabulary).sha256());
        Path runs = store != null ? store : sweep.store().orElseThrow();
        SweepResults results = SweepResults.collect(sweep, points, Store.open(runs, Manifest.ARITHMETIC), directory);
        return tell(results, directory, console(), json.isSet());
    }

    /** Prints what was found; the exit code says whether all runs are done. */
    static int tell(SweepResults results, SweepDirectory directory, Console console, boolean json) throws IOException {
        long failed = results.count(RunTable.State.FAILED);
        long missing = results.count(RunTable.State.MISSING);
        results.unwritten().forEach(console::log);
        console.print(Files.readString(directory.root().resolve(json ? SweepReports.JSON : SweepReports.TEXT)));
        console.log("everything is in " + directory.root());
        if (missing > 0) {
            console.log("%,d of %,d runs %s; the sweep's command performs %s"
                    .formatted(
                            missing,
                            results.table().rows().size(),
                            missing == 1 ? "is missing" : "are missing",
                            missing == 1 ? "it" : "them"));
        }
        if (failed > 0) {
            console.log("%,d of %,d runs failed, for the %s in %s; the sweep's command tries %s again"
                    .formatted(
                            failed,
                            results.table().rows().size(),
                            failed == 1 ? "reason" : "reasons",
                            directory.runs(),
                            failed == 1 ? "it" : "them"));
        }
        return failed + missing > 0 ? ExitCodes.FAILED : ExitCodes.DONE;
    }
}
