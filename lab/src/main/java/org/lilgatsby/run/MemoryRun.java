package org.lilgatsby.run;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.Bf16View;
import org.lilgatsby.archive.ByUpdate;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Models;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.MemoryRecording;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.recording.RunVocabulary;
import org.lilgatsby.training.LossLog;
import org.lilgatsby.training.StateBeforeTraining;
import org.lilgatsby.training.StepListener;

/**
 * A run that writes nothing to the disk: its recording stays in memory until its figures are computed. It computes the
 * same bits as {@link ExperimentRun}.
 */
public final class MemoryRun implements AutoCloseable {
    private final PlannedRun plan;
    private final InitialState initial;
    private final MemoryRecording recording;
    private final LossLog losses;
    private final StepListener rows;
    /** Of a run with steps. */
    private final Optional<Recorder> recorder;

    private final Instant started = Instant.now();
    private final long began = System.nanoTime();
    private double seconds;
    private boolean isRecorderClosed;

    /** Of a run without a step one row is rounded: the vector kernels take longer to compile than that. */
    private MemoryRun(PlannedRun plan) {
        ExperimentConfig config = plan.config();
        this.plan = plan;
        this.initial = plan.recording().source().initial();
        this.losses = new LossLog(config.training().logEvery());
        this.recording = new MemoryRecording(
                config.recording(), config.training().steps(), plan.recording().extent());
        if (MemoryRecording.needsNoRecorder(
                config.recording(), config.training().steps())) {
            this.recorder = Optional.empty();
            this.rows = recording.starting(new ScalarKernels());
        } else {
            Recorder writer = recording.recorder(plan.options().kernels());
            this.recorder = Optional.of(writer);
            this.rows = writer;
        }
    }

    /**
     * Bytes outside the heap that a run takes for its recording.
     *
     * @throws ArithmeticException if there are too many for any machine
     */
    public static long recordingBytes(ExperimentConfig config, Extent extent) {
        return MemoryRecording.bytes(config.recording(), config.training().steps(), extent);
    }

    /**
     * Trains to the end.
     *
     * @return the run, to be closed when its figures are computed; empty if the observer asked it to stop
     * @throws org.lilgatsby.training.NonFiniteException if a loss, gradient or parameter became NaN or infinite
     */
    public static Optional<MemoryRun> carryOut(PlannedRun plan, RunObserver observer) {
        MemoryRun run = new MemoryRun(plan);
        boolean finished = false;
        try {
            finished = run.train(observer);
        } finally {
            if (!finished) {
                run.close();
            }
        }
        return finished ? Optional.of(run) : Optional.empty();
    }

    /**
     * A run in memory beside one that writes: it takes part in the steps of the other.
     *
     * @param plan the same run, recording what its figures are computed from; {@link #listeners} are to hear of every
     *     step from the initial state on, and {@link #ended} says that there are no more
     */
    public static MemoryRun beside(PlannedRun plan) {
        return new MemoryRun(plan);
    }

    /** What hears of the steps. */
    public List<StepListener> listeners() {
        return List.of(rows, losses);
    }

    /** There are no more steps; {@link #data} is complete. */
    public void ended() {
        seconds = (System.nanoTime() - began) / 1e9;
        closeRecorder();
    }

    private boolean train(RunObserver observer) {
        ExperimentConfig config = plan.config();
        RunOptions options = plan.options();
        int steps = config.training().steps();
        if (steps == 0) {
            rows.initial(new StateBeforeTraining(Models.layout(config.model()), initial.parameters()));
            ended();
            return true;
        }
        try (TrainingParts parts = TrainingParts.of(config, plan.corpus(), initial, options, listeners())) {
            parts.trainer().begin();
            observer.begins(0, steps);
            for (int step = 1; step <= steps; step++) {
                if (observer.stopRequested()) {
                    return false;
                }
                parts.trainer().step();
                observer.stepped(step, parts.trainer().loss());
            }
            parts.requireFinite(options);
        }
        ended();
        return true;
    }

    private void closeRecorder() {
        if (isRecorderClosed || recorder.isEmpty()) {
            return;
        }
        isRecorderClosed = true;
        try {
            recorder.get().close();
        } catch (IOException e) {
            throw new IllegalStateException("a recording in memory failed", e);
        }
    }

    /** Everything that its figures are computed from, valid until {@link #close}. */
    public RunData data() {
        ExperimentConfig config = plan.config();
        History embeddings = history(Observables.EMBEDDINGS)
                .map(w -> Bf16View.of(w, config.precision()))
                .orElseThrow(() -> new IllegalStateException("a run without a recording keeps its embeddings"));
        return new RunData(
                config,
                manifest(),
                initial,
                embeddings,
                history(Observables.GRADS),
                history(Observables.MOMENTUM),
                history(Observables.VARIANCE),
                stepLosses(),
                Optional.empty(),
                losses.first(),
                losses.last(),
                losses.windows(),
                new RunData.RecordingFacts(0, 0, recording.rows(), List.of()),
                Optional.empty(),
                RunVocabulary.of(plan.corpus()),
                Optional.of(new RunData.Rows(
                        Tokens.all(config.model().vocabulary()),
                        embeddings,
                        history(Observables.MOMENTUM),
                        history(Observables.VARIANCE))));
    }

    private Manifest manifest() {
        ExperimentConfig config = plan.config();
        Corpus corpus = plan.corpus();
        int steps = config.training().steps();
        return new Manifest(
                Manifest.SCHEMA,
                plan.options().program(),
                Manifest.ARITHMETIC,
                null,
                ExperimentRun.machine(plan.options()),
                ExperimentRun.facts(config, corpus),
                Manifest.State.COMPLETE,
                steps,
                config.model().parameterCount(),
                started,
                null,
                seconds,
                seconds > 0 ? steps / seconds : 0,
                null,
                List.of());
    }

    private Optional<History> history(Observable observable) {
        List<Axis> axes = observable.axes();
        return recording.rows(observable).map(rows -> {
            int v = plan.config().model().vocabulary();
            int d = plan.config().model().width();
            int columns = axes.getLast().length(v, d);
            int height = Math.toIntExact(observable.valuesPerRow(v, d) / columns);
            History recorded = History.of(rows, format(observable), recording.steps(), height, columns);
            return ByUpdate.history(recorded, observable, plan.config().recording());
        });
    }

    private FloatFormat format(Observable observable) {
        Precision stored = plan.config().recording().tensors().stream()
                .filter(tensor -> tensor.observable() == observable)
                .map(RecordedTensor::format)
                .findFirst()
                .orElseThrow();
        return stored == Precision.BF16 ? FloatFormat.BF16 : FloatFormat.F32;
    }

    private Optional<float[]> stepLosses() {
        Optional<MemorySegment> rows = recording.rows(Observables.LOSSES);
        return rows.filter(_ -> format(Observables.LOSSES) == FloatFormat.F32)
                .map(segment -> ByUpdate.losses(
                        segment.toArray(Precision.STORED_F32), plan.config().recording()));
    }

    @Override
    public void close() {
        try (recording) {
            closeRecorder();
        }
    }
}
