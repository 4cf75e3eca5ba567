package org.lilgatsby.run;

/** Is told how a run goes on, and may ask it to stop. Called on the training thread. */
public interface RunObserver {
    /** Training begins or goes on after step {@code done} of {@code total}. */
    void begins(int done, int total);

    /** A step was carried out. */
    void stepped(int step, double loss);

    /** What the run does after its last step, in a few words. */
    void finishing(String what);

    /** Whether to stop after this step with a checkpoint. */
    boolean stopRequested();
}
