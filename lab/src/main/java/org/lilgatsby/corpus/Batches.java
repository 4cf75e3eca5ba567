package org.lilgatsby.corpus;

import java.util.Arrays;
import org.lilgatsby.corpus.WindowConfig.Order;
import org.lilgatsby.random.GeneratorState;
import org.lilgatsby.random.TorchGenerator;

/**
 * Training sequences: the windows of a corpus, epoch by epoch, in the order of one of PyTorch's samplers. The usual
 * ones are, of a corpus of N tokens, N - context windows of context + 1 tokens, one from every position but the last
 * {@code context}; the inputs of a window are its first {@code context} tokens, the labels its last; epoch e visits
 * them in the order of {@code randperm(N - context)} from a generator seeded with seed + e (the seedable sampler of
 * Hugging Face Accelerate). {@link WindowConfig} has others.
 *
 * <p>The last batch of an epoch holds what is left; the next epoch begins after it. The order of an epoch follows from
 * its number, so that a {@link BatchPosition} is all that has to be kept.
 *
 * <p>Allocates nothing after construction, unless it goes back to an earlier epoch. Not safe for use by several
 * threads.
 */
public final class Batches {
    /** Stands for a token that a window does not have. */
    public static final int NONE = -1;

    private final Corpus corpus;
    private final int context;
    private final int batch;
    private final WindowPlaces places;
    private final WindowOrder order;
    private long epoch;
    private int index;

    /**
     * The usual windows.
     *
     * @param context tokens that the model sees at once
     * @param batch sequences of a complete batch
     * @param seed of the first epoch's order
     * @throws CorpusException if the corpus has no window
     * @throws IllegalArgumentException if context or batch is not positive, or one batch is too large for an array
     */
    public Batches(Corpus corpus, int context, int batch, long seed) {
        this(corpus, context, batch, WindowConfig.USUAL, seed, new TorchGenerator(seed).state());
    }

    /**
     * The windows of a configuration.
     *
     * @param context tokens that the model sees at once
     * @param batch sequences of a complete batch
     * @param seed the run's, where the configuration gives none
     * @param afterModel the run's generator after the model's draws
     * @throws CorpusException if the corpus has no window, or too many
     * @throws IllegalArgumentException if context or batch is not positive, or one batch is too large for an array
     */
    public Batches(Corpus corpus, int context, int batch, WindowConfig windows, long seed, GeneratorState afterModel) {
        if (context <= 0 || batch <= 0) {
            throw new IllegalArgumentException("context " + context + " and batch " + batch + " must be positive");
        }
        if ((long) batch * (context + 1L) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a batch of " + batch + " sequences of " + context + " + 1 tokens is too large for one array");
        }
        TorchGenerator data = new TorchGenerator(windows.seed(seed));
        this.corpus = corpus;
        this.context = context;
        this.batch = batch;
        this.places = WindowPlaces.of(corpus, context, windows, data);
        GeneratorState own = windows.dataSeed().isPresent() ? data.state() : new TorchGenerator(seed).state();
        this.order = new WindowOrder(
                windows.order(),
                places.count(),
                windows.seed(seed),
                windows.order() == Order.GLOBAL_GENERATOR ? afterModel : own);
        seek(BatchPosition.START);
    }

    /**
     * Checks that a corpus has a window, and not too many.
     *
     * @throws CorpusException otherwise
     */
    public static void requireWindow(Corpus corpus, int context, WindowConfig windows) {
        WindowPlaces.count(corpus, context, windows);
    }

    /**
     * Bytes that the windows of a corpus and their order take.
     *
     * @throws CorpusException if it has no window, or too many
     */
    public static long bytes(Corpus corpus, int context, WindowConfig windows) {
        int count = WindowPlaces.count(corpus, context, windows);
        return WindowPlaces.bytes(count, windows) + WindowOrder.bytes(windows.order(), count);
    }

    /** Windows of one epoch. */
    public int windows() {
        return places.count();
    }

    /** Where the next batch begins. */
    public BatchPosition position() {
        return new BatchPosition(epoch, index);
    }

    /**
     * Moves to a place that {@link #position} returned.
     *
     * @throws IllegalArgumentException if an epoch of this corpus has no such index
     */
    public void seek(BatchPosition position) {
        if (position.index() >= places.count()) {
            throw new IllegalArgumentException(
                    "index " + position.index() + " is outside an epoch of " + places.count() + " windows");
        }
        shuffle(position.epoch());
        index = position.index();
    }

    /**
     * Takes the next batch.
     *
     * @param tokens receives the windows, [batch][context + 1], with {@link #NONE} beyond the end of shorter ones;
     *     unchanged beyond the returned number
     * @return sequences in this batch, from 1 to {@code batch}
     * @throws IllegalArgumentException for an array of another size
     */
    public int next(int[] tokens) {
        int row = context + 1;
        if (tokens.length != batch * row) {
            throw new IllegalArgumentException(
                    "a batch takes " + batch + " x " + row + " tokens, not " + tokens.length);
        }
        int sequences = Math.min(batch, places.count() - index);
        for (int b = 0; b < sequences; b++) {
            int window = order.window(index + b);
            int ids = places.ids(window);
            corpus.copy(places.start(window), tokens, b * row, ids);
            Arrays.fill(tokens, b * row + ids, (b + 1) * row, NONE);
        }
        index += sequences;
        if (index == places.count()) {
            shuffle(epoch + 1);
            index = 0;
        }
        return sequences;
    }

    private void shuffle(long epoch) {
        this.epoch = epoch;
        order.shuffle(epoch);
    }
}
