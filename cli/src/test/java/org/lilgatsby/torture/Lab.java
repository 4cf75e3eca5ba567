package org.lilgatsby.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The real program, each time in a process of its own, with the test's class path. */
final class Lab {
    /** Longer than the program takes on any machine. */
    private static final long PATIENCE_SECONDS = 1_800;

    /** A start as quick as can be, for runs of a second. */
    private static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m");

    /** A shell's background jobs, and what they start, are deaf to Ctrl-C; the program is to hear it all the same. */
    private static final List<String> HEARING = works(List.of("env", "--default-signal=INT"));

    private final Path logs;
    private final List<String> flags;
    private final AtomicInteger started = new AtomicInteger();

    /** @param logs directory for what the processes print */
    Lab(Path logs) {
        this(logs, QUICK);
    }

    private Lab(Path logs, List<String> flags) {
        this.logs = logs;
        this.flags = flags;
    }

    /** The program with all of the compiler and as much memory as it likes, as the launcher starts it. */
    static Lab ofLongRuns(Path logs) {
        return new Lab(
                logs,
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:MaxRAMPercentage=50",
                        "-XX:+UseCountedLoopSafepoints",
                        "-XX:LoopStripMiningIter=1000",
                        "-XX:ObjectAlignmentInBytes=64",
                        "-XX:Tier4MinInvocationThreshold=10",
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=inline,org.lilgatsby.kernel.VectorMath::*",
                        "-XX:CompileCommand=dontinline,org.lilgatsby.kernel.VectorRows::*",
                        "-XX:CompileCommand=dontinline,org.lilgatsby.kernel.VectorOptimizer::*"));
    }

    /**
     * A process and the files it prints to.
     *
     * @param process under way or ended
     */
    record Session(Process process, Path out, Path err) {
        /** Presses Ctrl-C, as it were. */
        void interrupt() throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        /** Waits until it has begun a line of its log so. */
        void awaitSays(String words) throws IOException {
            while (!says(words)) {
                if (!process.isAlive() && !says(words)) {
                    throw new IOException(
                            "the program ended without \"" + words + "\"; it printed " + Files.readString(err));
                }
                LockSupport.parkNanos(200_000);
            }
        }

        private boolean says(String words) throws IOException {
            return Files.readString(err).lines().anyMatch(line -> line.startsWith(words));
        }

        /** Waits for its end. */
        Result result() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IOException("the program hangs; it printed " + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    /** What a process that has ended left. */
    record Result(int code, String out, String err) {}

    /**
     * The program with a heap of this many megabytes. Few of them are for new objects: the large arrays of a run go to
     * the old ones, where the first that does not fit ends it. With the usual third, small objects would still fit, and
     * the collector would look for room at each of them for minutes.
     */
    static Lab ofSmallHeap(Path logs, int megabytes) {
        return new Lab(
                logs, List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + megabytes + "m", "-Xmn8m"));
    }

    /** The prefix of a command, or none where the system does not know it. */
    private static List<String> works(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0 ? prefix : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Starts the program. */
    Session start(String... arguments) throws IOException {
        return start("org.lilgatsby.cli.Main", List.of(arguments));
    }

    /**
     * Starts the program and waits until it pauses.
     *
     * @param words the beginning of the line of its log at which it pauses
     * @param gate the file that lets it go on
     */
    Session startHeld(String words, Path gate, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(words, gate.toString()));
        all.addAll(List.of(arguments));
        Session session = start("org.lilgatsby.cli.HeldProgram", all);
        session.awaitSays(words);
        return session;
    }

    private Session start(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(HEARING);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xlog:disable",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(flags);
        command.add(program);
        command.addAll(arguments);
        int number = started.getAndIncrement();
        Path out = logs.resolve("out-" + number);
        Path err = logs.resolve("err-" + number);
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Session(process, out, err);
    }

    /** Runs the program to its end. */
    Result run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).result();
    }
}
