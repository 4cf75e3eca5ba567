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
     * The learning rate of a step.
     *
     * @param first learning rate of the first step
     * @param step s, from 1
     * @param horizon N, the steps that the schedule spans
     */
    double rate(double first, int step, int horizon);
}
