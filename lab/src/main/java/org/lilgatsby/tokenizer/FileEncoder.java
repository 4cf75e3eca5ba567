package org.lilgatsby.tokenizer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Encodes text files that need not fit in memory, on several threads; the ids are those of the whole text in one. A
 * file is read whole where the tokenizer leaves no place to cut it: without a pre-tokenizer that cuts at white space,
 * with a normalizer that replaces text, or with added tokens that take in white space.
 *
 * @param threads at least 1
 */
public record FileEncoder(Tokenizer tokenizer, int threads) {
    private static final int CHUNK = 1 << 18;
    private static final int CHUNKS_A_THREAD = 2;

    /** @throws IllegalArgumentException unless {@code threads} is positive */
    public FileEncoder {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; at least 1 is needed");
        }
    }

    /** Takes ids in the order of the text. */
    @FunctionalInterface
    public interface Sink {
        /** @param ids not to be kept */
        void accept(int[] ids) throws IOException;
    }

    /**
     * Encodes a file.
     *
     * @param progress is told how many bytes have been read
     * @return number of ids
     * @throws TokenizerException with the place of the first byte that is no UTF-8, or if the tokenizer cannot take the
     *     text
     */
    public long encode(Path file, Sink sink, LongConsumer progress) throws IOException {
        return encode(file, CHUNK, sink, progress);
    }

    long encode(Path file, int chunk, Sink sink, LongConsumer progress) throws IOException {
        ThreadLocal<Encoder> encoder = ThreadLocal.withInitial(tokenizer::encoder);
        Queue<Future<int[]>> pending = new ArrayDeque<>();
        long count = 0;
        ExecutorService workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("encoder-", 0).factory());
        try (TextChunks chunks = new TextChunks(file, tokenizer.cut(), chunk)) {
            while (chunks.next()) {
                char[] text = Arrays.copyOf(chunks.text(), chunks.length());
                boolean first = chunks.isFirst();
                pending.add(workers.submit(() -> encoder.get().encode(text, 0, text.length, first)));
                if (pending.size() > threads * CHUNKS_A_THREAD) {
                    count += take(file, pending.remove(), sink);
                }
                progress.accept(chunks.bytesRead());
            }
            while (!pending.isEmpty()) {
                count += take(file, pending.remove(), sink);
            }
            return count;
        } finally {
            workers.shutdownNow();
        }
    }

    private static int take(Path file, Future<int[]> future, Sink sink) throws IOException {
        try {
            int[] ids = future.get();
            sink.accept(ids);
            return ids.length;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while encoding");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IllegalArgumentException failure ->
                    throw new TokenizerException(file, failure.getMessage(), failure);
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
