package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lilgatsby.kernel.ScalarAnalysisKernels;

/** What is counted for the analyses of freezing is less than what they allocate, and most of it. */
class FreezingBytesTest {
    private static final int ROWS = 4_000;
    private static final int COLUMNS = 64;

    /** Two states, which one chunk on this thread reads. */
    private static final History HISTORY =
            History.of(IntStream.of(0, 1).toArray(), step -> Matrix.ofBits(bits(step), ROWS, COLUMNS));

    private static short[] bits(int step) {
        short[] bits = new short[ROWS * COLUMNS];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (short) (0x3F80 + (i + step) % 100);
        }
        return bits;
    }

    private static final LiveDeadSplit SPLIT = new LiveDeadSplit(
            Tokens.of(IntStream.range(0, ROWS / 2).toArray()),
            Tokens.of(IntStream.range(ROWS / 2, ROWS).toArray()));

    private static long allocated(Runnable analysis) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        analysis.run(); // classes are loaded
        long before = thread.getCurrentThreadAllocatedBytes();
        analysis.run();
        return thread.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void countsWhatFreezingAllocates() {
        long allocated = allocated(() -> Freezing.of(HISTORY, SPLIT, Places.of(), new ScalarAnalysisKernels()));
        long counted = Freezing.bytes(2, ROWS, COLUMNS);
        assertTrue(counted <= allocated && counted > allocated / 3, counted + " of " + allocated);
    }

    @Test
    void countsWhatFramesAllocate() {
        long allocated = allocated(() -> Frames.of(HISTORY, SPLIT, Places.of(), new ScalarAnalysisKernels()));
        long counted = Frames.bytes(2, ROWS, COLUMNS);
        assertTrue(counted <= allocated && counted > allocated / 3, counted + " of " + allocated);
    }
}
