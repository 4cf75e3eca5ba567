package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.corpus.BatchPosition;
import org.lilgatsby.kernel.CacheLine;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.training.LossLog;
import org.lilgatsby.training.LossWindow;

class CheckpointTest {
    @TempDir
    private Path directory;

    @Test
    void aRunThatLeftOffIsReadBackExactly() throws IOException {
        LossLog log = new LossLog(10);
        float[] parameters = fromFirst(1f, -0f, Float.MIN_VALUE, 3e38f);
        assertFalse(Checkpoint.exists(directory));
        Checkpoint written = checkpoint(parameters, List.of(new LossWindow(10, 3.25), new LossWindow(20, Math.PI)));
        written.write(directory);
        Checkpoint read = Checkpoint.read(directory);
        assertEquals(written.step(), read.step());
        assertEquals(written.position(), read.position());
        assertEquals(4, read.count());
        assertArrayEquals(parameters, read.parameters());
        assertArrayEquals(parameters, read.expAvgSq());
        assertEquals(written.windows(), read.windows());
        assertTrue(log.windows().isEmpty());
        assertEquals(1, Files.list(directory).count());
    }

    @Test
    void generatorAndCompensationAreReadBackExactlyAndAreNoPartOfOtherCheckpoints() throws IOException {
        TorchGenerator generator = new TorchGenerator(42);
        generator.randn(3); // a small tensor keeps a normal for the next
        Checkpoint plain = checkpoint(fromFirst(1f), List.of());
        plain.write(directory);
        assertEquals(Optional.empty(), Checkpoint.read(directory).generator());
        Path file = Files.list(directory).findFirst().orElseThrow();
        assertEquals(Checkpoint.bytes(1, 0, false, false), Files.size(file));
        Checkpoint perturbed = new Checkpoint(
                plain.step(),
                plain.position(),
                plain.parameters(),
                plain.expAvg(),
                plain.expAvgSq(),
                List.of(),
                1.5,
                4.25,
                2.75,
                Optional.of(generator.state()),
                Optional.of(fromFirst(0x1p-9f)));
        perturbed.write(directory);
        assertEquals(perturbed.generator(), Checkpoint.read(directory).generator());
        assertArrayEquals(
                fromFirst(0x1p-9f), Checkpoint.read(directory).compensation().orElseThrow());
        assertEquals(Checkpoint.bytes(1, 0, true, true), Files.size(file));
    }

    private static float[] fromFirst(float... values) {
        float[] all = CacheLine.floats(values.length);
        System.arraycopy(values, 0, all, CacheLine.ALIGNED_OFFSET, values.length);
        return all;
    }

    private static Checkpoint checkpoint(float[] values, List<LossWindow> windows) {
        return new Checkpoint(
                25,
                new BatchPosition(3, 17),
                values,
                values.clone(),
                values.clone(),
                windows,
                1.5,
                4.25,
                2.75,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aDamagedCheckpointIsRefusedWithItsName() throws IOException {
        checkpoint(fromFirst(1f), List.of()).write(directory);
        Path file = Files.list(directory).findFirst().orElseThrow();
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 7, 100, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            IOException e = assertThrows(IOException.class, () -> Checkpoint.read(directory));
            assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
        }
    }
}
