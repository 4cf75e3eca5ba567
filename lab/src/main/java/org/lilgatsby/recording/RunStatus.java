package org.lilgatsby.recording;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.recording.Manifest.State;

/**
 * How far a run has come, according to the disk. The manifest of a killed process still has the step of its last
 * checkpoint; the rows tell how much further it came, and the lock whether a process is running.
 *
 * @param state how far it has come
 * @param step number of updates before the last fully recorded state, or before the last checkpoint if that is later
 * @param holder the process that works on it, in words
 */
public record RunStatus(State state, int step, Optional<String> holder) {
    /** The status of a run. */
    public static RunStatus of(RunDirectory directory, Manifest manifest, RecordingConfig config) throws IOException {
        int step = Math.max(manifest.completedSteps(), recordedStep(directory, config));
        Optional<String> holder = RunLock.holder(directory);
        return new RunStatus(manifest.state(), step, holder);
    }

    /** Number of updates before the last complete row's state; 0 if there is none. */
    public static int recordedStep(RunDirectory directory, RecordingConfig config) throws IOException {
        return config.step(Math.max(0, Recording.completeRows(directory) - 1));
    }

    /** In words, such as {@code interrupted at step 120}. */
    public String inWords() {
        return switch (state) {
            case INTERRUPTED ->
                holder.map(process -> "running in " + process + ", at step ").orElse("interrupted at step ") + step;
            case FAILED -> "failed at step " + step;
            case COMPLETE -> "complete, " + step + " steps";
        };
    }
}
