package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.archive.OptimizerAccounting;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.RunComparison;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RunKey;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.run.MemoryRun;
import org.lilgatsby.run.PlannedRun;
import org.lilgatsby.settings.SettingException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same training, recorded before its updates and after them. */
class RecordingInstantTest {
    private static final int STEPS = 5;

    @TempDir
    private Path folder;

    /** All observables but the differences, which nobody knows before the update. */
    private static ExperimentConfig config(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "model.width=8",
                "model.layers=1",
                "model.context=8",
                "initialization.sigma=1e-3",
                "training.steps=" + STEPS,
                "recording.tensors.mean_hidden={observe: mean_hidden}",
                "recording.tensors.clip_coefficients={observe: clip_coefficients}"));
        settings.addAll(List.of(more));
        if (settings.stream().noneMatch(setting -> setting.startsWith("precision.update="))) {
            settings.add("precision.update=fused");
        }
        return ShortRuns.config("supermassive-black-hole", settings.toArray(String[]::new));
    }

    private RunDirectory run(String name, String... more) throws IOException {
        RunDirectory run = ShortRuns.run(folder.resolve(name), config(more));
        Sealing.seal(run);
        return run;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, STEPS, 7})
    void aRowHoldsTheStateThatAnUpdateFindsAndWhatItComputes(int every) throws IOException {
        try (RunArchive after = RunArchive.open(run("after"));
                RunArchive before =
                        RunArchive.open(run("before", "recording.instant=before", "recording.every=" + every))) {
            Recording recording = before.recording();
            assertEquals(Math.ceilDiv(STEPS, every), recording.rows());
            for (RecordedTensor tensor : before.config().recording().tensors()) {
                Observable observable = tensor.observable();
                int ahead = observable.kind() == Observable.Kind.STATE ? 0 : 1;
                for (int row = 0; row < recording.rows(); row++) {
                    assertArrayEquals(
                            after.recording()
                                    .row(observable, row * every + ahead)
                                    .toFloats(),
                            recording.row(observable, row).toFloats(),
                            observable.name() + " in row " + row);
                }
            }
            for (int row = 0; row < recording.rows(); row++) {
                assertEquals(row * every, recording.recordedStep(row).toLongs()[0]);
            }
        }
    }

    /**
     * The same, by the bytes of the files: of a state the row of the update before, of what an update computes its own.
     */
    @Test
    void theBytesOfARowAreThoseOfTheRowsThatTheOtherHasAfterTheUpdate() throws IOException {
        Path after = run("after").recording();
        Path before = run("before", "recording.instant=before").recording();
        for (RecordedTensor tensor : config().recording().tensors()) {
            byte[] written = bytes(after, tensor.name());
            int row = written.length / (STEPS + 1);
            int from = tensor.observable().kind() == Observable.Kind.STATE ? 0 : row;
            assertArrayEquals(
                    Arrays.copyOfRange(written, from, from + STEPS * row), bytes(before, tensor.name()), tensor.name());
        }
    }

    private static byte[] bytes(Path recording, String tensor) throws IOException {
        byte[] file = Files.readAllBytes(recording);
        int header = Math.toIntExact(
                ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong());
        JsonNode offsets = JsonMapper.shared()
                .readTree(new String(file, Long.BYTES, header, StandardCharsets.UTF_8))
                .get(tensor)
                .get("data_offsets");
        int data = Long.BYTES + header;
        return Arrays.copyOfRange(
                file, data + offsets.get(0).asInt(), data + offsets.get(1).asInt());
    }

    @Test
    void verifiesInBothLayouts() throws IOException {
        RunDirectory stream = run("stream", "recording.instant=before");
        RunDirectory perStep =
                run("per-step", "recording.instant=before", "recording.constants=[]", "recording.layout=per-step");
        for (RunDirectory run : List.of(stream, perStep)) {
            Verification verification = Verification.of(run);
            assertTrue(
                    verification.checks().stream().allMatch(c -> c.outcome() == Verification.Outcome.PASSED),
                    verification.toString());
            try (RunArchive archive = RunArchive.open(run)) {
                OptimizerAccounting accounting = OptimizerAccounting.of(archive);
                assertEquals(STEPS - 1, accounting.steps(), "where the last update led is not recorded");
                assertEquals(accounting.components(), accounting.equal());
            }
        }
        assertFalse(Files.exists(perStep.steps().resolve(RunDirectory.stepFile(STEPS))));
        assertTrue(Files.exists(perStep.steps().resolve(RunDirectory.stepFile(STEPS - 1))));
    }

    @Test
    void theAccountingOfRoundedMomentsClosesToo() throws IOException {
        try (RunArchive run = RunArchive.open(run("before", "recording.instant=before", "precision.update=per-op"))) {
            OptimizerAccounting accounting = OptimizerAccounting.of(run);
            assertEquals(STEPS - 1, accounting.steps());
            assertEquals(accounting.components(), accounting.equal());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aResumedRunHasTheSameBits(int stop) throws IOException {
        String[] settings = {"recording.instant=before", "recording.every=2"};
        ExperimentConfig config = config(settings);
        RunDirectory whole = run("whole", settings);
        RunDirectory run = RunDirectory.create(folder.resolve("interrupted"));
        var options = ShortRuns.options(new ScalarKernels(), 1);
        assertFalse(ExperimentRun.start(config, ShortRuns.corpus(config), run, options, new ShortRuns.Quiet(stop)));
        assertEquals(Math.ceilDiv(stop, 2), Recording.completeRows(run));
        assertTrue(ExperimentRun.resume(config, ShortRuns.corpus(config), run, options, new ShortRuns.Quiet(-1)));
        assertEquals(-1, Files.mismatch(whole.recording(), run.recording()));
    }

    @Test
    void isComparedWithOtherRecordingsByStateAndByUpdate() throws IOException {
        try (RunArchive after = RunArchive.open(run("after"));
                RunArchive before = RunArchive.open(run("before", "recording.instant=before"));
                RunArchive sparse = RunArchive.open(run("sparse", "recording.instant=before", "recording.every=4"))) {
            for (RunArchive other : List.of(before, sparse)) {
                RunComparison comparison = RunComparison.of(after, other);
                assertTrue(comparison.identical(), comparison.toString());
                assertEquals(
                        after.config().recording().tensors().size(),
                        comparison.tensors().size());
                assertEquals(other.recording().rows(), comparison.sharedSteps());
                assertEquals(STEPS - 1, comparison.lastSharedStep());
            }
            assertTrue(RunComparison.of(sparse, before).identical());
        }
    }

    @Test
    void whatUpdatesComputedIsReadAsFromAnyOtherRecording() throws IOException {
        try (RunArchive after = RunArchive.open(run("after"));
                RunArchive before = RunArchive.open(run("before", "recording.instant=before"))) {
            RunData expected = after.data();
            RunData read = before.data();
            assertEquals(STEPS, read.embeddings().size());
            assertArrayEquals(
                    expected.stepLosses().orElseThrow(), read.stepLosses().orElseThrow());
            Findings findings = Findings.of(read);
            assertEquals(
                    Findings.of(expected).course().gradients(),
                    findings.course().gradients());
            assertEquals(STEPS - 1, findings.structure().end().step(), "the last state recorded");
            assertEquals(STEPS, findings.identity().completedSteps());
            assertTrue(findings.finished());
            assertEquals(
                    List.of("recording.instant is before, not after"),
                    Changes.of(BuiltIn.load("supermassive-black-hole", List.of("recording.instant=before"))));
            for (String name : List.of("gradients", "logits")) {
                assertEquals(table(after, name, OptionalInt.empty()), table(before, name, OptionalInt.empty()));
            }
            List<List<Object>> hidden = table(after, "mean-hidden", OptionalInt.empty());
            assertEquals(hidden.subList(0, STEPS - 1), table(before, "mean-hidden", OptionalInt.empty()));
        }
    }

    @Test
    void aRunInMemoryIsReadAsOneOnTheDisk() throws IOException {
        ExperimentConfig config = FigureRecording.only(config("recording.instant=before", "recording.every=2"));
        PlannedRun plan = PlannedRun.of(
                config,
                new CorpusLoader(new CorpusCache(Path.of("no-cache"))),
                ShortRuns.options(new ScalarKernels(), 1));
        try (RunArchive disk = ShortRuns.open(ShortRuns.run(folder.resolve("disk"), config));
                MemoryRun memory =
                        MemoryRun.carryOut(plan, new ShortRuns.Quiet(-1)).orElseThrow()) {
            Findings expected = Findings.of(disk.data());
            Findings found = Findings.of(memory.data());
            assertEquals(expected.course().gradients(), found.course().gradients());
            assertEquals(4, found.structure().end().step());
            assertArrayEquals(
                    disk.data().stepLosses().orElseThrow(),
                    memory.data().stepLosses().orElseThrow());
        }
    }

    @Test
    void anUpdateIsFoundByAStepThatIsNotBeforeIt() throws IOException {
        try (RunArchive before = RunArchive.open(run("before", "recording.instant=before", "recording.every=2"))) {
            assertEquals(List.of(1, 3, 5), firsts(table(before, "gradients", OptionalInt.empty())));
            assertEquals(List.of(3), firsts(table(before, "gradients", OptionalInt.of(4))));
            assertEquals(List.of(1, 3), firsts(table(before, "mean-hidden", OptionalInt.empty())));
        }
    }

    private static List<Object> firsts(List<List<Object>> rows) {
        return rows.stream().map(List::getFirst).toList();
    }

    private static List<List<Object>> table(RunArchive run, String name, OptionalInt step) throws IOException {
        AnalysisContext context = new AnalysisContext(run, new ScalarAnalysisKernels(), ScalarAnalysisKernels::new);
        Analysis analysis = Analyses.named(name);
        Selection selection = new Selection(Group.DEAD, step, Selection.Detail.ALL);
        return assertInstanceOf(Analysis.Found.class, analysis.answer(context, selection))
                .table()
                .rows();
    }

    @Test
    void aConfigurationNamesItOnlyIfItIsNotTheUsualOne() {
        assertEquals(config(), config("recording.instant=after"));
        assertFalse(ConfigYaml.toYaml(config()).contains("instant"));
        String printed = ConfigYaml.toYaml(config("recording.instant=before"));
        assertTrue(printed.contains("  instant: before  "), printed);
        String sha256 = "0".repeat(64);
        assertFalse(RunKey.of(config(), sha256, 2).equals(RunKey.of(config("recording.instant=before"), sha256, 2)));
    }

    @Test
    void whatIsUnknownBeforeTheUpdateIsRefused() {
        assertEquals(
                "--set recording.instant=before: recording.instant is before, but recording.tensors.deltas observes "
                        + "deltas, which is known only after an update; use after, or leave it out",
                refusal("recording.instant=before", "recording.tensors.deltas={observe: deltas, format: f32}"));
        assertEquals(
                "--set recording.instant=before: recording.instant is before, but training.steps is 0, so there "
                        + "is no update to record before; use after",
                refusal("recording.instant=before", "training.steps=0"));
        assertTrue(
                refusal("recording.instant=during").contains("allowed are after, before"),
                refusal("recording.instant=during"));
    }

    private static String refusal(String... settings) {
        return assertThrows(SettingException.class, () -> BuiltIn.load("supermassive-black-hole", List.of(settings)))
                .getMessage();
    }
}
