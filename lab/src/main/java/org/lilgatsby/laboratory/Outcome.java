package org.lilgatsby.laboratory;

import org.lilgatsby.experiment.Findings;
import org.lilgatsby.recording.RunDirectory;

/** How a run that did not fail ended. */
public sealed interface Outcome {
    /** Where its files are. */
    RunDirectory directory();

    /**
     * It reached its end, and its files are sealed.
     *
     * @param findings what {@code report.json} holds
     */
    record Completed(RunDirectory directory, Findings findings) implements Outcome {}

    /** Its observer asked it to stop; it can be resumed from a checkpoint. */
    record Stopped(RunDirectory directory) implements Outcome {}
}
