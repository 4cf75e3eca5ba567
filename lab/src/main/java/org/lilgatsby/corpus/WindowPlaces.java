package org.lilgatsby.corpus;

import org.lilgatsby.random.TorchGenerator;

/** Where the windows of a corpus lie. Immutable. */
final class WindowPlaces {
    /** A kept block of fewer ids has no target where position t predicts t+2. */
    private static final int SHORTEST_BLOCK = 3;

    private final int count;
    private final long stride;
    private final int ids;
    private final int idsOfLast;
    private final long[] starts; // [count]; null where they follow from the stride

    private WindowPlaces(int count, long stride, int ids, int idsOfLast, long[] starts) {
        this.count = count;
        this.stride = stride;
        this.ids = ids;
        this.idsOfLast = idsOfLast;
        this.starts = starts;
    }

    /**
     * The windows of a corpus.
     *
     * @param generator where the starts of random windows are drawn; not used for others
     * @throws CorpusException if it has none, or too many
     */
    static WindowPlaces of(Corpus corpus, int context, WindowConfig config, TorchGenerator generator) {
        int count = count(corpus, context, config);
        int ids = ids(context, config);
        return switch (config.windows()) {
            case EVERY -> new WindowPlaces(count, 1, ids, ids, null);
            case BLOCKS, CONTEXT_BLOCKS ->
                new WindowPlaces(
                        count, ids, ids, keepsLast(corpus, ids, config) ? (int) (corpus.length() % ids) : ids, null);
            case RANDOM -> {
                long[] starts = new long[count];
                for (int i = 0; i < count; i++) {
                    starts[i] = generator.below(corpus.length() - context);
                }
                yield new WindowPlaces(count, 0, ids, ids, starts);
            }
        };
    }

    /**
     * Number of windows of a corpus.
     *
     * @throws CorpusException if it has none, or too many
     */
    static int count(Corpus corpus, int context, WindowConfig config) {
        long length = corpus.length();
        int ids = ids(context, config);
        if (length < ids) {
            throw new CorpusException(("%s: has %d tokens, but one window of context %d takes %d;"
                            + " name a longer text or set model.context to at most %d")
                    .formatted(corpus.source(), length, context, ids, length - (ids - context)));
        }
        return switch (config.windows()) {
            case EVERY -> countable(corpus, length - context);
            case BLOCKS, CONTEXT_BLOCKS -> countable(corpus, length / ids + (keepsLast(corpus, ids, config) ? 1 : 0));
            case RANDOM -> config.starts().getAsInt();
        };
    }

    /** Bytes that the places of so many windows take. */
    static long bytes(int windows, WindowConfig config) {
        return config.windows() == WindowConfig.Windows.RANDOM ? (long) Long.BYTES * windows : 0;
    }

    private static int ids(int context, WindowConfig config) {
        return config.windows() == WindowConfig.Windows.CONTEXT_BLOCKS ? context : context + 1;
    }

    /** Whether what is left after the last whole block is a window. */
    private static boolean keepsLast(Corpus corpus, int ids, WindowConfig config) {
        return config.lastBlock() == WindowConfig.LastBlock.KEEP && corpus.length() % ids >= SHORTEST_BLOCK;
    }

    private static int countable(Corpus corpus, long windows) {
        if (windows > WindowConfig.MOST_WINDOWS) {
            throw new CorpusException(
                    ("%s: has %,d windows, more than the %,d that can be put in order; set corpus.windows to blocks or "
                                    + "random")
                            .formatted(corpus.source(), windows, WindowConfig.MOST_WINDOWS));
        }
        return (int) windows;
    }

    /** Number of windows. */
    int count() {
        return count;
    }

    /** The position of a window's first id. */
    long start(int window) {
        return starts == null ? stride * window : starts[window];
    }

    /** Number of ids of a window, at most the context + 1. */
    int ids(int window) {
        return window == count - 1 ? idsOfLast : ids;
    }
}
