package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run's directory from elsewhere, with links that lead out of it. */
class HostileRunTest {
    private static final String SECRET = "secret: of this machine\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.yaml",
                "manifest.json",
                "recording.safetensors",
                "recording.progress",
                "checkpoint",
                "checkpoint/state.safetensors",
                "manifest.json.partial",
                "report.html",
                "report.json.partial",
                "checksums.safetensors",
                "run.lock"
            })
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege")
    void isNeitherReadNorWrittenThroughLinks(String name) throws IOException {
        Path run = Files.createDirectories(folder.resolve("run/checkpoint")).getParent();
        for (String file : List.of("config.yaml", "manifest.json", "recording.safetensors", "recording.progress")) {
            Files.writeString(run.resolve(file), "");
        }
        Path outside = Files.writeString(folder.resolve("outside"), SECRET);
        Files.deleteIfExists(run.resolve(name));
        Files.createSymbolicLink(run.resolve(name), outside);
        List<String[]> verbs = List.of(
                new String[] {"run", "--resume", run.toString()},
                new String[] {"report", run.toString()},
                new String[] {"verify", run.toString()},
                new String[] {"compare", run.toString(), run.toString()},
                new String[] {
                    "export", run.toString(), "--hf", folder.resolve("model").toString()
                },
                new String[] {"analyze", run.toString()});
        for (String[] verb : verbs) {
            Execution execution = Execution.of(verb);
            String said = execution.out() + execution.err();
            assertEquals(1, execution.code(), String.join(" ", verb) + ": " + said);
            assertTrue(said.contains(name + ": is a symbolic link"), String.join(" ", verb) + ": " + said);
            assertTrue(!said.contains("secret"), said);
            assertEquals(SECRET, Files.readString(outside));
        }
    }
}
