package org.lilgatsby.run;

import java.util.Locale;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.training.Trainer;

/**
 * How much of the heap a run takes at the least, as those count it who allocate it: a run that cannot fit is refused
 * before anything is written, and not after minutes by the virtual machine.
 *
 * @param training bytes while it trains and records
 * @param analysis bytes of the figures of all recorded states, after training
 */
public record MemoryNeed(long training, long analysis) {
    /**
     * What a run needs.
     *
     * @throws SettingException naming the array that would be too long for any heap
     */
    public static MemoryNeed of(ExperimentConfig config, RunOptions options) {
        ModelConfig model = config.model();
        requireIndexable("model.vocabulary x model.width", (long) model.vocabulary() * model.width());
        requireIndexable("model.width x 4 model.width", (long) model.width() * model.mlpWidth());
        requireIndexable("model.context x model.context", (long) model.context() * model.context());
        requireIndexable("model.context x model.vocabulary", (long) model.context() * model.vocabulary());
        requireIndexable("model.context x 4 model.width", (long) model.context() * model.mlpWidth());
        requireIndexable(
                "training.batch x model.context", (long) config.training().batch() * model.context());
        long initial = (long) Float.BYTES * new ParameterLayout(model).length();
        long training = initial
                + Trainer.bytes(config.training(), model, config.precision(), options.kernels(), options.threads())
                + Recorder.heapBytes(config.recording(), model.vocabulary(), model.width());
        int states = config.recording().rows(config.training().steps());
        return new MemoryNeed(training, Evolution.bytes(states, model.vocabulary(), Evolution.keptForReports(states)));
    }

    /**
     * Checks that the heap is large enough.
     *
     * @param heapBytes the largest heap of the virtual machine
     * @throws SettingException naming the bytes needed and those there are, and what to do
     */
    public void requireFits(ExperimentConfig config, RunOptions options, long heapBytes) {
        if (training > heapBytes) {
            throw new SettingException(
                    "model",
                    String.format(
                            Locale.ROOT,
                            "the model has %,d parameters and takes at least %,d bytes to train with %d "
                                    + "threads, but the heap has %,d; "
                                    + "use a smaller model or batch, fewer threads, or a larger heap "
                                    + "(LILGATSBY_JAVA_OPTS=-Xmx...)",
                            config.model().parameterCount(),
                            training,
                            options.threads(),
                            heapBytes));
        }
        if (analysis > heapBytes) {
            throw new SettingException(
                    "recording.every",
                    String.format(
                            Locale.ROOT,
                            "the figures of %,d recorded states take at least %,d bytes after training, but the "
                                    + "heap has %,d; record "
                                    + "less (--every), or use a larger heap (LILGATSBY_JAVA_OPTS=-Xmx...)",
                            config.recording().rows(config.training().steps()),
                            analysis,
                            heapBytes));
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
