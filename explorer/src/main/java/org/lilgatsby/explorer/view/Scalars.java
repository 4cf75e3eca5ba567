package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.archive.ByUpdate;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.training.LossWindow;

/** Curves of numbers that belong to no token: they are read, not analysed. */
public final class Scalars {
    /** The loss: of each recorded update, or the means that the program logged. */
    public static final String LOSS = "loss";

    private static final String LEARNING_RATE = "learning_rate";

    private Scalars() {}

    static List<CurveCatalog.Drawable> of(OpenRun run) {
        RunArchive archive = run.archive();
        List<CurveCatalog.Drawable> curves = new ArrayList<>();
        if (archive.recording().has(Observables.LOSSES)) {
            curves.add(scalar(LOSS, "nats", "loss of each recorded update"));
        } else if (Checkpoint.exists(archive.directory().checkpoint())) {
            curves.add(scalar(
                    LOSS,
                    "nats",
                    "mean loss of the last %,d updates, from the last checkpoint"
                            .formatted(archive.config().training().logEvery())));
        }
        curves.add(scalar(LEARNING_RATE, "", "learning rate of each recorded update, by the schedule"));
        for (RecordedTensor tensor : others(archive)) {
            curves.add(
                    scalar(tensor.observable().name(), "", tensor.observable().description()));
        }
        return curves;
    }

    private static CurveCatalog.Drawable scalar(String name, String unit, String definition) {
        return new CurveCatalog.Drawable(name, name.replace('_', ' '), unit, null, null, definition);
    }

    private static List<RecordedTensor> others(RunArchive archive) {
        return archive.config().recording().tensors().stream()
                .filter(tensor -> tensor.observable().axes().isEmpty() && tensor.observable() != Observables.LOSSES)
                .toList();
    }

    /**
     * A curve by its name; empty if the run has none of that name.
     *
     * @throws IOException if it cannot be read
     */
    static Optional<Series> read(OpenRun run, String name) throws IOException {
        RunArchive archive = run.archive();
        if (name.equals(LOSS)) {
            return archive.recording().has(Observables.LOSSES)
                    ? Optional.of(ofUpdates(archive, archive.losses().orElseThrow()))
                    : logged(archive);
        }
        if (name.equals(LEARNING_RATE)) {
            return Optional.of(learningRate(archive));
        }
        for (RecordedTensor tensor : others(archive)) {
            if (tensor.observable().name().equals(name)) {
                return Optional.of(recorded(archive, tensor.observable()));
            }
        }
        return Optional.empty();
    }

    private static Series recorded(RunArchive archive, Observable observable) throws IOException {
        Recording recording = archive.recording();
        float[] values = new float[recording.rows()];
        for (int i = 0; i < values.length; i++) {
            recording.row(observable, i).toFloats(0, values, i, 1);
        }
        return ofUpdates(archive, ByUpdate.losses(values, archive.config().recording()));
    }

    /** Values by the place of their update, without place 0, which is of none. */
    private static Series ofUpdates(RunArchive archive, float[] values) {
        int[] updates = IntStream.of(archive.recording().updates())
                .filter(update -> update > 0)
                .toArray();
        return new Series(
                updates,
                IntStream.rangeClosed(1, updates.length)
                        .mapToDouble(place -> values[place])
                        .toArray());
    }

    private static Optional<Series> logged(RunArchive archive) throws IOException {
        if (!Checkpoint.exists(archive.directory().checkpoint())) {
            return Optional.empty();
        }
        List<LossWindow> windows =
                Checkpoint.losses(archive.directory().checkpoint()).windows();
        return Optional.of(new Series(
                windows.stream().mapToInt(LossWindow::step).toArray(),
                windows.stream().mapToDouble(LossWindow::mean).toArray()));
    }

    private static Series learningRate(RunArchive archive) {
        ExperimentConfig config = archive.config();
        int[] steps = IntStream.of(archive.recording().steps())
                .filter(step -> step > 0 && step <= config.training().steps())
                .toArray();
        return new Series(
                steps,
                IntStream.of(steps)
                        .mapToDouble(config.training()::learningRateOf)
                        .toArray());
    }
}
