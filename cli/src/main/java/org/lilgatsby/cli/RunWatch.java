package org.lilgatsby.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.lilgatsby.run.PlannedRun;
import org.lilgatsby.run.RunObserver;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Shows the progress of a run, and stops it on Ctrl-C or a request to terminate: at the end of the step, with a
 * checkpoint, or at once if training is over. A second request ends the process like a kill.
 */
final class RunWatch implements RunObserver {
    /** With more lines than this, it would be a listing rather than a log. */
    private static final int MOST_LINES = 40;

    private final Console console;
    private final Path root;
    private final Runnable announcement;
    private volatile boolean training;
    private volatile boolean stop;
    private boolean ready;
    private Progress progress = Progress.NONE;
    private TimeLeft timeLeft;
    private int logEvery;
    private int total;
    private int lineEvery = 1;
    private double lossSum;
    private int lossCount;

    /**
     * @param root the run's directory
     * @param announcement describes the run before it begins
     */
    RunWatch(Console console, Path root, Runnable announcement) {
        this.console = console;
        this.root = root;
        this.announcement = announcement;
    }

    /** Whether the run's directory is locked, so that a failure from now on is a failure of the run. */
    boolean isReady() {
        return ready;
    }

    @Override
    public void ready(PlannedRun run) {
        ready = true;
        logEvery = run.config().training().logEvery();
        announcement.run();
        Signal.handle(new Signal("INT"), this::stop);
        Signal.handle(new Signal("TERM"), this::stop);
    }

    private void stop(Signal signal) {
        Signal.handle(signal, SignalHandler.SIG_DFL);
        if (training) {
            stop = true;
            console.log("stopping after this step, with a checkpoint; press Ctrl-C again to quit at once");
        } else {
            console.log(howToGoOn());
            Signal.raise(signal);
        }
    }

    /** What to say about a run that stops before its end. */
    String howToGoOn() {
        return "stopped; resume with: lilgatsby run --resume " + root;
    }

    @Override
    public void begins(int done, int total) {
        training = true;
        this.total = total;
        this.lineEvery = logEvery * Math.max(1, Math.ceilDiv(total / logEvery, MOST_LINES));
        console.log("run: " + root + (done > 0 ? ", resuming after step " + done : ""));
        progress = console.progress("training", "steps", total);
        progress.at(done);
        timeLeft = new TimeLeft(done, total, System.nanoTime());
    }

    @Override
    public void stepped(int step, double loss) {
        progress.at(step);
        timeLeft.after(step, System.nanoTime()).ifPresent(console::log);
        lossSum += loss;
        lossCount++;
        if (step % lineEvery == 0 || step == total) {
            String over =
                    lossCount == 1 ? "loss" : String.format(Locale.ROOT, "mean loss of the last %,d steps:", lossCount);
            console.log(String.format(Locale.ROOT, "step %,d of %,d: %s %.4f", step, total, over, lossSum / lossCount));
            lossSum = 0;
            lossCount = 0;
        }
        if (step == total) {
            progress.close();
            progress = Progress.NONE;
        }
    }

    @Override
    public void finishing(String what) {
        training = false;
        console.log(what);
    }

    @Override
    public boolean stopRequested() {
        if (stop) {
            progress.close();
            progress = Progress.NONE;
        }
        return stop;
    }
}
