package org.lilgatsby.training;

import java.util.ArrayList;
import java.util.List;

/** Averages the loss over logging intervals. An interval cut short by the end of the run is not listed. */
public final class LossLog implements StepListener {
    private final int every;
    private final List<LossWindow> windows = new ArrayList<>();
    private double sum;
    private double first = Double.NaN;
    private double last = Double.NaN;

    /** Intervals of {@code every} steps. */
    public LossLog(int every) {
        this.every = every;
    }

    @Override
    public void afterUpdate(TrainingState state) {
        last = state.loss();
        first = state.stepNumber() == 1 ? last : first;
        sum += last;
        if (state.stepNumber() % every == 0) {
            windows.add(new LossWindow(state.stepNumber(), sum / every));
            sum = 0;
        }
    }

    /** Resumes from where {@link #windows}, {@link #openSum}, {@link #first} and {@link #last} were taken. */
    public void restore(List<LossWindow> windows, double openSum, double first, double last) {
        this.windows.clear();
        this.windows.addAll(windows);
        this.sum = openSum;
        this.first = first;
        this.last = last;
    }

    /** The complete intervals so far. */
    public List<LossWindow> windows() {
        return List.copyOf(windows);
    }

    /** Sum of the losses of the current interval. */
    public double openSum() {
        return sum;
    }

    /** Loss of the first step; NaN before it. */
    public double first() {
        return first;
    }

    /** Loss of the last step; NaN before the first. */
    public double last() {
        return last;
    }
}
