package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RunVerbTest {
    @TempDir
    private Path folder;

    private Execution run(String... more) {
        String[] all = new String[more.length + 14];
        System.arraycopy(
                new String[] {
                    "run",
                    "float32-edition",
                    "--out",
                    folder.resolve("run").toString(),
                    "--steps",
                    "1",
                    "--set",
                    "training.batch=1",
                    "--set",
                    "model.layers=1",
                    "--set",
                    "model.context=8",
                    "--kernels",
                    "scalar"
                },
                0,
                all,
                0,
                14);
        System.arraycopy(more, 0, all, 14, more.length);
        return Execution.of(all);
    }

    /** A text that is too short for as many ids as an experiment wants is no mistake, but is told. */
    @Test
    void saysWhyATokenizerHasFewerIds() throws IOException {
        Path text =
                Files.writeString(folder.resolve("short.txt"), "so we beat on, boats against the current\n".repeat(40));
        Execution execution = Execution.of(
                "run",
                "flannel",
                "--corpus",
                text.toString(),
                "--out",
                folder.resolve("run").toString(),
                "--report",
                "none",
                "--kernels",
                "scalar",
                "--steps",
                "0",
                "--set",
                "training.batch=1",
                "--set",
                "model.layers=1",
                "--set",
                "model.context=8",
                "--set",
                "model.width=8");
        assertEquals(0, execution.code(), execution.err());
        assertTrue(
                execution.err().contains("tokenizer: 39 ids, not 6,301: no other pair in the text occurs often enough"),
                execution.err());
    }

    @Test
    void anExistingRunIsNotMistakenForAnother() {
        assertEquals(0, run().code());
        Execution again = run();
        assertEquals(2, again.code());
        assertTrue(again.err().contains("already holds this run, complete; its results are in "), again.err());
        Execution other = run("--seed", "7");
        assertEquals(2, other.code());
        assertTrue(
                other.err()
                        .contains("already holds another run: its seed is 42, not 7; write elsewhere with --out DIR"),
                other.err());
    }

    /** How much of it the processor's instruction computed is said in the log, and there only. */
    @Test
    void aRunByBfloat16ProductsSaysHowManyWereLeftOver() throws IOException {
        assumeTrue(KernelChoice.refusalOfBf16().isEmpty());
        Execution scalar = run();
        assertFalse(scalar.err().contains("bfloat16 products: "), scalar.err());
        Path other = folder.resolve("bf16");
        Execution bf16 = Execution.of(
                "run",
                "float32-edition",
                "--out",
                other.toString(),
                "--steps",
                "1",
                "--set",
                "training.batch=1",
                "--set",
                "model.layers=1",
                "--set",
                "model.context=8",
                "--kernels",
                "bf16");
        assertEquals(0, bf16.code(), bf16.err());
        assertTrue(bf16.err().matches("(?s).*bfloat16 products: [0-9,]+ of [0-9,]+ blocks \\([0-9.]+ %\\) were .*"));
        try (Stream<Path> files = Files.walk(other)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(text.contains("left to the vector kernels"), file.toString());
            }
        }
    }

    /** Only run has --out, and only a run that nobody works on can be resumed. */
    @Test
    void aRunThatIsUnderWayIsToBeWaitedFor() throws IOException {
        assertEquals(0, run().code());
        RunDirectory directory = new RunDirectory(folder.resolve("run"));
        interrupt(directory);
        try (RunLock _ = RunLock.take(directory)) {
            String holder = "process " + ProcessHandle.current().pid();
            Execution report = Execution.of("report", directory.root().toString());
            assertEquals(1, report.code());
            assertEquals(
                    "lilgatsby: %s is in use by %s; wait until it is done\n".formatted(directory.root(), holder),
                    report.err());
            Execution again = run();
            assertEquals(2, again.code());
            assertTrue(
                    again.err()
                            .contains("already holds this run, under way by %s, at step 1; wait until it is done"
                                    .formatted(holder)),
                    again.err());
            assertFalse(again.err().contains("--resume"), again.err());
        }
        Execution again = run();
        assertTrue(
                again.err().contains("already holds this run; resume it with --resume " + directory.root()),
                again.err());
    }

    @Test
    void aRunThatCannotBeReadIsSaidToBeInTheWay() throws IOException {
        Path config = Files.createDirectory(folder.resolve("run")).resolve("config.yaml");
        Files.writeString(config, "nonsense: 1\n");
        Execution execution = run();
        assertEquals(2, execution.code());
        assertTrue(
                execution.err().contains(folder.resolve("run") + " already holds a run that cannot be read (" + config),
                execution.err());
        assertTrue(execution.err().contains("); write elsewhere with --out DIR"), execution.err());
    }

    private static void interrupt(RunDirectory run) throws IOException {
        ObjectNode manifest = (ObjectNode) JsonMapper.shared().readTree(Files.readString(run.manifest()));
        Files.writeString(run.manifest(), manifest.put("state", "INTERRUPTED").toString());
    }
}
