package org.lilgatsby.training;

import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.Named;

/** The learning rate over a run, found by the name in {@code training.schedule}. */
public interface Schedule extends Named {
    /** All schedules. */
    static Catalog<Schedule> catalog() {
        return Catalogs.SCHEDULES;
    }

    /** What it does, in one line; printed beside its name in a configuration. */
    String reason();

    /** Its effect on a run, as one clause with the run's figures, for a report. */
    String effect(TrainingConfig config);

    /**
     * The learning rate of a step, proportional to that of the first.
     *
     * @param first learning rate of the first step after the warm-up
     * @param step s, from 1 for that step
     * @param horizon N, the steps that the schedule spans, without those of the warm-up
     */
    double rate(double first, int step, int horizon);

    /** Whether it falls to zero, and can therefore be given a floor. */
    default boolean falls() {
        return true;
    }
}
