package org.lilgatsby.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.files.Text;

/**
 * What people commonly use for a census: {@code numpy.unique(axis=0, return_counts=True)} on the bits of the same
 * tensor of the same file, in a separate Python process. Its time does not include reading the file into memory.
 */
public final class NumpyUnique {
    private static final List<String> VERSION =
            List.of("python3", "-c", "import sys, numpy; print(sys.version.split()[0], numpy.__version__)");

    private static final String SCRIPT = """
            import json, struct, sys, time
            import numpy
            path, name = sys.argv[1:]
            with open(path, "rb") as f:
                length = struct.unpack("<Q", f.read(8))[0]
                entry = json.loads(f.read(length))[name]
                begin, end = entry["data_offsets"]
                f.seek(8 + length + begin)
                bits = numpy.frombuffer(f.read(end - begin), dtype=numpy.uint8)
            rows, columns = entry["shape"]
            bits = bits.view("<u%d" % ((end - begin) // (rows * columns))).reshape(rows, columns)
            began = time.perf_counter()
            _, counts = numpy.unique(bits, axis=0, return_counts=True)
            print(time.perf_counter() - began)
            print(*sorted((int(c) for c in counts if c > 1), reverse=True))
            """;

    private NumpyUnique() {}

    /**
     * Its time and its result.
     *
     * @param seconds of the call
     * @param populations tokens of each black hole, largest first
     */
    public record Result(double seconds, List<Integer> populations) {}

    /** The versions of Python and NumPy; empty if this machine lacks either. */
    public static Optional<String> version() throws IOException {
        try {
            Process process = new ProcessBuilder(VERSION)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return wait(process) == 0 ? Optional.of("Python and numpy " + text.replace(" ", ", ")) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // there is no python3
        }
    }

    /**
     * Runs it.
     *
     * @throws IOException if Python fails, for example for lack of memory
     */
    public static Result of(Path file, String tensor) throws IOException {
        Process process = new ProcessBuilder("python3", "-c", SCRIPT, file.toString(), tensor).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        String failure = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = wait(process);
        if (code != 0 || lines.isEmpty()) {
            String cause =
                    failure.lines().reduce((_, last) -> last).orElse("it was killed, perhaps because memory ran out");
            throw new IOException("numpy.unique ended with exit code %d: %s".formatted(code, Text.escape(cause)));
        }
        List<Integer> populations = new ArrayList<>();
        for (String population :
                lines.size() < 2 ? new String[0] : lines.get(1).strip().split(" ")) {
            if (!population.isEmpty()) {
                populations.add(Integer.valueOf(population));
            }
        }
        return new Result(Double.parseDouble(lines.getFirst()), populations);
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
