package org.lilgatsby.run;

/** Is told how a run goes on, and may ask it to stop. Called on the training thread. */
public interface RunObserver {
    /** Hears nothing, and lets the run come to its end. */
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

    /** The run's directory is held, and the run is about to begin or to go on. */
    default void ready(PlannedRun run) {}

    /** Training begins or goes on after step {@code done} of {@code total}. */
    void begins(int done, int total);

    /** A step was carried out. */
    void stepped(int step, double loss);

    /** What the run does after its last step, in a few words. */
    void finishing(String what);

    /** Whether to stop after this step with a checkpoint. */
    boolean stopRequested();
}
