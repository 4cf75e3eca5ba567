package org.lilgatsby.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.cli.Execution;

class ExploreVerbTest {
    @TempDir
    private Path folder;

    private static void assertFails(int code, String sentence, String... arguments) {
        Execution execution = Execution.of(arguments);
        assertEquals(code, execution.code());
        assertEquals("", execution.out());
        assertTrue(execution.err().contains(sentence), execution.err());
        assertTrue(!execution.err().contains("\tat "), execution.err());
    }

    @Test
    void needsDirectories() throws IOException {
        assertFails(2, "nowhere: there is no such directory; name directories that hold runs", "explore", "nowhere");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertFails(2, "file: is a file; name directories", "explore", folder.toString(), file.toString());
    }

    @Test
    void needsAPort() throws IOException {
        assertFails(2, "--port is 65536; allowed are whole numbers from 0 to 65535", "explore", "--port", "65536");
        try (Explorer explorer = Explorer.start(List.of(folder), 0)) {
            String port = Integer.toString(new Client(explorer).port());
            assertFails(
                    1,
                    "port " + port + " of 127.0.0.1 is taken; choose another with --port",
                    "explore",
                    folder.toString(),
                    "--no-open",
                    "--port",
                    port);
        }
    }
}
