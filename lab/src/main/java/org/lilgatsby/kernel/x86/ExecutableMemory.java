package org.lilgatsby.kernel.x86;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Memory for machine code: first writable, then executable, never both. It stays until the program ends. */
final class ExecutableMemory {
    // Linux, asm-generic/mman-common.h
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int EXECUTE = 4;
    private static final int PRIVATE = 2;
    private static final int ANONYMOUS = 0x20;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private ExecutableMemory() {}

    /**
     * The code in memory of its own.
     *
     * @throws UnavailableException if the system refuses
     */
    @SuppressWarnings("restricted")
    static MemorySegment of(byte[] code) throws UnavailableException {
        Linker linker = Linker.nativeLinker();
        Linker.Option errno = Linker.Option.captureCallState("errno");
        MethodHandle map = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("mmap"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG),
                errno);
        MethodHandle protect = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("mprotect"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT),
                errno);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long address = (long) map.invokeExact(
                    state, 0L, (long) code.length, READ | WRITE, PRIVATE | ANONYMOUS, -1, 0L);
            if (address == -1) {
                throw new UnavailableException("the system provided no memory for machine code" + number(state));
            }
            MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(code.length);
            MemorySegment.copy(code, 0, memory, ValueLayout.JAVA_BYTE, 0, code.length);
            int failed = (int) protect.invokeExact(state, address, (long) code.length, READ | EXECUTE);
            if (failed != 0) {
                throw new UnavailableException(
                        "the system does not allow this program to execute the code that it generated" + number(state));
            }
            return memory;
        } catch (UnavailableException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a system call failed", e);
        }
    }

    private static String number(MemorySegment state) {
        return " (errno " + (int) ERRNO.get(state, 0L) + ")";
    }
}
