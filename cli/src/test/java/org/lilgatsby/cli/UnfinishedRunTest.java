package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.RunDirectory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the program says of a run that stopped before its last step. */
class UnfinishedRunTest {
    @TempDir
    private Path folder;

    private Path unfinished() throws IOException {
        Path root = folder.resolve("run");
        Execution run = Execution.of(
                "run",
                "float32-edition",
                "--steps",
                "2",
                "--set",
                "training.batch=1",
                "--set",
                "model.context=8",
                "--kernels",
                "scalar",
                "--threads",
                "1",
                "--out",
                root.toString());
        assertEquals(0, run.code(), run.err());
        RunDirectory directory = new RunDirectory(root);
        Manifest m = ManifestFile.read(directory.manifest());
        ManifestFile.write(
                directory.manifest(),
                new Manifest(
                        m.schema(),
                        m.program(),
                        m.arithmetic(),
                        m.key(),
                        m.machine(),
                        m.corpus(),
                        Manifest.State.INTERRUPTED,
                        1,
                        m.parameters(),
                        m.started(),
                        null,
                        m.seconds(),
                        m.stepsPerSecond(),
                        m.performance(),
                        List.of()));
        Files.writeString(root.resolve("recording.progress"), "0000000002\n");
        return root;
    }

    @Test
    void hasNoVerdictInAnyReportAndIsNamedWhereItIsCompared() throws IOException {
        Path run = unfinished();

        assertEquals(0, Execution.of("report", run.toString()).code());
        String text = Files.readString(run.resolve("report.txt"));
        JsonNode json = JsonMapper.shared().readTree(Files.readString(run.resolve("report.json")));
        assertTrue(text.contains("verdict   none: the run is unfinished, at 1 of 2 steps\n"), text);
        assertEquals("unfinished", json.get("status").asString());
        assertTrue(json.get("verdict").get("supported").isNull());
        assertTrue(json.get("verdict").get("predictions").isEmpty());
        assertTrue(Files.readString(run.resolve("report.html")).contains("<p class=\"badge\">No verdict</p>"));

        Execution compared = Execution.of("compare", run.toString(), run.toString());
        assertEquals(0, compared.code(), compared.err());
        assertTrue(compared.out().contains("run is unfinished: interrupted at step 1 of 2 steps\n"), compared.out());
        Execution comparison = Execution.of("compare", "--json", run.toString(), run.toString());
        JsonNode runs = JsonMapper.shared().readTree(comparison.out());
        assertEquals("interrupted", runs.get("runs").get(0).get("state").asString());
        assertEquals(2, runs.get("runs").get(1).get("steps").asInt());
        assertFalse(text.contains("supported\n"), text);
    }
}
