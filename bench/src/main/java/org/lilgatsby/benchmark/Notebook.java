package org.lilgatsby.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.files.Text;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.TensorView;

/**
 * The five experiments in PyTorch: {@code python/notebook.py}, run by a Python with the packages it needs.
 *
 * @param python the Python executable
 * @param versions of Python and its libraries, in words
 */
public record Notebook(String python, String versions) {
    private static final List<String> PACKAGES = List.of("torch", "transformers", "accelerate", "safetensors", "numpy");

    /** The versions used for the documented figures. */
    private static final String REQUIREMENTS =
            "\"torch==2.13.*\" \"transformers==5.18.*\" accelerate safetensors numpy";

    /** Prints the versions of Python and the named packages, one per line; "-" for a missing one. */
    private static final String FIND = """
            import sys
            from importlib.metadata import PackageNotFoundError, version
            print(sys.version.split()[0])
            for name in sys.argv[1:]:
                try:
                    print(version(name))
                except PackageNotFoundError:
                    print("-")
            """;

    private static final String SCRIPT = "notebook.py";

    /** One thread, whatever the library asks for, and no access to the network. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("OMP_NUM_THREADS", "1", "MKL_NUM_THREADS", "1", "HF_HUB_OFFLINE", "1");

    /**
     * Checks that Python has the packages it needs.
     *
     * @throws IOException if this Python does not exist or lacks packages, with what to do about it
     */
    public static Notebook with(String python) throws IOException {
        List<String> command = new ArrayList<>(List.of(python, "-c", FIND));
        command.addAll(PACKAGES);
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "'%s' cannot be started; install Python 3.10 or later, or name it with --python PATH"
                            .formatted(Text.escape(python)),
                    e);
        }
        List<String> found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int code = wait(process);
        if (code != 0 || found.size() != PACKAGES.size() + 1) {
            throw new IOException(
                    "'%s' is not Python 3.10 or later: it ended with exit code %d; name one with --python PATH"
                            .formatted(Text.escape(python), code));
        }
        return of(python, found);
    }

    /** @param found the version of Python, then those of {@link #PACKAGES}, or "-" */
    private static Notebook of(String python, List<String> found) throws IOException {
        List<String> missing = new ArrayList<>();
        List<String> versions = new ArrayList<>(List.of("Python " + found.getFirst()));
        for (int i = 0; i < PACKAGES.size(); i++) {
            String version = found.get(i + 1);
            if (version.equals("-")) {
                missing.add(PACKAGES.get(i));
            } else {
                versions.add(PACKAGES.get(i) + " " + version);
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("""
                    '%s' lacks %s; install what is needed, for example in an environment of its own:
                      python3 -m venv notebook
                      notebook/bin/pip install %s
                      lilgatsby bench notebook --python \
                    notebook/bin/python""".formatted(Text.escape(python), String.join(", ", missing), REQUIREMENTS));
        }
        return new Notebook(python, Text.escape(String.join(", ", versions)));
    }

    /**
     * Trains an experiment.
     *
     * @param steps at least 2
     * @param scratch a directory without files from Python
     * @throws IOException if Python fails, with the last line of its output
     */
    SampledRun run(String experiment, Corpus corpus, int steps, Path scratch) throws IOException {
        Path script = scratch.resolve(SCRIPT);
        try (InputStream in = Notebook.class.getResourceAsStream(SCRIPT)) {
            Files.copy(in, script);
        }
        Path text = Files.write(scratch.resolve("corpus.txt"), corpus.bytes());
        Path out = scratch.resolve("pytorch");
        Path log = scratch.resolve("pytorch.log");
        ProcessBuilder builder = new ProcessBuilder(
                        python, script.toString(), experiment, text.toString(), Integer.toString(steps), out.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(ENVIRONMENT);
        int code = wait(builder.start());
        if (code != 0) {
            String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            String cause = said.lines()
                    .filter(line -> !line.isBlank())
                    .reduce((_, last) -> last)
                    .orElse("it was killed, perhaps because memory ran out");
            throw new IOException(
                    "%s %s ended with exit code %d: %s".formatted(SCRIPT, experiment, code, Text.escape(cause)));
        }
        return read(out.resolve("compared.safetensors"));
    }

    /** @throws IOException if a tensor or a time is missing or has another type */
    static SampledRun read(Path file) throws IOException {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            TensorView steps = opened.tensor("steps");
            TensorView all = opened.tensor("embeddings");
            long[] numbers = steps.toLongs();
            long[] shape = all.spec().shape().dimensions();
            if (all.spec().dtype() != DType.BF16 || shape.length != 3 || shape[0] != numbers.length) {
                throw new IOException("%s: embeddings is %s %s, not BF16 [%d, rows, columns]"
                        .formatted(file, all.spec().dtype(), all.spec().shape(), numbers.length));
            }
            SortedMap<Integer, Matrix> embeddings = new TreeMap<>();
            for (int i = 0; i < numbers.length; i++) {
                embeddings.put((int) numbers[i], Matrix.ofBits(all.row(i).toShorts(), (int) shape[1], (int) shape[2]));
            }
            return new SampledRun(
                    embeddings,
                    (int) number(opened, "steps"),
                    number(opened, "processor_seconds"),
                    number(opened, "processor_seconds_of_second_half"));
        }
    }

    private static double number(SafetensorsFile file, String key) throws IOException {
        String value = file.metadata().get(key);
        try {
            return Double.parseDouble(value == null ? "" : value);
        } catch (NumberFormatException e) {
            throw new IOException(
                    "%s: metadata %s is %s, not a number"
                            .formatted(file.path(), key, value == null ? "missing" : Text.escape(value)),
                    e);
        }
    }

    private static int wait(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Python worked", e);
        }
    }
}
