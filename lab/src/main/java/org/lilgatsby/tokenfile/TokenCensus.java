package org.lilgatsby.tokenfile;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.lilgatsby.files.Sha256;

/**
 * How often each id occurs in a sequence, and which sequence it is.
 *
 * @param counts occurrences by id, [vocabulary]
 * @param hash SHA-256 of the SHA-256 sums of all blocks of {@value #BLOCK} ids, each id as 4 bytes, little-endian: the
 *     same for the same ids, whatever files they come from; 64 lower-case hexadecimal digits
 */
public record TokenCensus(long[] counts, String hash) {
    /** Ids of a block; the last block has what is left. */
    public static final int BLOCK = 1 << 22;

    private static final int PART = 1 << 14;

    /** The largest vocabulary. */
    public static final int MOST_IDS = 1 << 20;

    /** Ids that occur, ascending. */
    public int[] live() {
        return IntStream.range(0, counts.length).filter(id -> counts[id] > 0).toArray();
    }

    /** Ids that do not occur, ascending. */
    public int[] dead() {
        return IntStream.range(0, counts.length).filter(id -> counts[id] == 0).toArray();
    }

    /** Number of ids of the sequence. */
    public long length() {
        return LongStream.of(counts).sum();
    }

    /** The same without the ids above the largest that occurs. */
    public TokenCensus trimmed() {
        int[] live = live();
        return new TokenCensus(Arrays.copyOf(counts, live.length == 0 ? 0 : live[live.length - 1] + 1), hash);
    }

    /**
     * Reads a sequence once, on several threads.
     *
     * @param vocabulary number of ids
     * @param progress is told how many ids have been read
     * @throws TokenFileException for the first id outside the vocabulary, with its place
     */
    public static TokenCensus of(TokenSequence sequence, int vocabulary, int threads, LongConsumer progress)
            throws IOException {
        long[] counts = new long[vocabulary];
        MessageDigest digest = Sha256.digest();
        Queue<Future<Block>> pending = new ArrayDeque<>();
        ExecutorService workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("census-", 0).factory());
        try {
            long read = 0;
            for (long start = 0; start < sequence.length(); start += BLOCK) {
                long first = start;
                pending.add(workers.submit(() -> block(sequence, first, vocabulary)));
                if (pending.size() > 2 * threads) {
                    read += add(pending.remove(), counts, digest);
                    progress.accept(read);
                }
            }
            while (!pending.isEmpty()) {
                read += add(pending.remove(), counts, digest);
                progress.accept(read);
            }
        } finally {
            workers.shutdownNow();
        }
        return new TokenCensus(counts, HexFormat.of().formatHex(digest.digest()));
    }

    private record Block(int ids, int[] counts, byte[] hash) {}

    private static Block block(TokenSequence sequence, long start, int vocabulary) throws IOException {
        int length = (int) Math.min(BLOCK, sequence.length() - start);
        int[] counts = new int[vocabulary];
        MessageDigest digest = Sha256.digest();
        int[] ids = new int[PART];
        ByteBuffer bytes = ByteBuffer.allocate(PART * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < length; done += PART) {
            int part = Math.min(PART, length - done);
            sequence.copy(start + done, ids, 0, part);
            for (int i = 0; i < part; i++) {
                if (ids[i] >= vocabulary) {
                    throw new TokenFileException(
                            sequence.place(start + done + i),
                            ("%d is outside the vocabulary of %d ids; set model.vocabulary to at least %d, or check "
                                            + "whether the file belongs to another tokenizer or has another type")
                                    .formatted(ids[i], vocabulary, ids[i] + 1L));
                }
                counts[ids[i]]++;
            }
            bytes.asIntBuffer().put(ids, 0, part);
            digest.update(bytes.array(), 0, part * Integer.BYTES);
        }
        return new Block(length, counts, digest.digest());
    }

    private static int add(Future<Block> future, long[] counts, MessageDigest digest) throws IOException {
        try {
            Block block = future.get();
            for (int id = 0; id < counts.length; id++) {
                counts[id] += block.counts[id];
            }
            digest.update(block.hash);
            return block.ids;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while counting");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case UncheckedIOException failure -> throw failure.getCause();
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
