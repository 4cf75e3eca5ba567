package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.corpus.Texts.utf8;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.lilgatsby.random.TorchGenerator;

class BatchesTest {
    /** Tokens 0, 1, 2, …: the first token of a window is its position. */
    private static Corpus counting(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return Corpus.of("counting", "counting", bytes, 256, false);
    }

    @Test
    void anEpochVisitsEveryWindowInTheOrderOfItsPermutation() {
        int context = 4;
        Batches batches = new Batches(counting(27), context, 5, 42);
        assertEquals(23, batches.windows());
        int[] tokens = new int[5 * 5];
        for (int epoch = 0; epoch < 3; epoch++) {
            int[] order = new TorchGenerator(42 + epoch).randperm(23);
            for (int begin = 0; begin < 23; begin += 5) {
                assertEquals(new BatchPosition(epoch, begin), batches.position());
                int sequences = batches.next(tokens);
                assertEquals(Math.min(5, 23 - begin), sequences);
                for (int b = 0; b < sequences; b++) {
                    for (int t = 0; t <= context; t++) {
                        assertEquals(order[begin + b] + t, tokens[b * 5 + t]);
                    }
                }
            }
        }
        assertEquals(new BatchPosition(3, 0), batches.position());
    }

    @Test
    void theOrderIsPyTorchs() {
        // torch.randperm(20, generator=torch.Generator().manual_seed(42))
        int[] expected = {2, 14, 18, 15, 1, 10, 0, 4, 6, 11, 8, 3, 7, 17, 13, 12, 19, 5, 16, 9};
        int[] tokens = new int[20 * 4];
        assertEquals(20, new Batches(counting(23), 3, 20, 42).next(tokens));
        for (int b = 0; b < 20; b++) {
            assertEquals(expected[b], tokens[b * 4]);
        }
    }

    @Property(tries = 200)
    void aSoughtPositionGoesOnAsIfNeverLeft(
            @ForAll @IntRange(min = 3, max = 60) int length,
            @ForAll @IntRange(min = 1, max = 9) int batch,
            @ForAll @IntRange(max = 60) int steps,
            @ForAll long seed) {
        Corpus corpus = counting(length);
        int[] expected = new int[batch * 3];
        int[] actual = new int[batch * 3];
        Batches whole = new Batches(corpus, 2, batch, seed);
        for (int i = 0; i < steps; i++) {
            whole.next(expected);
        }
        Batches resumed = new Batches(corpus, 2, batch, seed);
        resumed.seek(whole.position());
        for (int i = 0; i < 10; i++) {
            Arrays.fill(expected, -1);
            Arrays.fill(actual, -1);
            assertEquals(whole.next(expected), resumed.next(actual));
            assertArrayEquals(expected, actual);
            assertEquals(whole.position(), resumed.position());
        }
    }

    @Test
    void aCorpusShorterThanAWindowIsRefused() {
        Corpus corpus = Corpus.of("a.txt", "a.txt", utf8("abcd"), 128, false);
        assertEquals(1, new Batches(corpus, 3, 2, 1).windows());
        String message = assertThrows(CorpusException.class, () -> new Batches(corpus, 4, 2, 1))
                .getMessage();
        assertEquals(
                "a.txt: has 4 tokens, but one window of context 4 takes 5;"
                        + " name a longer text or set model.context to at most 3",
                message);
    }

    @Test
    void wrongArgumentsAreRefused() {
        Corpus corpus = counting(20);
        assertThrows(IllegalArgumentException.class, () -> new Batches(corpus, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Batches(corpus, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Batches(corpus, 1, Integer.MAX_VALUE, 1));
        Batches batches = new Batches(corpus, 4, 2, 1);
        assertThrows(IllegalArgumentException.class, () -> batches.next(new int[8]));
        assertThrows(IllegalArgumentException.class, () -> batches.seek(new BatchPosition(0, 16)));
        assertThrows(IllegalArgumentException.class, () -> new BatchPosition(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new BatchPosition(0, -1));
        assertEquals(BatchPosition.START, batches.position());
    }
}
