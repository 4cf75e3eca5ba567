package org.lilgatsby.corpus;

import org.lilgatsby.random.GeneratorState;
import org.lilgatsby.random.TorchGenerator;

/**
 * The order of an epoch's windows: what PyTorch 2.13 draws. A shuffling DataLoader draws an int64 for its workers when
 * an epoch begins; its sampler draws a permutation, and, if the generator is given, another one, of which nothing is
 * used, when the epoch has ended. Without one it draws an int64, the seed of a generator that it makes for the epoch.
 */
final class WindowOrder {
    private final WindowConfig.Order kind;
    private final long seed;
    private final GeneratorState first;
    private final TorchGenerator ofEpoch;
    private final int[] order; // [windows]; empty where it is that of the corpus
    private TorchGenerator generator;
    private long next; // the epoch whose draws the generator is before

    /** @param first where the stream of an order on one generator begins */
    WindowOrder(WindowConfig.Order kind, int windows, long seed, GeneratorState first) {
        this.kind = kind;
        this.seed = seed;
        this.first = first;
        this.generator = new TorchGenerator(first);
        this.ofEpoch = new TorchGenerator(seed);
        this.order = new int[length(kind, windows)];
    }

    /** Bytes that the order of so many windows takes. */
    static long bytes(WindowConfig.Order kind, int windows) {
        return (long) Integer.BYTES * length(kind, windows);
    }

    private static int length(WindowConfig.Order kind, int windows) {
        return kind == WindowConfig.Order.SEQUENTIAL ? 0 : windows;
    }

    /** The window at a place of the epoch. */
    int window(int place) {
        return kind == WindowConfig.Order.SEQUENTIAL ? place : order[place];
    }

    /** Takes the order of an epoch, whichever was taken before. */
    void shuffle(long epoch) {
        switch (kind) {
            case SEQUENTIAL -> {}
            case RESEEDED -> {
                ofEpoch.seed(seed + epoch);
                ofEpoch.randperm(order);
            }
            case OWN_GENERATOR -> {
                reach(epoch);
                generator.random64();
                generator.randperm(order);
                generator.skip(order.length - 1);
            }
            case GLOBAL_GENERATOR -> {
                reach(epoch);
                generator.random64();
                ofEpoch.seed(generator.random64());
                ofEpoch.randperm(order);
            }
        }
        next = epoch + 1;
    }

    /** Draws what the epochs before draw. */
    private void reach(long epoch) {
        if (next > epoch) {
            generator = new TorchGenerator(first);
            next = 0;
        }
        int drawn = kind == WindowConfig.Order.GLOBAL_GENERATOR ? 0 : order.length - 1;
        for (; next < epoch; next++) {
            generator.random64();
            if (kind == WindowConfig.Order.GLOBAL_GENERATOR) {
                generator.random64();
            }
            generator.skip(drawn);
            generator.skip(drawn);
        }
    }
}
