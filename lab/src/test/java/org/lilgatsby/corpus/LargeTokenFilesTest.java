package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.corpus.WindowConfig.LastBlock;
import org.lilgatsby.corpus.WindowConfig.Order;
import org.lilgatsby.corpus.WindowConfig.Windows;
import org.lilgatsby.random.TorchGenerator;

/** A thousand million ids, most of them zeros that take no room on the disk. */
@Tag("long")
class LargeTokenFilesTest {
    private static final int SHARDS = 5;
    private static final int IDS = 200_000_000;

    @Test
    void areCountedOnceAndTrainedFromWithoutBeingRead(@TempDir Path folder) throws IOException {
        Path shards = Files.createDirectory(folder.resolve("shards"));
        for (int i = 0; i < SHARDS; i++) {
            Path file = shards.resolve("train_" + i + ".bin");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(2L * IDS);
                sparse.seek(2L * IDS - 2);
                sparse.write(i + 1);
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        }
        CorpusConfig config = new CorpusConfig(
                null,
                Preparation.NONE,
                false,
                new TokenSource.Files(List.of(shards.toString()), null, null, null, null),
                WindowConfig.USUAL,
                DeadConfig.ABSENT);
        List<String> tasks = new ArrayList<>();
        CorpusLoader loader = new CorpusLoader(new CorpusCache(folder.resolve("cache")), (task, unit, total) -> {
            tasks.add(task);
            return LoadProgress.NONE.begin(task, unit, total);
        });
        Corpus counted = loader.load(config, 10);
        assertEquals((long) SHARDS * IDS - SHARDS, counted.census().count(0));
        Corpus corpus = loader.load(config, 10);
        assertEquals(List.of("Counting"), tasks);
        assertEquals(counted.sha256(), corpus.sha256());
        assertEquals(SHARDS, corpus.token((long) SHARDS * IDS - 1));
        assertTrue(assertThrows(CorpusException.class, () -> Batches.requireWindow(corpus, 512, WindowConfig.USUAL))
                .getMessage()
                .contains("set corpus.windows to blocks"));
        WindowConfig blocks = new WindowConfig(
                Windows.BLOCKS, OptionalInt.empty(), LastBlock.KEEP, Order.OWN_GENERATOR, OptionalLong.empty());
        Batches batches = new Batches(corpus, 512, 4, blocks, 42, new TorchGenerator(42).state());
        assertEquals(1_949_318, batches.windows());
        assertEquals(4, batches.next(new int[4 * 513]));
    }
}
