package org.lilgatsby.run;

import java.util.Locale;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.analysis.RowGraph;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.Experiment;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.training.GaussianNoise;
import org.lilgatsby.training.Trainer;

/**
 * The least memory that a run takes, as counted by the code that allocates it: a run that cannot fit is refused before
 * anything is written, instead of failing minutes later.
 *
 * @param training bytes of heap during training and recording
 * @param checkpoint additional bytes of heap while a checkpoint is written
 * @param analysis bytes of heap for the figures of recorded states, the graph of the dead rows and the conclusion,
 *     after training
 * @param rows bytes outside the heap for rows waiting to be written to the recording
 */
public record MemoryNeed(long training, long checkpoint, long analysis, long rows) {
    /**
     * What a run needs at most, whichever ids of its corpus are dead.
     *
     * @throws SettingException naming the array that would be too long for any heap
     * @throws org.lilgatsby.corpus.CorpusException if the corpus has no window, or too many
     */
    public static MemoryNeed of(ExperimentConfig config, Corpus corpus, RunOptions options) {
        Extent most = Extent.most(
                config.recording(), config.model(), config.precision().seen());
        return of(config, corpus, most, options);
    }

    /**
     * What a run needs.
     *
     * @param corpus whose windows are put in order
     * @param extent of its recording
     * @throws SettingException naming the array that would be too long for any heap
     * @throws org.lilgatsby.corpus.CorpusException if the corpus has no window, or too many
     */
    public static MemoryNeed of(ExperimentConfig config, Corpus corpus, Extent extent, RunOptions options) {
        ModelConfig model = config.model();
        requireIndexable("model.vocabulary x model.width", (long) model.vocabulary() * model.width());
        requireIndexable("model.width x model.ffn", (long) model.width() * model.ffn());
        requireIndexable("model.width x 3 model.width", 3L * model.width() * model.width());
        requireIndexable("model.context x model.context", (long) model.context() * model.context());
        requireIndexable("model.context x model.vocabulary", (long) model.context() * model.vocabulary());
        requireIndexable("model.context x model.ffn", (long) model.context() * model.ffn());
        requireIndexable("model.context x 3 model.width", 3L * model.context() * model.width());
        requireIndexable(
                "training.batch x model.context", (long) config.training().batch() * model.context());
        ParameterLayout layout = Models.layout(model);
        long initial = (long) Float.BYTES * layout.length();
        long training = initial
                + Batches.bytes(corpus, model.context(), config.corpus().windows())
                + GaussianNoise.bytes(config.perturbation(), layout)
                + Trainer.bytes(config.training(), model, config.precision(), options.kernels(), options.threads())
                + Recorder.heapBytes(config.recording(), extent);
        int states = config.recording().rows(config.training().steps());
        return new MemoryNeed(
                training,
                Checkpoint.bytes(
                        model.parameterCount(),
                        config.training().steps() / config.training().logEvery(),
                        config.drawsWhileTraining(),
                        config.precision().update().compensates()),
                Evolution.bytes(states, model.vocabulary(), Evolution.keptForReports(states))
                        + RowGraph.bytes(extent.dead().length, model.width())
                        + conclusionBytes(config, states),
                Recorder.nativeBytes(config.recording(), extent));
    }

    private static long conclusionBytes(ExperimentConfig config, int states) {
        return Experiment.concluding(config)
                .filter(_ -> config.recording().holdsRows())
                .map(experiment -> experiment.bytes(
                        states, config.model().vocabulary(), config.model().width()))
                .orElse(0L);
    }

    /**
     * Checks that there is enough memory, in the heap and outside it.
     *
     * @throws SettingException naming the bytes needed, the bytes available, and what to do
     */
    public void requireFits(ExperimentConfig config, RunOptions options, MachineMemory machine) {
        long heapBytes = machine.heap();
        if (training + checkpoint > heapBytes) {
            throw new SettingException(
                    "model",
                    String.format(
                            Locale.ROOT,
                            "the model has %,d parameters and takes at least %,d bytes to train with %s, "
                                    + "but the heap has %,d; "
                                    + "use a smaller model or batch, fewer threads, or a larger heap "
                                    + "(%s)",
                            config.model().parameterCount(),
                            training + checkpoint,
                            Figures.of(options.threads(), "thread"),
                            heapBytes,
                            MachineMemory.heapSetting()));
        }
        if (analysis > heapBytes) {
            throw new SettingException(
                    "recording.every",
                    String.format(
                            Locale.ROOT,
                            "the figures of %,d recorded states take at least %,d bytes after training, but the "
                                    + "heap has %,d; record "
                                    + "less (--every), or use a larger heap (%s)",
                            config.recording().rows(config.training().steps()),
                            analysis,
                            heapBytes,
                            MachineMemory.heapSetting()));
        }
        requireOutsideTheHeap(machine);
    }

    private void requireOutsideTheHeap(MachineMemory machine) {
        if (rows > machine.outsideHeap()) {
            throw new SettingException(
                    "recording.tensors",
                    String.format(
                            Locale.ROOT,
                            "rows waiting to be written take %,d bytes outside the heap, but Java allows %,d"
                                    + " there; record fewer tensors, or allow more "
                                    + "(LILGATSBY_JAVA_OPTS=-XX:MaxDirectMemorySize=...)",
                            rows,
                            machine.outsideHeap()));
        }
        long heap = Math.max(training + checkpoint, analysis);
        if (heap + rows > machine.physical()) {
            throw new SettingException(
                    "model",
                    String.format(
                            Locale.ROOT,
                            "the run takes at least %,d bytes of heap, and %,d outside it for rows waiting to be "
                                    + "written, but the machine has %,d; use a smaller model or batch, fewer "
                                    + "threads, or fewer recorded tensors",
                            heap,
                            rows,
                            machine.physical()));
        }
    }

    private static void requireIndexable(String product, long values) {
        if (values > Kernels.MOST_VALUES) {
            throw new SettingException(
                    "model",
                    String.format(
                            Locale.ROOT,
                            "%s is %,d values; a matrix has at most %,d",
                            product,
                            values,
                            Kernels.MOST_VALUES));
        }
    }
}
