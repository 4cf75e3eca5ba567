package org.lilgatsby.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.run.MachineMemory;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.sweep.BuiltInSweep;
import org.lilgatsby.sweep.CorpusHash;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.SweepDirectory;
import org.lilgatsby.sweep.execution.Cluster;
import org.lilgatsby.sweep.execution.Execution;
import org.lilgatsby.sweep.execution.LocalExecution;
import org.lilgatsby.sweep.execution.PointRunner;
import org.lilgatsby.sweep.execution.Shard;
import org.lilgatsby.sweep.execution.WorkerMemory;
import org.lilgatsby.sweep.results.SweepResults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Carries out many runs that answer one question. */
@Command(
        name = "sweep",
        header = "Performs many runs and reports what they show together.",
        synopsisSubcommandLabel = "",
        commandListHeading = "%nCommands:%n",
        description = {
            "",
            "Without SWEEP it lists the built-in ones. Runs that are in the store are not run again; failed ones",
            "are. The same command continues a sweep that was stopped. The directory of the sweep holds its",
            "definition, a table of runs, and reports."
        },
        subcommands = {SweepCollectVerb.class, SweepVerifyVerb.class})
final class SweepVerb extends Verb {
    /** A worker of which nothing was heard so long is dead. */
    private static final Duration DEAD = Duration.ofMinutes(10);

    @Mixin
    private SweepChoice choice;

    @Option(names = "--out", paramLabel = "DIR", description = "Directory of the sweep (default: sweeps/NAME).")
    private Path out;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Directory of the runs, which sweeps may share (default: what the sweep's file names, or "
                    + "sweeps/store).")
    private Path storeOption;

    @Option(
            names = "--dry-run",
            description = "Print the points, of many the first and last, and what each would take; write nothing.")
    private boolean dryRun;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Perform part I of N, for batch systems; then make the tables with sweep collect.")
    private String shard;

    @Option(
            names = "--on",
            paramLabel = "MASTER",
            description = "Perform the runs on a cluster, such as spark://host:7077.")
    private String master;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description =
                    "Runs at the same time, each with one thread (default: one per processor). Not with --on: the "
                            + "cluster's cores decide.")
    private Integer workers;

    @Mixin
    private KernelOptions kernels;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        if (!choice.isNamed()) {
            list();
            return ExitCodes.DONE;
        }
        if (workers != null) {
            requireWithin("--workers", workers, 1, 1024);
            if (master != null) {
                throw new SettingException(
                        "",
                        "--workers is for runs on this machine; with --on, the cluster's cores decide: leave it out");
            }
        }
        Shard part = shard == null ? Shard.ALL : Shard.parse(shard);
        Sweep sweep = choice.sweep();
        Corpora corpora = loader().keeping();
        CorpusHash hashes =
                (corpus, vocabulary) -> corpora.load(corpus, vocabulary).sha256();
        List<Point> points = sweep.points(hashes);
        SweepDirectory directory = new SweepDirectory(out == null ? Path.of("sweeps", sweep.name()) : out);
        Path runs = storeOption != null ? storeOption : sweep.store().orElse(Path.of("sweeps", "store"));
        Store store = Store.open(runs, Manifest.ARITHMETIC);
        List<Point> mine = part.of(points);
        RunOptions options = kernels.options(1);
        SweepRoom room = new SweepRoom(mine, store, sweep.keep(), corpora);
        room.shortage().ifPresent(shortage -> console().log("disk: " + shortage));
        if (dryRun) {
            SweepPlan plan = SweepPlan.of(mine, store, sweep.keep(), corpora, options, wanted());
            if (json.isSet()) {
                console().print(plan.toJson());
            } else {
                console().print(plan.text());
            }
            return ExitCodes.DONE;
        }
        Execution execution = execution(corpora, options, mine, sweep);
        directory.define(sweep, points, runs, hashes);
        tellOthers(store);
        store.removeAbandoned(DEAD);
        SweepWatch watch = new SweepWatch(console(), mine);
        try (watch) {
            execution.run(mine, store, sweep.keep(), watch);
        } catch (IOException | UncheckedIOException e) {
            throw new IOException(
                    "%s%s; what is done is in the store %s; fix the cause, and the same command continues"
                            .formatted(
                                    Failures.sentence(e),
                                    room.shortage().map("; "::concat).orElse(""),
                                    store.root()),
                    e);
        }
        if (watch.stopRequested()) {
            console().log("stopped; the same command continues");
            return ExitCodes.INTERRUPTED;
        }
        if (part.equals(Shard.ALL)) {
            SweepResults results = SweepResults.collect(sweep, points, store, directory);
            return SweepCollectVerb.tell(results, directory, console(), json.isSet());
        }
        console()
                .log("part %d of %d is done; once all are: lilgatsby sweep collect %s"
                        .formatted(part.index(), part.count(), directory.root()));
        return watch.failed() > 0 ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private void list() {
        StringBuilder lines = new StringBuilder();
        for (String name : BuiltInSweep.names()) {
            lines.append("%-20s%s\n".formatted(name, BuiltInSweep.load(name).title()));
        }
        console().print(lines.toString());
    }

    private int wanted() {
        return workers == null ? Runtime.getRuntime().availableProcessors() : workers;
    }

    private void tellOthers(Store store) throws IOException {
        for (Map.Entry<Integer, Integer> other : store.otherArithmetics().entrySet()) {
            console()
                    .log("the store also holds %s of arithmetic %d, which is not this program's %d; they are not used"
                            .formatted(Figures.of(other.getValue(), "run"), other.getKey(), Manifest.ARITHMETIC));
        }
    }

    private Execution execution(Corpora corpora, RunOptions options, List<Point> points, Sweep sweep) {
        if (master != null) {
            return ServiceLoader.load(Cluster.class)
                    .findFirst()
                    .orElseThrow(() -> new SettingException(
                            "",
                            "--on needs the module for clusters on the class path; start the program with the script "
                                    + "lilgatsby, which adds it"))
                    .on(master, corpora, options);
        }
        int fitting = WorkerMemory.of(points, sweep.keep(), corpora, options).workers(wanted(), MachineMemory.here());
        if (fitting < wanted()) {
            console()
                    .log("memory: %s at the same time, not %d; LILGATSBY_JAVA_OPTS=-Xmx... gives more"
                            .formatted(Figures.of(fitting, "run"), wanted()));
        }
        return new LocalExecution(new PointRunner(corpora, options), fitting);
    }

    /** Steps that a run carries out. */
    static long steps(ExperimentConfig config) {
        return config.training().steps();
    }
}
