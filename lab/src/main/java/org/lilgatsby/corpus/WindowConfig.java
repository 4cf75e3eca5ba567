package org.lilgatsby.corpus;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.settings.Setting;

/**
 * Which windows of a corpus a run trains on, and in which order.
 *
 * @param windows how they are cut
 * @param starts number of random windows; present for {@link Windows#RANDOM} alone
 * @param lastBlock what happens to the ids after the last whole block
 * @param order in which an epoch visits them
 * @param dataSeed seed of what is drawn for windows and order; empty for the run's seed
 */
public record WindowConfig(
        Windows windows,
        @Setting("number of random windows") OptionalInt starts,

        LastBlock lastBlock,

        Order order,

        @Setting(value = "seed of windows and order, separate from the model's", most = LARGEST_SEED)
        OptionalLong dataSeed) {
    /** A window from every position, in the order of the five notebooks. */
    public static final WindowConfig USUAL =
            new WindowConfig(Windows.EVERY, OptionalInt.empty(), LastBlock.DROP, Order.RESEEDED, OptionalLong.empty());

    /** The most windows: PyTorch draws longer permutations in another way. */
    public static final int MOST_WINDOWS = 214_748_363;

    private static final long LARGEST_SEED = 0xFFFF_FFFFL;

    /** How windows are cut; T is the context. */
    public enum Windows {
        /** T + 1 ids from every position that has as many. */
        EVERY,
        /** Blocks of T + 1 ids, one after the other. */
        BLOCKS,
        /** Blocks of T ids, one after the other; what follows a block is not a target. */
        CONTEXT_BLOCKS,
        /** T + 1 ids from random positions, all drawn at the start. */
        RANDOM;

        /** The name in configurations, such as {@code context-blocks}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What happens to the ids after the last whole block. */
    public enum LastBlock {
        /** They are left out. */
        DROP,
        /** They are a shorter window. */
        KEEP;

        /** The name in configurations. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The order of an epoch's windows. */
    public enum Order {
        /** A permutation from a generator seeded with seed + epoch, as Accelerate's seedable sampler. */
        RESEEDED,
        /** A shuffling DataLoader with a generator of its own. */
        OWN_GENERATOR,
        /** A shuffling DataLoader on the global generator, after the model's draws. */
        GLOBAL_GENERATOR,
        /** As they lie in the corpus; random windows as they were drawn. */
        SEQUENTIAL;

        /** The name in configurations, such as {@code own-generator}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @throws org.lilgatsby.settings.SettingException if two settings cannot be combined, or one is out of range */
    public WindowConfig {
        boolean random = windows == Windows.RANDOM;
        require(
                random == starts.isPresent(),
                "corpus.starts",
                () -> random
                        ? "corpus.windows is random, so corpus.starts must say how many windows are drawn"
                        : "corpus.starts is the number of random windows, but corpus.windows is %s; leave it out"
                                .formatted(windows));
        if (random) {
            requireWithin("corpus.starts", starts.getAsInt(), 1, MOST_WINDOWS);
        }
        boolean blocks = windows == Windows.BLOCKS || windows == Windows.CONTEXT_BLOCKS;
        require(
                blocks || lastBlock == LastBlock.DROP,
                "corpus.last_block",
                () -> "corpus.last_block is keep, but corpus.windows is %s; use blocks, context-blocks, or drop"
                        .formatted(windows));
        if (dataSeed.isPresent()) {
            requireWithin("corpus.data_seed", dataSeed.getAsLong(), 0, LARGEST_SEED);
        }
        require(
                dataSeed.isEmpty() || order != Order.GLOBAL_GENERATOR || random,
                "corpus.data_seed",
                "corpus.order global-generator draws from the model's generator, which has only the run's seed;"
                        + " leave corpus.data_seed out, or use own-generator");
        require(
                dataSeed.isEmpty() || order != Order.SEQUENTIAL || random,
                "corpus.data_seed",
                () -> ("corpus.order is sequential and corpus.windows is %s, so nothing is drawn; leave "
                                + "corpus.data_seed out")
                        .formatted(windows));
    }

    /** The seed of what is drawn for windows and order. */
    public long seed(long runSeed) {
        return dataSeed.orElse(runSeed);
    }

    /**
     * Draws of 32 bits that the starts take from the run's generator before the model's draws: random ones have no seed
     * of their own unless it is given.
     *
     * @param tokens of the corpus, at least one window
     */
    public int drawsBeforeModel(long tokens, int context) {
        return windows == Windows.RANDOM && dataSeed.isEmpty()
                ? starts.getAsInt() * TorchGenerator.drawsBelow(tokens - context)
                : 0;
    }
}
