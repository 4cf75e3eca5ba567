package org.lilgatsby.experiment;

import java.util.Locale;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.SettingException;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.recording.RecordingConfig;

/**
 * How much memory a run takes at the least, so that one that cannot fit is refused before
 * anything is written, and not after minutes by the virtual machine.
 */
public final class MemoryNeed {
    /** Parameter, gradient and AdamW's two moments, each a float. */
    private static final int TRAINED_BYTES = 4 * Float.BYTES;

    /**
     * Activations a position and layer, in widths: the block's input, both norms, queries, keys and
     * values, attention's output, the residual stream between, and the MLP before and after gelu.
     */
    private static final int ACTIVATION_WIDTHS = 16;

    private MemoryNeed() {}

    /**
     * A lower bound in bytes: everything trained, and for each worker a sum of gradients and of one window the
     * activations, attention's exp for each pair of a query and a key, and logits with their gradient.
     */
    public static long leastBytes(ModelConfig model, int workers) {
        long positions = model.context();
        long activations = positions * model.layers() * ACTIVATION_WIDTHS * model.width();
        long pairs = positions * (positions + 1) / 2 * model.heads() * model.layers();
        long logits = 2 * positions * model.vocabulary();
        long aWorker = Float.BYTES * (model.parameterCount() + activations + pairs + logits);
        return TRAINED_BYTES * model.parameterCount() + workers * aWorker;
    }

    /**
     * Checks that a run can be carried out at all.
     *
     * @param heapBytes the largest heap of the virtual machine
     * @throws SettingException naming the bytes needed and those there are, or the array that would be too long
     */
    public static void requireFits(ModelConfig model, RecordingConfig recording, int workers, long heapBytes) {
        requireIndexable("model.vocabulary x model.width", (long) model.vocabulary() * model.width());
        requireIndexable("model.width x 4 model.width", (long) model.width() * model.mlpWidth());
        requireIndexable("model.context x model.context", (long) model.context() * model.context());
        requireIndexable("model.context x model.vocabulary", (long) model.context() * model.vocabulary());
        requireIndexable("model.context x 4 model.width", (long) model.context() * model.mlpWidth());
        long rows = Recorder.bytes(recording, model.vocabulary(), model.width());
        long needed = leastBytes(model, workers) + rows;
        if (needed > heapBytes) {
            throw new SettingException(
                    "model",
                    String.format(
                            Locale.ROOT,
                            "the model has %,d parameters and takes at least %,d bytes to train with %d threads, %,d of them for rows on their "
                                    + "way to the recording, but the heap has %,d; take a smaller model, fewer threads, fewer "
                                    + "recorded tensors, or a larger heap (LILGATSBY_JAVA_OPTS=-Xmx...)",
                            model.parameterCount(),
                            needed,
                            workers,
                            rows,
                            heapBytes));
        }
    }

    private static void requireIndexable(String product, long values) {
        if (values > Kernels.MOST_VALUES) {
            throw new SettingException(
                    "model", String.format(Locale.ROOT, "%s is %,d values; a matrix has at most %,d", product, values, Kernels.MOST_VALUES));
        }
    }
}
