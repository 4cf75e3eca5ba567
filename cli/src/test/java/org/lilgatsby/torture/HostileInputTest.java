package org.lilgatsby.torture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every input that fuzzers found worth keeping, through its parser. */
class HostileInputTest {
    private static final long LEAST_BYTES = 4 << 20;

    @ParameterizedTest
    @EnumSource
    void isReadOrRefusedAsDocumented(HostileInput input, @TempDir Path folder) throws IOException, URISyntaxException {
        List<Path> kept;
        try (var files = Files.list(Path.of(
                HostileInputTest.class.getResource("/fuzz/" + input.folder()).toURI()))) {
            kept = files.sorted().toList();
        }
        for (Path file : kept) {
            try {
                input.tryOut(folder, Files.readAllBytes(file), LEAST_BYTES);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(file + ": " + e, e);
            }
        }
        assertTrue(kept.size() >= 20, kept.size() + " inputs");
    }
}
