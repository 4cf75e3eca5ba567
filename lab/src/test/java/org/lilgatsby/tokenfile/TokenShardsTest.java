package org.lilgatsby.tokenfile;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.files.DiskSpace;

class TokenShardsTest {
    @TempDir
    private Path directory;

    @Property(tries = 60)
    void shardsAreOneSequence(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 6) Integer> lengths,
            @ForAll @IntRange(max = 30) int from,
            @ForAll @IntRange(max = 30) int count)
            throws IOException {
        Path folder = Files.createTempDirectory("shards");
        int total = lengths.stream().mapToInt(Integer::intValue).sum();
        int first = Math.min(from, total);
        int n = Math.min(count, total - first);
        List<Path> paths = new ArrayList<>();
        int next = 0;
        for (int length : lengths) {
            Path file = folder.resolve("s" + paths.size() + (paths.size() % 2 == 0 ? ".bin" : ".npy"));
            paths.add(TokenFiles.write(
                    file,
                    paths.size() % 2 == 0 ? TokenFormat.LLMC_UINT16 : TokenFormat.NPY,
                    100,
                    IntStream.range(next, next + length).toArray()));
            next += length;
        }
        try (TokenShards shards = TokenShards.open(paths, TokenFile.Reading.BY_NAME)) {
            assertEquals(total, shards.length());
            assertEquals(paths.size(), shards.files().size());
            int[] ids = new int[n];
            shards.copy(first, ids, 0, n);
            assertArrayEquals(IntStream.range(first, first + n).toArray(), ids);
            assertThrows(IndexOutOfBoundsException.class, () -> shards.copy(total, new int[1], 0, 1));
            int start = 0;
            for (int shard = 0; shard < paths.size(); shard++) {
                assertEquals(paths.get(shard) + ": id 0", shards.place(start));
                start += lengths.get(shard);
            }
        } finally {
            for (Path path : paths) {
                Files.delete(path);
            }
            Files.delete(folder);
        }
    }

    @Test
    void moreIdsThanAnIntCountsAreOneFile() throws IOException {
        assumeTrue(DiskSpace.isSparse(directory), "the disk has no sparse files");
        long ids = 3_000_000_000L;
        Path plain = TokenFiles.sparse(directory.resolve("a.bin"), new byte[0], 2 * ids);
        String header = "{'descr': '<i4', 'fortran_order': False, 'shape': (%d,), }".formatted(ids);
        String padded = header + " ".repeat(117 - header.length()) + "\n";
        byte[] start = ByteBuffer.allocate(128)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(NpyHeader.MAGIC)
                .put(new byte[] {1, 0})
                .putShort((short) 118)
                .put(padded.getBytes(StandardCharsets.US_ASCII))
                .array();
        Path npy = TokenFiles.sparse(directory.resolve("b.npy"), start, 128 + 4 * ids);
        try (FileChannel channel = FileChannel.open(npy, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {7, 1}), 128 + 4 * 2_999_999_998L);
        }
        try (TokenShards shards = TokenShards.open(List.of(plain, npy), TokenFile.Reading.BY_NAME)) {
            assertEquals(2 * ids, shards.length());
            int[] last = new int[3];
            shards.copy(2 * ids - 3, last, 0, 3);
            assertArrayEquals(new int[] {0, 263, 0}, last);
            shards.copy(ids - 1, last, 0, 3);
            assertArrayEquals(new int[3], last);
            assertEquals(npy + ": id 2999999998", shards.place(2 * ids - 2));
        }
    }

    @Test
    void filesAreFoundByNameDirectoryAndPattern() throws IOException {
        Path b = TokenFiles.write(directory.resolve("train_2.bin"), TokenFormat.UINT16, 10, 2);
        Path a = TokenFiles.write(directory.resolve("train_1.bin"), TokenFormat.UINT16, 10, 1);
        Path c = TokenFiles.write(directory.resolve("val.npy"), TokenFormat.NPY, 10, 3);
        Files.writeString(directory.resolve("readme.txt"), "x");
        Files.createDirectory(directory.resolve("train_3.bin"));
        assertEquals(List.of(c), TokenShards.find(c.toString()));
        assertEquals(List.of(a, b, c), TokenShards.find(directory.toString()));
        assertEquals(List.of(a, b), TokenShards.find(directory + "/train_*.bin"));
        assertThrows(NoSuchFileException.class, () -> TokenShards.find(directory + "/other_*.bin"));
        assertThrows(NoSuchFileException.class, () -> TokenShards.find(directory + "/none/x.bin"));
    }

    @Test
    void oneBadShardIsNamed() throws IOException {
        Path good = TokenFiles.write(directory.resolve("a.bin"), TokenFormat.UINT16, 10, 1);
        Path bad = Files.write(directory.resolve("b.bin"), new byte[1]);
        assertTrue(assertThrows(
                        TokenFileException.class, () -> TokenShards.open(List.of(good, bad), TokenFile.Reading.BY_NAME))
                .getMessage()
                .startsWith(bad + ": "));
    }
}
