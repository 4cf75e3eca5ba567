package org.lilgatsby.recording;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pages of two megabytes, which Linux gives to those who ask: a row of all observables lies in two dozen of the usual
 * ones, each of which the processor has to look up, and the disk to be told of.
 */
final class HugePages {
    static final long BYTES = 2 << 20;

    /** Where Linux says whether it gives them; collapsing pages does not ask, so it must be asked here. */
    private static final Path SETTING = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    /** MADV_HUGEPAGE and MADV_COLLAPSE of Linux's mman.h: for pages that come, and for those that are there. */
    private static final int[] ADVICE = {14, 25};

    private HugePages() {}

    /** Asks for them. Elsewhere, and where there are none, the memory stays as it is; what is in it stays anyhow. */
    static void ask(MemorySegment memory) {
        if (!Files.isReadable(SETTING) || !HugePages.class.getModule().isNativeAccessEnabled()) {
            return;
        }
        try {
            if (Files.readString(SETTING).contains("[never]")) {
                return;
            }
            Linker linker = Linker.nativeLinker();
            MethodHandle madvise = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("madvise"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
            for (int advice : ADVICE) {
                if ((int) madvise.invokeExact(memory, memory.byteSize(), advice) != 0) {
                    return;
                }
            }
        } catch (Throwable e) {
            // it was a request: rows are the same in pages of any size
        }
    }
}
