package org.lilgatsby.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.StoredRun;
import org.lilgatsby.sweep.execution.SweepObserver;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Shows the progress of a sweep, and stops it on Ctrl-C or a request to terminate. A second request ends the process
 * like a kill.
 */
final class SweepWatch implements SweepObserver, AutoCloseable {
    /** Of a sweep of more runs not each is worth a line. */
    private static final int MOST_LINES = 100;

    private static final double SECONDS_BETWEEN_LINES = 1;

    /** Figures of a line, and what they are called there. */
    private static final Map<String, String> HEADLINE = Map.of(
            "final.dead.distinct", "distinct dead row",
            "final.dead.black_holes", "black hole",
            "final.dead.tokens_in_black_holes", "dead token");

    private final Console console;
    private final int total;
    private final long began = System.nanoTime();
    private final Progress progress;
    private final LongAdder steps = new LongAdder();
    private final SweepTimeLeft timeLeft;
    private int done;
    private int failed;
    private int there;
    private int underWay;
    private long lastLine = Long.MIN_VALUE;
    private volatile boolean stop;

    SweepWatch(Console console, List<Point> points) {
        this.console = console;
        this.total = points.size();
        this.progress = console.progress(
                "training",
                "steps",
                points.stream()
                        .mapToLong(point -> SweepVerb.steps(point.config()))
                        .sum());
        this.timeLeft = new SweepTimeLeft(points, began);
        Signal.handle(new Signal("INT"), this::stop);
        Signal.handle(new Signal("TERM"), this::stop);
    }

    private void stop(Signal signal) {
        Signal.handle(signal, SignalHandler.SIG_DFL);
        stop = true;
        console.log("stopping after the steps under way; press Ctrl-C again to quit at once");
    }

    @Override
    public synchronized void found(Point point, StoredRun run) {
        there++;
        timeLeft.found(point);
        steps.add(SweepVerb.steps(point.config()));
        show();
    }

    @Override
    public synchronized void started(Point point) {
        underWay++;
        show();
    }

    @Override
    public void stepped(Point point, int updates) {
        steps.add(updates);
        timeLeft.stepped(point, updates);
        progress.at(steps.sum());
    }

    @Override
    public synchronized void finished(Point point, StoredRun run) {
        boolean isFailure = run.state() == StoredRun.State.FAILED;
        underWay--;
        done += isFailure ? 0 : 1;
        failed += isFailure ? 1 : 0;
        timeLeft.finished(point, run.state());
        show();
        long now = System.nanoTime();
        if (isFailure || total <= MOST_LINES || (now - lastLine) / 1e9 >= SECONDS_BETWEEN_LINES) {
            lastLine = now;
            console.log("%,d of %,d: %s: %s%s".formatted(there + done + failed, total, point, outcome(run), left(now)));
        }
    }

    private static String outcome(StoredRun run) {
        if (run.state() == StoredRun.State.FAILED) {
            return "failed: " + run.reason();
        }
        Map<String, Double> figures = run.figures();
        List<String> parts = new ArrayList<>();
        for (String figure : List.of("final.dead.distinct", "final.dead.black_holes")) {
            if (figures.containsKey(figure)) {
                parts.add(Figures.of(figures.get(figure).longValue(), HEADLINE.get(figure)));
            }
        }
        if (figures.getOrDefault("final.dead.tokens_in_black_holes", 0.0) > 0) {
            String tokens = "with %s"
                    .formatted(Figures.of(
                            figures.get("final.dead.tokens_in_black_holes").longValue(),
                            HEADLINE.get("final.dead.tokens_in_black_holes")));
            parts.add(parts.isEmpty() ? tokens : parts.removeLast() + " " + tokens);
        }
        if (Double.isFinite(figures.getOrDefault("last_loss", Double.NaN))) {
            parts.add(String.format(Locale.ROOT, "last loss %.4f", figures.get("last_loss")));
        }
        return String.join(", ", parts);
    }

    private String left(long now) {
        return timeLeft.seconds(now)
                .map(seconds -> "; about %s left".formatted(Durations.text(seconds)))
                .orElse("");
    }

    private void show() {
        progress.at(steps.sum());
        progress.say(Figures.count(there + done) + " of " + Figures.count(total) + " runs, " + Figures.count(failed)
                + " failed, " + underWay + " under way");
    }

    /** Runs that failed this time. */
    synchronized int failed() {
        return failed;
    }

    @Override
    public boolean stopRequested() {
        return stop;
    }

    /** Ends the display, and says what was done. */
    @Override
    public synchronized void close() {
        progress.close();
        Signal.handle(new Signal("INT"), SignalHandler.SIG_DFL);
        Signal.handle(new Signal("TERM"), SignalHandler.SIG_DFL);
        double seconds = (System.nanoTime() - began) / 1e9;
        console.log("%s done in %s, %,d failed, %,d already in the store"
                .formatted(Figures.of(done, "run"), Durations.text(seconds), failed, there));
    }
}
