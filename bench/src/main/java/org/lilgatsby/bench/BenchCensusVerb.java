package org.lilgatsby.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.benchmark.CensusBenchmark;
import org.lilgatsby.benchmark.CensusBenchmark.Counting;
import org.lilgatsby.benchmark.CensusBenchmark.Nearness;
import org.lilgatsby.benchmark.NumpyUnique;
import org.lilgatsby.benchmark.Twin;
import org.lilgatsby.census.CheckpointCensus;
import org.lilgatsby.cli.ExitCodes;
import org.lilgatsby.cli.Verb;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.LargeModel;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.TensorView;
import org.lilgatsby.settings.SettingException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the census of a large matrix. */
@Command(
        name = "census",
        header = "Measures the census of a twin of a published matrix, 151,936 x 2,560 in BF16.",
        description = {
            "",
            "Prints the time of the census as a multiple of reading the mapped bytes once, measured in turn; the time "
                    + "of numpy.unique(axis=0) on the same file, where python3 has numpy; and time and memory of the "
                    + "search for neighbours within 1 to 10 cells. All with the file in memory and on all processors.",
            "",
            "The twin is made up from a seed and has the published demographics. It takes 778 MB of disk, and "
                    + "numpy several GB of memory and some minutes."
        })
final class BenchCensusVerb extends Verb {
    private static final int MOST_CELLS = 10;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Where the twin is, or is written and kept (default: a temporary file).")
    private Path file;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Tokens of a new twin, from 2,300 on (default: " + LargeModel.VOCABULARY + ").")
    private Integer rows;

    @Option(
            names = "--columns",
            paramLabel = "N",
            description = "Width of a new twin, from 16 on (default: " + LargeModel.WIDTH + ").")
    private Integer columns;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of a new twin (default: 1).")
    private Long seed;

    @Option(names = "--no-numpy", description = "Do not measure numpy.unique.")
    private boolean withoutNumpy;

    @Override
    public Integer call() throws IOException {
        if (file != null && Files.exists(file)) {
            if (rows != null || columns != null || seed != null) {
                throw new SettingException(
                        "", file + " already exists; --rows, --columns and --seed are for a new twin");
            }
            measure(file);
            return ExitCodes.DONE;
        }
        Twin twin = twin();
        if (file != null) {
            make(twin, file);
            measure(file);
            return ExitCodes.DONE;
        }
        Path directory = Files.createTempDirectory("lilgatsby-twin");
        Path temporary = directory.resolve("model.safetensors");
        try {
            make(twin, temporary);
            measure(temporary);
        } finally {
            Files.deleteIfExists(temporary);
            Files.delete(directory);
        }
        return ExitCodes.DONE;
    }

    private Twin twin() {
        Twin published = Twin.published(seed == null ? 1 : seed);
        int height = rows == null ? published.rows() : rows;
        int width = columns == null ? published.columns() : columns;
        requireWithin("--rows", height, 2_300, 1 << 24);
        requireWithin("--columns", width, 16, 1 << 16);
        return new Twin(
                height, width, published.populations(), published.surrounding(), published.pairs(), published.seed());
    }

    private void make(Twin twin, Path target) throws IOException {
        console().log("writing a twin of %s to %s".formatted(Figures.bytes(twin.bytes()), target));
        twin.write(target);
    }

    private void measure(Path twin) throws IOException {
        try (SafetensorsFile opened = SafetensorsFile.open(twin)) {
            TensorView view = opened.tensor(Twin.TENSOR);
            Matrix matrix = CheckpointCensus.matrix(view);
            CensusBenchmark benchmark = new CensusBenchmark(matrix, view.data());
            line(
                    "%s: %s [%,d, %,d], %s; %s processors",
                    twin,
                    matrix.format(),
                    matrix.rows(),
                    matrix.columns(),
                    Figures.bytes(view.data().byteSize()),
                    Runtime.getRuntime().availableProcessors());
            Counting counting = benchmark.count();
            line("");
            line("reading the mapped bytes once     %10.4f s", counting.readSeconds());
            line(
                    "census                            %10.4f s   %6.2f times reading (median of ratios)",
                    counting.censusSeconds(), counting.timesReading());
            reference(twin, counting);
            neighbours(benchmark);
        }
    }

    private void reference(Path twin, Counting counting) throws IOException {
        Optional<String> version = withoutNumpy ? Optional.empty() : NumpyUnique.version();
        if (version.isEmpty()) {
            String why = withoutNumpy ? "--no-numpy" : "python3 with numpy is not installed";
            line("numpy.unique(axis=0)              not measured: %s", why);
            return;
        }
        console().log("running numpy.unique; this can take minutes");
        NumpyUnique.Result reference = NumpyUnique.of(twin, Twin.TENSOR);
        if (!reference.populations().equals(counting.populations())) {
            throw new IllegalStateException("numpy counts black holes of %s tokens, the census %s"
                    .formatted(reference.populations(), counting.populations()));
        }
        line(
                "numpy.unique(axis=0)              %10.4f s   %6.0f times the census, with the same counts (%s)",
                reference.seconds(), reference.seconds() / counting.censusSeconds(), version.get());
    }

    private void neighbours(CensusBenchmark benchmark) {
        List<Nearness> all = benchmark.neighbours(KernelChoice.AUTO.createAnalysisKernels(), MOST_CELLS);
        line("");
        line(
                "%-22s%10s%26s%24s%12s",
                "neighbours within", "seconds", "heap and anonymous, MB", "rows with a neighbour", "components");
        for (Nearness near : all) {
            line(
                    "%-22s%10.3f%26.0f%24d%12d",
                    Figures.of(near.cells(), "cell"),
                    near.seconds(),
                    near.anonymousBytes() / 1e6,
                    near.nodesWithNeighbour(),
                    near.components());
        }
        line(
                "%-22s%10.3f",
                "all ten, one by one",
                all.stream().mapToDouble(Nearness::seconds).sum());
    }

    private void line(String format, Object... values) {
        console().print(String.format(Locale.ROOT, format, values) + "\n");
    }
}
