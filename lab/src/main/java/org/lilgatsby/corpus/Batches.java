package org.lilgatsby.corpus;

import org.lilgatsby.random.TorchGenerator;

/**
 * Training sequences in the order of PyTorch's shuffled sampler.
 *
 * <p>A corpus of N tokens has N - context windows of context + 1 tokens, one from every position but the last
 * {@code context}; the inputs of a window are its first {@code context} tokens, the labels its last. Epoch e visits all
 * windows in the order of {@code randperm(N - context)} from a generator seeded with seed + e (the seedable sampler of
 * Hugging Face Accelerate). Its last batch holds what is left; the next epoch begins after it.
 *
 * <p>Allocates nothing after construction. Not safe for use by several threads.
 */
public final class Batches {
    private final Corpus corpus;
    private final int context;
    private final int batch;
    private final long seed;
    private final TorchGenerator generator;
    private final int[] order; // [windows]
    private long epoch;
    private int index;

    /**
     * @param context tokens that the model sees at once
     * @param batch sequences of a complete batch
     * @param seed of the first epoch's order
     * @throws CorpusException if the corpus has no window
     * @throws IllegalArgumentException if context or batch is not positive, or one batch is too large for an array
     */
    public Batches(Corpus corpus, int context, int batch, long seed) {
        if (context <= 0 || batch <= 0) {
            throw new IllegalArgumentException("context " + context + " and batch " + batch + " must be positive");
        }
        if ((long) batch * (context + 1L) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a batch of " + batch + " sequences of " + context + " + 1 tokens is too large for one array");
        }
        requireWindow(corpus, context);
        this.corpus = corpus;
        this.context = context;
        this.batch = batch;
        this.seed = seed;
        this.generator = new TorchGenerator(seed);
        this.order = new int[Math.toIntExact(corpus.length() - context)];
        seek(BatchPosition.START);
    }

    /**
     * Checks that a corpus is long enough.
     *
     * @throws CorpusException if it has no window
     */
    public static void requireWindow(Corpus corpus, int context) {
        if (corpus.length() <= context) {
            throw new CorpusException(("%s: has %d tokens, but one window of context %d takes %d;"
                            + " name a longer text or set model.context to at most %d")
                    .formatted(corpus.source(), corpus.length(), context, context + 1L, corpus.length() - 1));
        }
    }

    /** Windows of one epoch, N - context. */
    public int windows() {
        return order.length;
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
        if (position.index() >= order.length) {
            throw new IllegalArgumentException(
                    "index " + position.index() + " is outside an epoch of " + order.length + " windows");
        }
        shuffle(position.epoch());
        index = position.index();
    }

    /**
     * Takes the next batch.
     *
     * @param tokens receives the windows, [batch][context + 1]; unchanged beyond the returned number
     * @return sequences in this batch, from 1 to {@code batch}
     * @throws IllegalArgumentException for an array of another size
     */
    public int next(int[] tokens) {
        int row = context + 1;
        if (tokens.length != batch * row) {
            throw new IllegalArgumentException(
                    "a batch takes " + batch + " x " + row + " tokens, not " + tokens.length);
        }
        int sequences = Math.min(batch, order.length - index);
        for (int b = 0; b < sequences; b++) {
            corpus.copy(order[index + b], tokens, b * row, row);
        }
        index += sequences;
        if (index == order.length) {
            shuffle(epoch + 1);
            index = 0;
        }
        return sequences;
    }

    private void shuffle(long epoch) {
        this.epoch = epoch;
        generator.seed(seed + epoch);
        generator.randperm(order);
    }
}
