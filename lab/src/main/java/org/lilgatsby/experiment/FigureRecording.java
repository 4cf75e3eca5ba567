package org.lilgatsby.experiment;

import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.TokenChoice;

/**
 * What a run's figures are computed from, whatever else it records: embeddings, losses, and what its experiment reads
 * for its conclusion, each in the format in which the run stores it. Two runs of the same results thus have the same
 * figures.
 */
public final class FigureRecording {
    private FigureRecording() {}

    /** The same run, recording this and nothing else. */
    public static ExperimentConfig only(ExperimentConfig config) {
        RecordingConfig recording = config.recording();
        List<RecordedTensor> tensors = observables(config).stream()
                .map(observable ->
                        new RecordedTensor(observable.name(), observable, observable.format(config.precision())))
                .toList();
        return config.withRecording(new RecordingConfig(
                tensors,
                List.of(),
                recording.steps(),
                TokenChoice.ALL,
                List.of(),
                recording.instant(),
                RecordingConfig.Layout.STREAM));
    }

    /** What is recorded, each once. */
    public static List<Observable> observables(ExperimentConfig config) {
        List<Observable> observables = new ArrayList<>(List.of(Observables.EMBEDDINGS, Observables.LOSSES));
        Experiment.concluding(config).map(Experiment::reads).orElse(List.of()).stream()
                .filter(observable -> config.training().optimizer().hasMoments() || !observable.needsMoments())
                .filter(observable -> !observables.contains(observable))
                .forEach(observables::add);
        return observables;
    }
}
