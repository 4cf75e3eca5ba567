package org.lilgatsby.explorer.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.lilgatsby.explorer.library.RunState;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.LatestLoss;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.safetensors.SafetensorsFile;

/**
 * The last loss that a run left on the disk.
 *
 * @param step the update that it is of
 * @param loss in nats
 */
record LastLoss(int step, double loss) {
    /** The later one of what is recorded and what a run under way tells, else that of the checkpoint, if any. */
    static Optional<LastLoss> of(RunState run) throws IOException {
        RecordingConfig recording = run.config().recording();
        Optional<LastLoss> told = run.underWay()
                ? LatestLoss.read(run.directory()).map(found -> new LastLoss(found.step(), found.loss()))
                : Optional.empty();
        Optional<RecordedTensor> losses = recording.tensors().stream()
                .filter(tensor -> tensor.observable() == Observables.LOSSES)
                .findFirst();
        Optional<LastLoss> recorded = losses.isPresent()
                ? recorded(run.directory(), recording, losses.get().name())
                : Optional.empty();
        Optional<LastLoss> latest =
                Stream.of(recorded, told).flatMap(Optional::stream).max(Comparator.comparingInt(LastLoss::step));
        if (latest.isPresent()
                || losses.isPresent()
                || !Checkpoint.exists(run.directory().checkpoint())) {
            return latest;
        }
        Checkpoint.Losses found = Checkpoint.losses(run.directory().checkpoint());
        return Optional.of(new LastLoss(found.step(), found.last()));
    }

    private static Optional<LastLoss> recorded(RunDirectory directory, RecordingConfig recording, String name)
            throws IOException {
        int row = Recording.completeRows(directory) - 1;
        if (row < 0 || recording.update(row) == 0) {
            return Optional.empty();
        }
        boolean streamed = recording.layout() == RecordingConfig.Layout.STREAM;
        Path file = streamed
                ? directory.recording()
                : directory.steps().resolve(RunDirectory.stepFile(recording.step(row)));
        float[] loss = new float[1];
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            (streamed ? open.tensor(name).row(row) : open.tensor(name)).toFloats(0, loss, 0, 1);
        }
        return Optional.of(new LastLoss(recording.update(row), loss[0]));
    }
}
