package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.benchmark.CensusBenchmark.Nearness;
import org.lilgatsby.kernel.KernelChoice;

/** The answers inside the benchmark; its times are for whoever runs it. */
class CensusBenchmarkTest {
    private static final Twin TWIN = new Twin(200, 16, List.of(20, 5, 2), 20, 20, 1);

    @Test
    void everyByteIsRead() {
        byte[] bytes = new byte[(1 << 22) + 37];
        for (int i = 0; i < bytes.length; i += 8) {
            bytes[i] = (byte) (i / 8 % 50);
        }
        long expected = 0;
        MemorySegment data = MemorySegment.ofArray(bytes);
        for (int i = 0; i < bytes.length; i += 8) {
            expected += bytes[i];
        }
        assertEquals(expected, CensusBenchmark.read(data));
        bytes[bytes.length - 1] = 1;
        assertEquals(expected + 1, CensusBenchmark.read(data));
    }

    @Test
    void countsAndFindsWhatTheTwinHolds() {
        byte[] bytes = new byte[(int) TWIN.bytes()];
        short[] bits = TWIN.bits();
        for (int i = 0; i < bits.length; i++) {
            bytes[2 * i] = (byte) bits[i];
            bytes[2 * i + 1] = (byte) (bits[i] >> 8);
        }
        MemorySegment data = MemorySegment.ofArray(bytes);
        CensusBenchmark benchmark = new CensusBenchmark(Matrix.of(data, FloatFormat.BF16, 200, 16), data);
        assertEquals(List.of(20, 5, 2), benchmark.count().populations());
        List<Nearness> near = benchmark.neighbours(KernelChoice.AUTO.createAnalysisKernels(), 3);
        assertEquals(
                IntStream.rangeClosed(1, 3).boxed().toList(),
                near.stream().map(Nearness::cells).toList());
        assertTrue(near.getLast().nodesWithNeighbour() >= 3 + 3 + 6);
        assertTrue(near.stream().allMatch(n -> n.anonymousBytes() > bytes.length));
    }

    @Test
    void numpyFindsTheSame(@TempDir Path directory) throws IOException {
        Assumptions.assumeTrue(NumpyUnique.version().isPresent(), "python3 with numpy is not installed");
        Path file = directory.resolve("twin.safetensors");
        TWIN.write(file);
        assertEquals(List.of(20, 5, 2), NumpyUnique.of(file, Twin.TENSOR).populations());
        IOException missing =
                assertThrows(IOException.class, () -> NumpyUnique.of(directory.resolve("none"), Twin.TENSOR));
        assertTrue(
                missing.getMessage().startsWith("numpy.unique ended with exit code 1: FileNotFoundError"),
                missing.getMessage());
    }
}
