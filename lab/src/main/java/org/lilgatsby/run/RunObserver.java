package org.lilgatsby.run;

import java.util.List;
import org.lilgatsby.training.StepListener;

/** Follows the progress of a run, and may ask it to stop. Called on the training thread. */
public interface RunObserver {
    /** Ignores all events and lets the run finish. */
    RunObserver SILENT = new RunObserver() {
        @Override
        public void begins(int done, int total) {}

        @Override
        public void stepped(int step, double loss) {}

        @Override
        public void finishing(String what) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    };

    /** The run's directory is held, and the run is about to begin or to continue. */
    default void ready(PlannedRun run) {}

    /** More listeners, notified of every step after those of the run itself; asked for once. */
    default List<StepListener> listeners() {
        return List.of();
    }

    /** Training starts or resumes after step {@code done} of {@code total}. */
    void begins(int done, int total);

    /** A step was carried out. */
    void stepped(int step, double loss);

    /** What the run is doing after its last step, in a few words. */
    void finishing(String what);

    /** Whether to write a checkpoint after this step and stop. */
    boolean stopRequested();
}
