package org.lilgatsby.training;

import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.Named;

/** The learning rate over a run, found by the name that {@code training.schedule} gives. */
public interface Schedule extends Named {
    /** All of them. */
    static Catalog<Schedule> catalog() {
        return Catalogs.SCHEDULES;
    }

    /** What it does, in one line, as it stands beside its name in a printed configuration. */
    String reason();

    /** What it does to a run, as one clause with the run's figures, for a report. */
    String effect(TrainingConfig config);

    /**
     * The learning rate of a step.
     *
     * @param first the one of the first step
     * @param step s, from 1
     * @param horizon N, the steps over which the schedule runs
     */
    double rate(double first, int step, int horizon);
}
