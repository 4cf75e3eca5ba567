package org.lilgatsby.safetensors;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.files.DiskSpace;
import org.lilgatsby.files.NoSpaceException;

class SafetensorsWriterTest {
    private static final SafetensorsLayout LAYOUT = SafetensorsLayout.of(
            List.of(TensorSpec.of("history", DType.BF16, 3, 2), TensorSpec.of("step", DType.I64)), Map.of("k", "v"));

    @TempDir
    private Path directory;

    private Path path() {
        return directory.resolve("recording.safetensors");
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theFileIsCompleteFromTheBeginningAndFilledInAnyOrder() throws IOException {
        try (SafetensorsWriter writer = SafetensorsWriter.create(path(), LAYOUT)) {
            assertEquals(List.of("recording.safetensors"), files());
            try (SafetensorsFile file = SafetensorsFile.open(path())) {
                assertArrayEquals(new short[6], file.tensor("history").toShorts());
            }
            writer.writeRows(0, 1, bytes(5, 0, 6, 0, 7, 0, 8, 0));
            writer.write(0, 2, bytes(2, 0));
            writer.write(LAYOUT.indexOf("step"), 0, bytes(9, 0, 0, 0, 0, 0, 0, 0));
            writer.force();
        }
        try (SafetensorsFile file = SafetensorsFile.open(path())) {
            assertArrayEquals(
                    new short[] {0, 2, 5, 6, 7, 8}, file.tensor("history").toShorts());
            assertArrayEquals(new long[] {9}, file.tensor("step").toLongs());
            assertEquals(Map.of("k", "v"), file.metadata());
        }
    }

    @Test
    void aFileOfManyGigabytesTakesNoRoomBeforeItIsFilled() throws IOException {
        SafetensorsLayout layout =
                SafetensorsLayout.of(List.of(TensorSpec.of("history", DType.BF16, 1 << 20, 64, 64)), Map.of());
        assumeTrue(DiskSpace.available(directory) > layout.fileBytes(), "needs 8 GiB of free disk");
        long before = DiskSpace.available(directory);
        try (SafetensorsWriter writer = SafetensorsWriter.create(path(), layout)) {
            writer.write(0, (1L << 33) - 2, bytes(7, 0));
        }
        assertEquals(layout.fileBytes(), Files.size(path()));
        assertTrue(before - DiskSpace.available(directory) < 1L << 32, "the file is sparse");
        try (SafetensorsFile file = SafetensorsFile.open(path())) {
            assertEquals(7, file.tensor("history").row((1 << 20) - 1).toShorts()[64 * 64 - 1]);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatGoesAroundThePageCacheReadsAsWhatGoesThroughIt(long seed) throws IOException {
        int rows = 400;
        SafetensorsLayout layout = SafetensorsLayout.of(
                List.of(
                        TensorSpec.of("odd", DType.BF16, 3), TensorSpec.of("blocks", DType.BF16, rows, 4_096),
                        TensorSpec.of("odder", DType.BF16, 1), TensorSpec.of("rows", DType.F32, rows, 1_501)),
                Map.of());
        SplittableRandom random = new SplittableRandom(seed);
        byte[] expected = new byte[Math.toIntExact(layout.fileBytes())];
        try (SafetensorsWriter writer = SafetensorsWriter.create(path(), layout)) {
            layout.header().get(expected, 0, layout.header().limit());
            writer.openDirect();
            boolean direct = writer.isDirect();
            for (int i = 0; i < 60; i++) {
                int tensor = random.nextInt(layout.tensors().size());
                int all = (int) layout.tensors().get(tensor).shape().dimension(0);
                int from = random.nextInt(all);
                int count = random.nextInt(1, all - from + 1);
                int rowBytes = (int) layout.tensors().get(tensor).rowBytes();
                byte[] values = new byte[count * rowBytes];
                random.nextBytes(values);
                System.arraycopy(values, 0, expected, (int) layout.offset(tensor) + from * rowBytes, values.length);
                writer.writeRows(
                        tensor,
                        from,
                        buffer(random, values, layout.offset(tensor) + (long) from * rowBytes, writer.block()));
                if (i % 10 == 0) {
                    assertEquals(-1, Arrays.mismatch(expected, Files.readAllBytes(path())), "after write " + i);
                }
                if (i == 50) {
                    assertEquals(direct, writer.isDirect(), "no write was refused");
                    writer.closeDirect();
                    assertEquals(1, writer.block());
                }
            }
            writer.force();
        }
        assertEquals(-1, Arrays.mismatch(expected, Files.readAllBytes(path())));
    }

    /** Most are aligned to blocks as the file is, some are not, some are on the heap. */
    private static ByteBuffer buffer(SplittableRandom random, byte[] values, long position, int block) {
        int kind = random.nextInt(6);
        if (kind == 0) {
            return ByteBuffer.wrap(values);
        }
        int at = kind == 1 ? random.nextInt(block) : (int) (position % block);
        int room = (Math.ceilDiv(values.length, block) + 2) * block;
        ByteBuffer bytes = ByteBuffer.allocateDirect(room).alignedSlice(block).position(at);
        return bytes.put(values).limit(at + values.length).position(at);
    }

    @Test
    void directWritesNeedManyBlocksAtTheirPlaceInMemory() throws IOException {
        Files.createFile(path());
        Optional<DirectChannel> opened = DirectChannel.open(path());
        assumeTrue(opened.isPresent(), "the file system writes through its cache only");
        try (DirectChannel direct = opened.get()) {
            int block = direct.block();
            int size = 1 << 20;
            ByteBuffer bytes = ByteBuffer.allocateDirect(size + 2 * block).alignedSlice(block);
            assertEquals(0, direct.head(3L * block));
            assertEquals(1, direct.head(3L * block - 1));
            assertEquals(block - 8, direct.head(8));
            assertEquals(size, direct.wholeBlocks(bytes.limit(size), 5L * block));
            assertEquals(size - block, direct.wholeBlocks(bytes.limit(size + 8).position(8), 5L * block + 8));
            assertEquals(0, direct.wholeBlocks(bytes, 5L * block), "other places in memory than in the file");
            assertEquals(0, direct.wholeBlocks(bytes.position(0).limit(4 * block), 0), "too few to wait for the disk");
            assertEquals(0, direct.wholeBlocks(ByteBuffer.allocate(size), 0), "on the heap");

            direct.write(bytes.limit(size).position(0), 0);

            assertEquals(size, bytes.position());
            assertEquals(size, Files.size(path()));
            direct.close();
            assertThrows(IOException.class, () -> direct.write(bytes.position(0), 0));
        }
    }

    @Test
    void aFileIsContinued() throws IOException {
        try (SafetensorsWriter writer = SafetensorsWriter.create(path(), LAYOUT)) {
            writer.writeRows(0, 0, bytes(1, 0, 2, 0));
        }
        try (SafetensorsWriter writer = SafetensorsWriter.resume(path(), LAYOUT)) {
            writer.writeRows(0, 2, bytes(5, 0, 6, 0));
        }
        try (SafetensorsFile file = SafetensorsFile.open(path())) {
            assertArrayEquals(
                    new short[] {1, 2, 0, 0, 5, 6}, file.tensor("history").toShorts());
        }
    }

    @Test
    void onlyAFileOfTheSameLayoutIsContinued() throws IOException {
        assertThrows(NoSuchFileException.class, () -> SafetensorsWriter.resume(path(), LAYOUT));
        SafetensorsWriter.create(path(), LAYOUT).close();
        SafetensorsLayout other = SafetensorsLayout.of(LAYOUT.tensors(), Map.of("k", "w"));
        SafetensorsException e =
                assertThrows(SafetensorsException.class, () -> SafetensorsWriter.resume(path(), other));
        assertEquals(Fault.LAYOUT_DIFFERS, e.fault());
        assertTrue(e.getMessage().endsWith("first at byte 30"), e.getMessage());
        SafetensorsLayout longer = SafetensorsLayout.of(List.of(TensorSpec.of("history", DType.BF16, 4, 2)), Map.of());
        e = assertThrows(SafetensorsException.class, () -> SafetensorsWriter.resume(path(), longer));
        assertEquals(Fault.LAYOUT_DIFFERS, e.fault());
        assertTrue(e.getMessage().endsWith("the file has 212 bytes, but the layout needs 144"), e.getMessage());
    }

    @Test
    void aSymbolicLinkIsNotWrittenThrough() throws IOException {
        Path elsewhere = directory.resolve("elsewhere.safetensors");
        SafetensorsWriter.create(elsewhere, LAYOUT).close();
        Files.createSymbolicLink(path(), elsewhere);
        SafetensorsException e =
                assertThrows(SafetensorsException.class, () -> SafetensorsWriter.resume(path(), LAYOUT));
        assertEquals(Fault.NOT_A_FILE, e.fault());
        Path untouched = Files.writeString(directory.resolve("untouched"), "text");
        Path link = Files.createSymbolicLink(directory.resolve("new.safetensors.partial"), untouched);
        assertThrows(IOException.class, () -> SafetensorsWriter.create(directory.resolve("new.safetensors"), LAYOUT));
        assertEquals("text", Files.readString(untouched));
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void anExistingFileIsNotOverwritten() throws IOException {
        Files.writeString(path(), "mine");
        SafetensorsException e =
                assertThrows(SafetensorsException.class, () -> SafetensorsWriter.create(path(), LAYOUT));
        assertEquals(Fault.ALREADY_EXISTS, e.fault());
        assertEquals("mine", Files.readString(path()));
        assertEquals(List.of("recording.safetensors"), files());
    }

    @Test
    void aDiskThatIsTooSmallIsNamedBeforeAnythingIsMade() throws IOException {
        SafetensorsLayout huge = SafetensorsLayout.of(List.of(TensorSpec.of("h", DType.U8, 1L << 59)), Map.of());
        NoSpaceException e = assertThrows(NoSpaceException.class, () -> SafetensorsWriter.create(path(), huge));
        assertTrue(
                e.getMessage().contains("not enough disk space: " + ((1L << 59) + 128) + " bytes are needed, "),
                e.getMessage());
        assertEquals(List.of(), files());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDirectoryThatMayNotBeWrittenIsNamed() {
        Path notWritable = Path.of("/sys/recording.safetensors"); // not even for root
        SafetensorsException e = assertThrows(
                SafetensorsException.class,
                () -> SafetensorsWriter.writeWhole(
                        notWritable, LAYOUT, List.of(bytes(new int[12]), bytes(new int[8]))));
        assertEquals(Fault.READ_ONLY, e.fault());
        assertTrue(e.getMessage().startsWith("/sys/recording.safetensors: may not be written: "), e.getMessage());
    }

    @Test
    void rangesOutsideATensorAreRefused() throws IOException {
        try (SafetensorsWriter writer = SafetensorsWriter.create(path(), LAYOUT)) {
            assertThrows(IndexOutOfBoundsException.class, () -> writer.write(0, -1, bytes(1)));
            assertEquals(
                    "bytes [11, 11 + 2) of tensor \"history\", which has 12",
                    assertThrows(IndexOutOfBoundsException.class, () -> writer.write(0, 11, bytes(1, 2)))
                            .getMessage());
            assertThrows(IndexOutOfBoundsException.class, () -> writer.write(0, Long.MAX_VALUE, bytes(1)));
            assertThrows(IndexOutOfBoundsException.class, () -> writer.write(2, 0, bytes(1)));
            assertThrows(IndexOutOfBoundsException.class, () -> writer.writeRows(0, 3, bytes(1, 2, 3, 4)));
            assertThrows(IndexOutOfBoundsException.class, () -> writer.writeRows(0, 2, bytes(1, 2, 3, 4, 5, 6, 7, 8)));
            assertEquals(
                    "3 bytes are not a whole number of rows of tensor \"history\" of 4 bytes",
                    assertThrows(IllegalArgumentException.class, () -> writer.writeRows(0, 0, bytes(1, 2, 3)))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> writer.writeRows(1, 0, bytes(1, 2, 3, 4, 5, 6, 7, 8)));
        }
        try (SafetensorsFile file = SafetensorsFile.open(path())) {
            assertArrayEquals(new short[6], file.tensor("history").toShorts());
        }
    }

    @Test
    void aWholeFileAppearsAtOnceAndInPlaceOfAnEarlierOne() throws IOException {
        for (int round = 1; round <= 2; round++) {
            SafetensorsWriter.writeWhole(
                    path(),
                    LAYOUT,
                    List.of(bytes(1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0), bytes(round, 0, 0, 0, 0, 0, 0, 0)));
            assertEquals(List.of("recording.safetensors"), files());
            assertEquals(LAYOUT.fileBytes(), Files.size(path()));
            try (SafetensorsFile file = SafetensorsFile.open(path())) {
                assertArrayEquals(new long[] {round}, file.tensor("step").toLongs());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 9})
    void aWholeFileThatCannotBeFinishedLeavesNothing(int bytes) throws IOException {
        assertThrows(
                IllegalArgumentException.class,
                () -> SafetensorsWriter.writeWhole(path(), LAYOUT, List.of(bytes(new int[12]), bytes(new int[bytes]))));
        assertThrows(IllegalArgumentException.class, () -> SafetensorsWriter.writeWhole(path(), LAYOUT, List.of()));
        assertThrows(
                IOException.class,
                () -> SafetensorsWriter.writeWhole(path(), LAYOUT, i -> {
                    throw new IOException("the source failed");
                }));
        assertEquals(List.of(), files());
    }

    @Test
    void leftoversOfAKilledProcessAreReplaced() throws IOException {
        Files.writeString(directory.resolve("recording.safetensors.partial"), "x".repeat(1000));
        SafetensorsWriter.create(path(), LAYOUT).close();
        assertEquals(List.of("recording.safetensors"), files());
        assertEquals(LAYOUT.fileBytes(), Files.size(path()));
    }
}
