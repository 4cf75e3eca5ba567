package org.lilgatsby.recording;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pages of two megabytes, which Linux provides on request. A row of all observables spans two dozen ordinary pages; the
 * processor must look up each one, and the disk must be told of each.
 */
final class HugePages {
    static final long BYTES = 2 << 20;

    /** Where Linux says whether it provides them; collapsing pages ignores this setting, so it must be checked here. */
    private static final Path SETTING = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    /** MADV_HUGEPAGE and MADV_COLLAPSE of Linux's mman.h: for future pages and for existing ones. */
    private static final int[] ADVICE = {14, 25};

    private HugePages() {}

    /** Requests them. Where there are none, the memory stays as it is; its contents never change. */
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
            // only a request: rows are the same in pages of any size
        }
    }
}
