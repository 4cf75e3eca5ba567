package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class HugePagesTest {
    @Test
    void whatIsInTheMemoryStays() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(3 * HugePages.BYTES + 20, HugePages.BYTES);
            for (long at = 0; at < memory.byteSize(); at += Long.BYTES) {
                memory.set(ValueLayout.JAVA_INT, at, (int) (at * 31));
            }
            HugePages.ask(memory);
            HugePages.ask(memory.asSlice(16, 40));
            for (long at = 0; at < memory.byteSize(); at += Long.BYTES) {
                assertEquals((int) (at * 31), memory.get(ValueLayout.JAVA_INT, at));
            }
        }
    }
}
