package org.lilgatsby.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A run of very many small steps, watched from outside while it trains. Other users of the machine make it faster and
 * slower by more than is to be found out, so in its first and its last tenth a second run of the same kind takes turns
 * with it, which is stopped in between: the machine's changes are those of both.
 */
final class LongRun implements AutoCloseable {
    private static final int EVERY = 10;
    private static final int PAUSE_MILLIS = 1;
    private static final double NANOS_A_MICRO = 1e3;

    /** In this share of the steps Java compiles; they are left out of the first tenth. */
    private static final double COMPILING = 0.03;

    private static final double TENTH = 0.1;

    /**
     * Steps of a turn, as a share of all: more than a recording writes at once, 128 rows, and many beside those it is
     * behind then.
     */
    private static final double TURN = 0.005;

    private final Lab.Session session;
    private final Path directory;

    private LongRun(Lab.Session session, Path directory) {
        this.session = session;
        this.directory = directory;
    }

    /**
     * What was seen. Times are the training thread's processor time.
     *
     * @param steps of the run
     * @param first a tenth of the steps, the compiled part of it
     * @param last the last such part
     * @param firstBytes memory of the process after the first tenth
     * @param lastBytes memory of the process near the last step
     */
    record Result(int steps, Turns first, Turns last, long firstBytes, long lastBytes) {
        /** How much slower the last tenth is than the first, as a share, each beside the other run. */
        double slowdown() {
            return last.ratio() / first.ratio() - 1;
        }

        /** How much more memory the process has at the end, as a share. */
        double memoryGrowth() {
            return (double) lastBytes / firstBytes - 1;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d steps, %s, then %s (%+.1f %%), MiB %d, then %d (%+.1f %%)",
                    steps,
                    first,
                    last,
                    100 * slowdown(),
                    firstBytes >> 20,
                    lastBytes >> 20,
                    100 * memoryGrowth());
        }
    }

    /**
     * The watched run and the other one, in turns.
     *
     * @param micros a step of the watched run, microseconds, median of its turns
     * @param otherMicros a step of the other run, microseconds, median of its turns
     * @param ratio of the two, median over neighbouring turns
     */
    record Turns(double micros, double otherMicros, double ratio) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f us a step beside %.2f", micros, otherMicros);
        }
    }

    /**
     * A stopped process.
     *
     * @param step that it has recorded
     * @param nanos processor time of the thread that has most of it, which trains
     * @param bytes resident memory
     */
    private record Sample(int step, long nanos, long bytes) {
        double microsUntil(Sample later) {
            return (later.nanos - nanos) / NANOS_A_MICRO / (later.step - step);
        }
    }

    /** @param folder a new directory for the two runs */
    static Result watch(Lab lab, Path folder, int steps) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        try (LongRun watched = start(lab, folder.resolve("watched"), steps);
                LongRun other = start(lab, folder.resolve("other"), steps)) {
            watched.stopAt((int) (steps * COMPILING));
            other.stopAt((int) (steps * COMPILING));
            Turns first = turns(watched, other, steps);
            long firstBytes = watched.sample().bytes();
            watched.stopAt((int) (steps * (1 - TENTH)));
            Turns last = turns(watched, other, steps);
            long lastBytes = watched.sample().bytes();
            watched.signal("CONT");
            Lab.Result result = watched.session.result();
            if (result.code() != 0) {
                throw new IOException(result.err());
            }
            return new Result(steps, first, last, firstBytes, lastBytes);
        }
    }

    private static LongRun start(Lab lab, Path directory, int steps) throws IOException {
        Lab.Session session = lab.start(
                "run",
                "float32-edition",
                "--out",
                directory.toString(),
                "--steps",
                Integer.toString(steps),
                "--every",
                Integer.toString(EVERY),
                "--threads",
                "1",
                "--set",
                "model.width=16",
                "--set",
                "model.heads=1",
                "--set",
                "model.layers=1",
                "--set",
                "model.context=8",
                "--set",
                "training.batch=2",
                "--set",
                "training.log_every=1000");
        return new LongRun(session, directory);
    }

    /** Lets the two, both stopped, train in turn for as many steps as a tenth has compiled ones. */
    private static Turns turns(LongRun watched, LongRun other, int steps) throws IOException, InterruptedException {
        Sample watchedNow = watched.sample();
        Sample otherNow = other.sample();
        int turn = (int) (steps * TURN);
        int count = (int) ((TENTH - COMPILING) / TURN);
        double[] micros = new double[count];
        double[] otherMicros = new double[count];
        double[] ratios = new double[count];
        for (int i = 0; i < count; i++) {
            Sample watchedBefore = watchedNow;
            Sample otherBefore = otherNow;
            watchedNow = watched.stopAt(watchedBefore.step() + turn);
            otherNow = other.stopAt(otherBefore.step() + turn);
            micros[i] = watchedBefore.microsUntil(watchedNow);
            otherMicros[i] = otherBefore.microsUntil(otherNow);
            ratios[i] = micros[i] / otherMicros[i];
        }
        return new Turns(median(micros), median(otherMicros), median(ratios));
    }

    private static double median(double[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Lets the process go on to a step at the least. */
    private Sample stopAt(int step) throws IOException, InterruptedException {
        signal("CONT");
        while (recordedStep() < step) {
            if (!session.process().isAlive()) {
                throw new IOException("the run ended at step " + recordedStep() + ": "
                        + session.result().err());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        signal("STOP");
        return sample();
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(session.process().pid()))
                .start()
                .waitFor();
    }

    private int recordedStep() throws IOException {
        Path progress = directory.resolve("recording.progress");
        String rows = Files.exists(progress) ? Files.readString(progress).strip() : "";
        return rows.isEmpty() ? 0 : (Integer.parseInt(rows) - 1) * EVERY;
    }

    private Sample sample() throws IOException {
        Path proc = Path.of("/proc", Long.toString(session.process().pid()));
        String status = Files.readString(proc.resolve("status"));
        long kilobytes = Long.parseLong(status.replaceAll("(?s).*VmRSS:\\s*(\\d+) kB.*", "$1"));
        long nanos = 0;
        try (var threads = Files.newDirectoryStream(proc.resolve("task"))) {
            for (Path thread : threads) {
                if (!Files.readString(thread.resolve("comm")).contains("Compiler")) {
                    nanos = Math.max(
                            nanos,
                            Long.parseLong(Files.readString(thread.resolve("schedstat"))
                                    .split(" ")[0]));
                }
            }
        }
        return new Sample(recordedStep(), nanos, kilobytes << 10);
    }

    @Override
    public void close() {
        session.process().destroyForcibly();
    }
}
