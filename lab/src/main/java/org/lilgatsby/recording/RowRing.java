package org.lilgatsby.recording;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lilgatsby.kernel.Kernels;

/**
 * Rows on their way from training to the disk, outside the heap, laid out tensor by tensor as in the file: the rows of
 * one half of the ring are written together, without a copy. They begin at the offset within a block that the sink asks
 * for.
 */
final class RowRing implements AutoCloseable {
    private static final int CACHE_LINE = 64;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final List<TensorMemory> tensors;
    private final List<Row> rows;
    private final int half;
    private final int recorded; // the tensors that are written; what figures are computed from follows

    /** Both halves of a tensor's rows, each with room to begin at any offset in a block. */
    private record TensorMemory(MemorySegment memory, ByteBuffer bytes, long rowBytes) {
        static TensorMemory of(MemorySegment memory, long rowBytes) {
            return new TensorMemory(
                    memory, memory.byteSize() <= Integer.MAX_VALUE ? memory.asByteBuffer() : null, rowBytes);
        }
    }

    /**
     * Allocates the rows.
     *
     * @param kernels used to round values stored in bfloat16
     * @param size number of rows: even, or one alone, which is both halves
     * @param block a power of two
     */
    RowRing(RecordingConfig config, Extent extent, Kernels kernels, int size, int block) {
        half = Math.max(size / 2, 1);
        recorded = config.tensors().size();
        List<Slot> slots = Slot.of(config, extent);
        long[] rowBytes = slots.stream().mapToLong(Slot::bytes).toArray();
        int unit = Math.max(block, CACHE_LINE);
        long[] bytes = Arrays.stream(rowBytes)
                .map(n -> Math.ceilDiv(Math.multiplyExact(n, (long) half), unit) + 1)
                .map(units -> Math.multiplyExact((long) size / half * unit, units))
                .toArray();
        try {
            long all = Arrays.stream(bytes).reduce(0, Math::addExact);
            memory = arena.allocate(all, all < HugePages.BYTES ? unit : Math.max(unit, HugePages.BYTES));
            SegmentAllocator next = SegmentAllocator.slicingAllocator(memory);
            tensors = IntStream.range(0, bytes.length)
                    .mapToObj(i -> TensorMemory.of(next.allocate(bytes[i], unit), rowBytes[i]))
                    .toList();
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
        rows = IntStream.range(0, size).mapToObj(_ -> row(slots, kernels)).toList();
    }

    /** Requests pages that are faster to look up; rows may be in use meanwhile. */
    void askForHugePages() {
        if (memory.byteSize() >= HugePages.BYTES) {
            HugePages.ask(memory);
        }
    }

    private Row row(List<Slot> slots, Kernels kernels) {
        List<StoredValues> values = new ArrayList<>();
        for (int i = 0; i < tensors.size(); i++) {
            Slot slot = slots.get(i);
            values.add(new StoredValues(
                    kernels, slot.format(), slot.pieces(), tensors.get(i).memory()));
        }
        return new Row(List.copyOf(values));
    }

    /** Number of rows in a half. */
    int half() {
        return half;
    }

    /** Number of rows. */
    int size() {
        return rows.size();
    }

    /** The row at a place. */
    Row row(int place) {
        return rows.get(place);
    }

    /**
     * Puts the row at a place where it will be written from.
     *
     * @param index of the row in the recording; rows of one half are consecutive, and all rows from the half's previous
     *     use must be written, since they may lie elsewhere in it
     */
    void place(int place, int index, RowSink sink) {
        int inHalf = place % half;
        Row row = rows.get(place);
        for (int i = 0; i < tensors.size(); i++) {
            TensorMemory tensor = tensors.get(i);
            long from = place < half ? 0 : tensor.memory().byteSize() / 2;
            int phase = i < recorded ? sink.phase(i, index - inHalf) : 0;
            row.values(i).moveTo(from + phase + inHalf * tensor.rowBytes());
        }
    }

    /** How many of {@code count} rows from a place on are contiguous. */
    int together(int place, int count) {
        return Math.min(count, half - place % half);
    }

    /** Frees the memory; no row may be used after this. */
    @Override
    public void close() {
        arena.close();
    }

    /** The bytes of a tensor in contiguous rows, valid until the next call for the same tensor. */
    ByteBuffer bytes(int tensor, int place, int count) {
        TensorMemory memory = tensors.get(tensor);
        long from = rows.get(place).values(tensor).at();
        long n = count * memory.rowBytes();
        return memory.bytes() == null
                ? memory.memory().asSlice(from, n).asByteBuffer()
                : memory.bytes().limit((int) (from + n)).position((int) from);
    }
}
