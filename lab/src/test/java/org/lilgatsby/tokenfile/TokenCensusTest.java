package org.lilgatsby.tokenfile;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.settings.SettingException;

class TokenCensusTest {
    @TempDir
    private Path directory;

    @Test
    void idsAreCountedAndSummed() throws IOException {
        TokenCensus census = TokenCensus.of(TokenFiles.of(3, 1, 3, 0), 5, 1, _ -> {});
        assertArrayEquals(new long[] {1, 1, 0, 2, 0}, census.counts());
        assertArrayEquals(new int[] {0, 1, 3}, census.live());
        assertArrayEquals(new int[] {2, 4}, census.dead());
        assertEquals(4, census.length());
        assertArrayEquals(new long[] {1, 1, 0, 2}, census.trimmed().counts());
        byte[] bytes = HexFormat.of().parseHex("03000000010000000300000000000000");
        assertEquals(HexFormat.of().formatHex(Sha256.bytesOf(Sha256.bytesOf(bytes))), census.hash());
    }

    @Test
    void neitherFormatNorThreadsNorShardsChangeIt() throws IOException {
        int length = 2 * TokenCensus.BLOCK + 5;
        int[] ids = IntStream.range(0, length).map(i -> i % 1009).toArray();
        TokenCensus expected = TokenCensus.of(TokenFiles.of(ids), 1009, 1, _ -> {});
        List<byte[]> sums = new ArrayList<>();
        for (int start = 0; start < length; start += TokenCensus.BLOCK) {
            int part = Math.min(TokenCensus.BLOCK, length - start);
            ByteBuffer bytes = ByteBuffer.allocate(4 * part).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asIntBuffer().put(ids, start, part);
            sums.add(Sha256.bytesOf(bytes.array()));
        }
        assertEquals(3, sums.size());
        ByteBuffer all = ByteBuffer.allocate(96);
        sums.forEach(all::put);
        assertEquals(Sha256.of(all.array()), expected.hash());

        Path first = directory.resolve("a.npy");
        Path second = directory.resolve("b.bin");
        int cut = 1_000_003;
        TokenFiles.write(first, TokenFormat.NPY, 100_000, Arrays.copyOf(ids, cut));
        TokenFiles.write(second, TokenFormat.LLMC_UINT16, 1009, Arrays.copyOfRange(ids, cut, length));
        try (TokenShards shards = TokenShards.open(List.of(first, second), TokenFile.Reading.BY_NAME)) {
            List<Long> progress = new ArrayList<>();
            TokenCensus census = TokenCensus.of(shards, 1009, 3, progress::add);
            assertArrayEquals(expected.counts(), census.counts());
            assertEquals(expected.hash(), census.hash());
            assertEquals(length, progress.getLast());
        }
    }

    @Test
    void theFirstIdOutsideTheVocabularyIsNamed() throws IOException {
        int[] ids = new int[2 * TokenCensus.BLOCK];
        ids[TokenCensus.BLOCK - 1] = 7;
        ids[TokenCensus.BLOCK + 1] = 9;
        Path path = TokenFiles.write(directory.resolve("a.bin"), TokenFormat.UINT16, 10, ids);
        try (TokenFile file = TokenFiles.open(path)) {
            assertEquals(
                    ("%s: id 4194303: 7 is outside the vocabulary of 7 ids; set model.vocabulary to at least 8, or "
                                    + "check whether the file belongs to another tokenizer or has another type")
                            .formatted(path),
                    assertThrows(TokenFileException.class, () -> TokenCensus.of(file, 7, 2, _ -> {}))
                            .getMessage());
        }
    }

    @Test
    void whatIsNotFinishedDisappears() throws IOException {
        Path file = directory.resolve("a.npy");
        try (TokenFileWriter writer = TokenFileWriter.create(file, TokenFormat.NPY, 10)) {
            writer.write(new int[] {1, 2}, 0, 2);
            assertThrows(IllegalArgumentException.class, () -> writer.write(new int[] {10}, 0, 1));
            assertThrows(IllegalArgumentException.class, () -> writer.write(new int[] {-1}, 0, 1));
        }
        try (var left = Files.list(directory)) {
            assertEquals(0, left.count());
        }
        assertThrows(SettingException.class, () -> TokenFileWriter.create(file, TokenFormat.UINT16, 65_537));
    }

    @Test
    void whatWasWrittenComesBack() throws IOException {
        int[] ids = IntStream.range(0, 200_000).map(i -> i * 7919 % 70_000).toArray();
        for (TokenFormat format : List.of(TokenFormat.NPY, TokenFormat.SAFETENSORS, TokenFormat.LLMC_UINT32)) {
            Path path = directory.resolve("a" + (format == TokenFormat.LLMC_UINT32 ? ".bin" : "." + format));
            TokenFiles.write(path, format, 70_000, ids);
            try (TokenFile file = TokenFiles.open(path)) {
                assertEquals(format, file.format());
                assertArrayEquals(ids, TokenFiles.ids(file));
            }
        }
    }
}
