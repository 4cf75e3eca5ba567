package org.lilgatsby.laboratory;

import org.lilgatsby.experiment.Findings;
import org.lilgatsby.recording.RunDirectory;

/** How a run ended that did not fail. */
public sealed interface Outcome {
    /** Where its files are. */
    RunDirectory directory();

    /**
     * It came to its end, and its files are sealed.
     *
     * @param findings what {@code report.json} holds
     */
    record Completed(RunDirectory directory, Findings findings) implements Outcome {}

    /** Its observer asked it to stop; it can be resumed from a checkpoint. */
    record Stopped(RunDirectory directory) implements Outcome {}
}
