package org.lilgatsby.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class SealingTest {
    /** Says who holds the lock of a run, as another process sees it. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String... run) throws IOException {
            System.out.print(RunLock.holder(new RunDirectory(Path.of(run[0]))).orElse("nobody"));
        }
    }

    @TempDir
    private Path folder;

    @Test
    void theLockIsHeldWhileARunIsSealedAndAfterwards() throws IOException, InterruptedException {
        RunDirectory run = ShortRuns.run(
                folder.resolve("run"),
                ShortRuns.config("float32-edition", "model.width=8", "model.layers=1", "model.context=8"));
        String us = "process " + ProcessHandle.current().pid();
        try (RunLock _ = RunLock.take(run)) {
            assertEquals(us, holderSeenByAnother(run));
            Sealing.seal(run);
            assertEquals(us, holderSeenByAnother(run));
            assertEquals(
                    Verification.Outcome.PASSED,
                    Verification.of(run).checks().getFirst().outcome());
            assertEquals(us, holderSeenByAnother(run));
        }
        assertEquals("nobody", holderSeenByAnother(run));
    }

    /** Reading the lock to check such a seal would give it up. */
    @Test
    void aManifestThatSealsTheLockIsRefusedUnread() throws IOException, InterruptedException {
        RunDirectory run = ShortRuns.run(
                folder.resolve("run"),
                ShortRuns.config("float32-edition", "model.width=8", "model.layers=1", "model.context=8"));
        Sealing.seal(run);
        ObjectNode manifest = (ObjectNode) JsonMapper.shared().readTree(Files.readString(run.manifest()));
        ((ArrayNode) manifest.get("files"))
                .addObject()
                .put("path", "run.lock")
                .put("bytes", Long.toString(ProcessHandle.current().pid()).length() + 9)
                .put("sha256", "0".repeat(64));
        Files.writeString(run.manifest(), manifest.toString());
        try (RunLock _ = RunLock.take(run)) {
            Verification.Check check = Verification.of(run).checks().stream()
                    .filter(each -> each.name().equals("checksums"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Verification.Outcome.FAILED, check.outcome());
            assertEquals("run.lock is never sealed, but the manifest names it", check.detail());
            assertEquals("process " + ProcessHandle.current().pid(), holderSeenByAnother(run));
        }
    }

    private static String holderSeenByAnother(RunDirectory run) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        run.root().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return said;
    }
}
