package org.lilgatsby.bench;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.benchmark.Notebook;
import org.lilgatsby.benchmark.NotebookComparison;
import org.lilgatsby.benchmark.SampledRun;
import org.lilgatsby.cli.ExitCodes;
import org.lilgatsby.cli.Verb;
import org.lilgatsby.cli.Version;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.experiment.Experiment;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the experiments with PyTorch. */
@Command(
        name = "notebook",
        header = "Measures the experiments beside the same ones in PyTorch, on one core.",
        description = {
            "",
            "Runs each experiment here and with PyTorch's GPT2LMHeadModel and Trainer, one after the other, one "
                    + "thread each, and both record what the experiment's notebook records. Prints what share of the "
                    + "components of W has the same bits after 0, 1, 3, 10, 100 ... updates, and the steps per second "
                    + "of processor time, over the second half of the steps. The ratio over all steps includes the "
                    + "start of both and, here, the work of Java's compiler, nearly all of it in the first experiment.",
            "",
            "Needs a Python with torch, transformers, accelerate, safetensors and numpy, and says what to install "
                    + "where they are missing. Takes some minutes."
        })
final class BenchNotebookVerb extends Verb {
    private static final int DEFAULT_STEPS = 300;
    private static final int MOST_STEPS = 10_000;

    @Parameters(arity = "0..*", paramLabel = "EXPERIMENT", description = "Built-in experiments (default: all five).")
    private List<String> experiments = List.of();

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "" + DEFAULT_STEPS,
            description = "Number of updates of each run (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--corpus",
            paramLabel = "TEXT",
            description = "A raw Project Gutenberg text, an ASCII file, or gatsby for the fetched book (default: the "
                    + "built-in synthetic text).")
    private String corpus;

    @Option(
            names = "--python",
            paramLabel = "PATH",
            defaultValue = "python3",
            description = "The Python to use (default: ${DEFAULT-VALUE}).")
    private String python;

    @Override
    public Integer call() throws IOException {
        requireWithin("--steps", steps, 2, MOST_STEPS);
        List<String> names = experiments.isEmpty() ? ofNotebooks() : List.copyOf(new LinkedHashSet<>(experiments));
        List<ExperimentConfig> configs = names.stream().map(this::config).toList();
        List<Corpus> texts = configs.stream().map(this::load).toList();
        Notebook notebook = Notebook.with(python);
        RunOptions options = new RunOptions(Version.ofProgram(), KernelChoice.AUTO.create(), 1);
        line("%s; kernels here: %s", notebook.versions(), options.kernels().description());
        line(
                "%,d updates each, on %s",
                steps,
                texts.getFirst().isSynthetic()
                        ? "the built-in synthetic text"
                        : texts.getFirst().source());
        line("");
        line("share of W's components that are equal, after so many updates; steps per second of processor time");
        line("%s", head());
        for (int i = 0; i < configs.size(); i++) {
            console().log("running " + names.get(i));
            line("%s", row(configs.get(i), measure(configs.get(i), texts.get(i), options, notebook)));
        }
        return ExitCodes.DONE;
    }

    /** The experiments of which a notebook's figures are known. */
    private static List<String> ofNotebooks() {
        return BuiltIn.names().stream()
                .filter(name -> Experiment.concluding(BuiltIn.load(name, List.of()))
                        .flatMap(Experiment::published)
                        .isPresent())
                .toList();
    }

    private ExperimentConfig config(String name) {
        ExperimentConfig config = BuiltIn.load(name, List.of("training.steps=" + steps));
        if (corpus == null || corpus.equals(CorpusLoader.GATSBY)) {
            return config.withCorpusSource(corpus);
        }
        try {
            return config.withCorpusSource(
                    Path.of(corpus).toAbsolutePath().normalize().toString());
        } catch (InvalidPathException e) {
            throw new SettingException("", "--corpus is not a valid path (" + e.getReason() + "); name a text file");
        }
    }

    private Corpus load(ExperimentConfig config) {
        return loader().load(config.corpus(), config.model().vocabulary());
    }

    private static NotebookComparison measure(
            ExperimentConfig config, Corpus text, RunOptions options, Notebook notebook) throws IOException {
        try (ScratchDirectory directory = ScratchDirectory.make()) {
            return NotebookComparison.measure(config, text, options, notebook, directory.path());
        }
    }

    private String head() {
        String samples = IntStream.rangeClosed(0, steps)
                .filter(SampledRun::isSampled)
                .mapToObj(step -> String.format(Locale.ROOT, "%,10d", step))
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                "%-24s%6s%s%12s%12s%8s%12s",
                "experiment",
                "batch",
                samples,
                "lilgatsby",
                "PyTorch",
                "ratio",
                "all steps");
    }

    /** A row of the table, under {@link #head}. */
    static String row(ExperimentConfig config, NotebookComparison found) {
        String shares = found.equalShares().values().stream()
                .map(share -> String.format(Locale.ROOT, "%10s", percent(share)))
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                "%-24s%6d%s%12.1f%12.1f%8.1f%12.1f",
                config.name(),
                config.training().batch(),
                shares,
                found.ours(),
                found.theirs(),
                found.speed(),
                found.speedOfAllSteps());
    }

    /** Rounded down, so that only equal matrices show 100. */
    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", Math.floor(share * 10_000) / 100);
    }

    private void line(String format, Object... values) {
        console().print(String.format(Locale.ROOT, format, values) + "\n");
    }
}
