package org.lilgatsby.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs Jazzer on a parser: coverage-guided, from the inputs kept in {@code src/test/resources/fuzz}. New inputs are
 * left in {@code target/fuzz}; what is worth it is copied to the kept ones by hand.
 */
final class Fuzzing {
    private static final Pattern EXECUTED = Pattern.compile("stat::number_of_executed_units: (\\d+)");

    /** Long inputs make fuzzers slow; every rule of the formats has its place in less. */
    private static final int LONGEST_INPUT = 2048;

    private static final int HANGS_AFTER_SECONDS = 10;

    private Fuzzing() {}

    /**
     * What came out.
     *
     * @param inputs number of inputs that were tried
     * @param finding what is wrong, with the input; empty if nothing was found
     */
    record Result(long inputs, String finding) {}

    /** Fuzzes for some time; Jazzer's own detectors look for paths out of the folder, sockets and more besides. */
    static Result run(HostileInput input, int seconds) throws IOException, InterruptedException {
        Path base = Files.createDirectories(
                Path.of("target", "fuzz", input.folder()).toAbsolutePath());
        Path found = Files.createDirectories(base.resolve("new"));
        Path kept = Path.of("src", "test", "resources", "fuzz", input.folder()).toAbsolutePath();
        Path log = base.resolve("log.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-Xmx768m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + Fuzzer.class.getName(),
                        "--target_args="
                                + String.join(
                                        " ", input.name(), base.resolve("work").toString(), kept.toString()),
                        "--instrumentation_includes=org.lilgatsby.**:tools.jackson.**:org.snakeyaml.**",
                        "--reproducer_path=" + base,
                        "-artifact_prefix=" + base + "/",
                        "-max_total_time=" + seconds,
                        "-timeout=" + HANGS_AFTER_SECONDS,
                        "-max_len=" + LONGEST_INPUT,
                        "-print_final_stats=1",
                        found.toString(),
                        kept.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(seconds + 120L, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return new Result(0, "the fuzzer hangs: " + log);
        }
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        Matcher executed = EXECUTED.matcher(text);
        long inputs = executed.find() ? Long.parseLong(executed.group(1)) : 0;
        return new Result(inputs, process.exitValue() == 0 ? "" : "exit %d: %s".formatted(process.exitValue(), log));
    }
}
