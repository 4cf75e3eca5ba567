package org.lilgatsby.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.benchmark.AnalysisBenchmark;
import org.lilgatsby.cli.ExitCodes;
import org.lilgatsby.cli.MachineOptions;
import org.lilgatsby.cli.Main;
import org.lilgatsby.cli.Verb;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.run.RunObserver;
import org.lilgatsby.run.RunOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures the analyses. */
@Command(
        name = "analyze",
        header = "Measures the analyses of a recording, in multiples of the time to read it.",
        description = {
            "",
            "Prints the time of the analyses of W over all steps as a multiple of reading the mapped W once,",
            "measured in turn, that of pairwise distances and adjacency, and that of the whole analyze with "
                    + "Java's start."
        })
final class BenchAnalyzeVerb extends Verb {
    private static final int STARTS = 5;

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "Directory of a run (default: a recording of 10,001 states of 128 x 64, made for it).")
    private Path run;

    @Mixin
    private MachineOptions machine;

    @Override
    public Integer call() throws IOException {
        if (run == null) {
            onNewRun(machine.options());
        } else {
            on(existing(run));
        }
        return ExitCodes.DONE;
    }

    /**
     * Measures on a recording made for this purpose by a model with the experiments' vocabulary and width, but a short
     * context.
     */
    private void onNewRun(RunOptions options) throws IOException {
        ExperimentConfig config = BuiltIn.load(
                "primordial-snowball", List.of("training.batch=1", "model.context=16", "training.log_every=1000"));
        Corpus corpus = loader().load(config.corpus(), config.model().vocabulary());
        try (ScratchDirectory directory = ScratchDirectory.make()) {
            RunDirectory made = RunDirectory.create(directory.path().resolve("run"));
            ExperimentRun.start(config, corpus, made, options, new Silent());
            on(made);
        }
    }

    private void on(RunDirectory directory) throws IOException {
        AnalysisBenchmark found;
        try (RunArchive archive = RunArchive.open(directory)) {
            found = AnalysisBenchmark.of(archive, KernelChoice.AUTO.createAnalysisKernels());
        }
        line(
                "analyses of %,d states, %.0f MB of W, on all processors, in turn with reading the mapped W "
                        + "through once",
                found.states(), found.bytes() / 1e6);
        line("");
        line("%-66s%10s%14s", "", "seconds", "x reading");
        line("%-66s%10.4f%14.1f", "reading it", found.reading(), 1.0);
        timing("census, events, centroid, step sizes, displacements, regimes", found.evolution());
        timing("pairwise distances and adjacency, two of each, dead tokens", found.deadGeometry());
        timing("pairwise distances and adjacency, two of each, all tokens", found.geometry());
        line(
                "%-66s%10.2f",
                "lilgatsby analyze, with Java's start (median of %d)".formatted(STARTS), wholeProgram(directory));
    }

    private void timing(String name, AnalysisBenchmark.Timing timing) {
        line("%-66s%10.4f%14.1f", name, timing.seconds(), timing.readings());
    }

    /** Seconds of the whole program in a separate JVM, started like this one. */
    private static double wholeProgram(RunDirectory run) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "analyze",
                run.root().toString()));
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long began = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                int code = process.waitFor();
                if (code != ExitCodes.DONE) {
                    throw new IOException("analyze " + run.root() + " ended with exit code " + code);
                }
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while analyze was measured", e);
            }
            seconds[i] = (System.nanoTime() - began) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[STARTS / 2];
    }

    private void line(String format, Object... values) {
        console().print(String.format(Locale.ROOT, format, values) + "\n");
    }

    /** Observes a run silently. */
    private static final class Silent implements RunObserver {
        @Override
        public void begins(int done, int total) {}

        @Override
        public void stepped(int step, double loss) {}

        @Override
        public void finishing(String what) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
