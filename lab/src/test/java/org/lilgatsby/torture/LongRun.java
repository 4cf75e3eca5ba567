package org.lilgatsby.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A run of very many small steps, watched from outside while it trains. */
final class LongRun {
    private static final int EVERY = 10;
    private static final int PAUSE_MILLIS = 20;

    /** Of the fields of {@code /proc/PID/task/TID/stat} behind the name. */
    private static final int USER_TICKS = 11;

    private static final double MICROS_A_TICK = 1e4;

    /** In this share of the steps Java compiles. */
    private static final double COMPILING = 0.03;

    private LongRun() {}

    /**
     * What was seen. The first steps, in which Java compiles, are left out of the first tenth.
     *
     * @param steps of the run
     * @param firstMicros the training thread's processor time of a step in the first tenth, microseconds
     * @param lastMicros the same in the last tenth
     * @param firstBytes memory of the process after the first tenth
     * @param lastBytes memory of the process at the last step
     */
    record Result(int steps, double firstMicros, double lastMicros, long firstBytes, long lastBytes) {
        /** How much slower the last tenth is, as a share. */
        double slowdown() {
            return lastMicros / firstMicros - 1;
        }

        /** How much more memory the process has at the end, as a share. */
        double memoryGrowth() {
            return (double) lastBytes / firstBytes - 1;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%,d steps, us a step %.2f, then %.2f (%+.1f %%), MiB %d, then %d (%+.1f %%)", steps, firstMicros,
                    lastMicros, 100 * slowdown(), firstBytes >> 20, lastBytes >> 20, 100 * memoryGrowth());
        }
    }

    /**
     * A process as it comes to a step.
     *
     * @param step that it has recorded
     * @param ticks processor time of the thread that has most of it, which trains
     * @param bytes resident memory
     */
    private record Sample(int step, long ticks, long bytes) {
        static Sample of(Process process, int step) throws IOException {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            String status = Files.readString(proc.resolve("status"));
            long kilobytes = Long.parseLong(status.replaceAll("(?s).*VmRSS:\\s*(\\d+) kB.*", "$1"));
            long ticks = 0;
            try (var threads = Files.newDirectoryStream(proc.resolve("task"))) {
                for (Path thread : threads) {
                    String stat = Files.readString(thread.resolve("stat"));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // the name may hold spaces
                    boolean compiles = stat.contains("Compiler");
                    ticks = Math.max(ticks, compiles ? 0 : Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]));
                }
            }
            return new Sample(step, ticks, kilobytes << 10);
        }

        double microsUntil(Sample later) {
            return (later.ticks - ticks) * MICROS_A_TICK / (later.step - step);
        }
    }

    static Result watch(Lab lab, Path directory, int steps) throws IOException, InterruptedException {
        Lab.Session session = lab.start(
                "run", "float32-edition", "--out", directory.toString(), "--steps", Integer.toString(steps),
                "--every", Integer.toString(EVERY), "--threads", "1", "--set", "model.width=16", "--set", "model.heads=1",
                "--set", "model.layers=1", "--set", "model.context=8", "--set", "training.batch=2",
                "--set", "training.log_every=1000");
        Sample compiled = at(session, directory, (int) (steps * COMPILING));
        Sample tenth = at(session, directory, steps / 10);
        Sample beforeLast = at(session, directory, steps / 10 * 9);
        Sample last = at(session, directory, steps - steps / 100);
        Lab.Result result = session.result();
        if (result.code() != 0) {
            throw new IOException(result.err());
        }
        return new Result(steps, compiled.microsUntil(tenth), beforeLast.microsUntil(last), tenth.bytes(), last.bytes());
    }

    /** The process as it comes to a step. */
    private static Sample at(Lab.Session session, Path directory, int step) throws IOException, InterruptedException {
        Path progress = directory.resolve("recording.progress");
        int reached = 0;
        while (reached < step) {
            if (!session.process().isAlive()) {
                throw new IOException("the run ended at step " + reached + ": " + session.result().err());
            }
            Thread.sleep(PAUSE_MILLIS);
            String rows = Files.exists(progress) ? Files.readString(progress).strip() : "";
            reached = rows.isEmpty() ? 0 : (Integer.parseInt(rows) - 1) * EVERY;
        }
        return Sample.of(session.process(), reached);
    }
}
