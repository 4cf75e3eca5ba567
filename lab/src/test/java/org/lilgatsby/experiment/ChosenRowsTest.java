package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.archive.OptimizerAccounting;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.RunComparison;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Constants;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.safetensors.TensorView;

/** Recordings of some tokens and some steps hold what a whole one holds of them. */
class ChosenRowsTest {
    private static final String[] RUN = {
        "model.width=8",
        "model.layers=1",
        "model.context=8",
        "initialization.sigma=1e-3",
        "training.steps=6",
        "recording.tensors.mean_hidden={observe: mean_hidden}",
        "recording.tensors.clip_coefficients={observe: clip_coefficients}",
    };

    @TempDir
    private static Path wholeFolder;

    private static RunDirectory wholeRun;

    @TempDir
    private Path folder;

    @BeforeAll
    static void recordAll() throws IOException {
        wholeRun = ShortRuns.run(wholeFolder.resolve("all"), config());
        Sealing.seal(wholeRun);
    }

    private static RunArchive whole() throws IOException {
        return RunArchive.open(wholeRun);
    }

    private static ExperimentConfig config(String... more) {
        List<String> settings = new ArrayList<>(List.of(RUN));
        settings.addAll(List.of(more));
        if (!settings.contains("recording.instant=before")) {
            settings.add("recording.tensors.deltas={observe: deltas}");
        }
        return ShortRuns.config("supermassive-black-hole", settings.toArray(String[]::new));
    }

    private RunDirectory run(String name, String... more) throws IOException {
        RunDirectory run = ShortRuns.run(folder.resolve(name), config(more));
        Sealing.seal(run);
        return run;
    }

    private static AnalysisContext context(RunArchive run) {
        return new AnalysisContext(run, new ScalarAnalysisKernels(), ScalarAnalysisKernels::new);
    }

    private static Analysis.Answer answer(RunArchive run, String analysis, Group group) throws IOException {
        return Analyses.all().stream()
                .filter(each -> each.name().equals(analysis))
                .findFirst()
                .orElseThrow()
                .answer(context(run), new Selection(group, OptionalInt.empty(), Selection.Detail.ALL));
    }

    private static float[] part(TensorView row, int[] ids) {
        float[] all = row.toFloats();
        int each = all.length / 128;
        float[] part = new float[ids.length * each];
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(all, ids[i] * each, part, i * each, each);
        }
        return part;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recording.tokens=dead",
                "recording.tokens=live",
                "recording.tokens=[0, 7-9, 127]",
                "recording.tokens=random 5 seed 7",
                "recording.steps=geometric;recording.every=3",
                "recording.steps=[1, 2, 5]",
                "recording.until=2",
                "recording.tokens=dead;recording.steps=[2, 3];recording.layout=per-step;recording.constants=[]",
                "recording.tokens=[5];recording.every=2;recording.instant=before",
            })
    void theyEqualThoseOfAWholeRecording(String settings) throws IOException {
        String[] chosen = settings.split(";");
        boolean before = settings.contains("recording.instant=before");
        try (RunArchive all = before ? RunArchive.open(run("before", "recording.instant=before")) : whole();
                RunArchive some = RunArchive.open(run("some", chosen))) {
            int[] ids = some.tokens();
            int[] steps = some.recording().steps();
            assertTrue(ids.length < 128 || steps.length < 7);
            for (RecordedTensor tensor : some.config().recording().tensors()) {
                boolean perToken = tensor.observable().axes().contains(Axis.TOKENS);
                for (int row = 0; row < steps.length; row++) {
                    TensorView expected = all.recording().row(tensor.observable(), steps[row]);
                    assertArrayEquals(
                            perToken ? part(expected, ids) : expected.toFloats(),
                            some.recording().row(tensor.observable(), row).toFloats(),
                            tensor.name() + " at step " + steps[row]);
                    assertEquals(steps[row], some.recording().recordedStep(row).toLongs()[0]);
                }
            }
            if (ids.length < 128) {
                assertArrayEquals(
                        IntStream.of(ids).asLongStream().toArray(),
                        some.recording().constant(Constants.RECORDED_TOKENS).toLongs());
            }
            Verification verified = Verification.of(some.directory());
            assertTrue(verified.passed(), verified.toString());
            assertTrue(RunComparison.of(all, some).identical());
            assertTrue(RunComparison.of(some, all).identical());
            assertEquals(some.config(), ConfigYaml.parse(ConfigYaml.toYaml(some.config()), "printed", List.of()));
        }
    }

    @Test
    void theOptimizerIsAccountedForWhereRowsFollowEachOther() throws IOException {
        try (RunArchive some = RunArchive.open(run("some", "recording.tokens=dead", "recording.steps=[1, 2, 5]"))) {
            int size = some.tokens().length * 8;
            assertEquals(new OptimizerAccounting(2, 2L * size, 2L * size, 0), OptimizerAccounting.of(some));
        }
        try (RunArchive some = RunArchive.open(run("gaps", "recording.steps=[2, 5]"))) {
            assertEquals(
                    "no two recorded states are one update apart (3 chosen steps); run it again with --every 1",
                    OptimizerAccounting.missing(some).orElseThrow());
        }
    }

    @Test
    void aResumedRunWritesTheSameBytes() throws IOException {
        String[] chosen = {"recording.tokens=live", "recording.steps=geometric", "recording.every=3"};
        RunDirectory whole = ShortRuns.run(folder.resolve("whole"), config(chosen));
        RunDirectory stopped = ShortRuns.runInTwo(folder.resolve("stopped"), config(chosen), 4);
        assertEquals(-1, Files.mismatch(whole.recording(), stopped.recording()));
    }

    @Test
    void analysesOfTheRecordedGroupAreThoseOfAWholeRecording() throws IOException {
        try (RunArchive all = whole();
                RunArchive dead = RunArchive.open(run("dead", "recording.tokens=dead"))) {
            for (Analysis analysis : Analyses.all()) {
                if (List.of("census", "regimes", "centroid", "token-steps", "gradients", "cells")
                        .contains(analysis.name())) {
                    assertEquals(
                            answer(all, analysis.name(), Group.DEAD).toString(),
                            answer(dead, analysis.name(), Group.DEAD).toString(),
                            analysis.name());
                }
            }
            Analysis.Lacking lacking = assertInstanceOf(Analysis.Lacking.class, answer(dead, "census", Group.LIVE));
            assertEquals(
                    "no row of live tokens was recorded (recording.tokens is dead); choose --tokens dead, or run it "
                            + "again with --set recording.tokens=all",
                    lacking.reason());
            assertInstanceOf(Analysis.Lacking.class, answer(dead, "census", Group.ALL));
        }
    }

    @Test
    void analysesOfChosenTokensAreOfThoseAlone() throws IOException {
        try (RunArchive some = RunArchive.open(run("some", "recording.tokens=[0, 7-9, 127]"))) {
            Analysis.Found found = assertInstanceOf(Analysis.Found.class, answer(some, "token-steps", Group.ALL));
            assertEquals(
                    List.of(0, 7, 8, 9, 127),
                    found.table().rows().stream().map(List::getFirst).distinct().toList());
        }
    }

    /** What is told of the dead tokens is what a recording of all tokens tells of them. */
    @ParameterizedTest
    @ValueSource(strings = {"crucible", "thimble", "goldilocks", "duckling-record"})
    void theRestOfDeadTokensNeedsNoOtherRows(String conclusion) throws IOException {
        List<ExperimentFindings> told = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (String tokens : List.of("all", "dead")) {
            ExperimentConfig config = config(
                    "conclusion=" + conclusion,
                    "recording.tokens=" + tokens,
                    "recording.tensors.momentum={observe: momentum}",
                    "recording.tensors.variance={observe: variance}");
            try (RunArchive archive = RunArchive.open(ShortRuns.run(folder.resolve(tokens), config))) {
                Findings findings = Findings.of(archive.data());
                told.add(findings.conclusion().particulars().orElseThrow());
                verdicts.add(findings.verdict());
            }
        }
        if (told.getFirst() instanceof Crucible.Particulars crucible) {
            assertEquals(new Crucible.Particulars(crucible.dead(), Optional.empty()), told.getLast());
        } else {
            assertEquals(told.getFirst(), told.getLast());
        }
        assertEquals(verdicts.getFirst(), verdicts.getLast());
        assertFalse(verdicts.getFirst().missing(), verdicts.getFirst().because());
    }

    /** Where W is known at the start and the end alone, the loss beside its end is that of the last update. */
    @Test
    void lossesAreThoseOfTheStatesThatAreShown() throws IOException {
        RunDirectory run =
                run("dead", "recording.tokens=dead", "recording.tensors.losses={observe: losses, format: f32}");
        try (RunArchive archive = RunArchive.open(run)) {
            float[] recorded = archive.losses().orElseThrow();
            float[] shown = archive.data().stepLosses().orElseThrow();
            assertArrayEquals(new float[] {Float.NaN, recorded[6]}, shown);
        }
    }

    /** Start and end are seen in bf16 too, where figures are to see W so. */
    @Test
    void theEndsAreSeenAsConfigured() throws IOException {
        ExperimentConfig config = ShortRuns.config(
                "supermassive-black-hole",
                "precision.parameters=f32",
                "precision.gradients=f32",
                "precision.moments=f32",
                "precision.compute=f32",
                "precision.view=bf16",
                "recording.tensors={w: {observe: embeddings, format: f32}}",
                "recording.constants=[]",
                "recording.tokens=dead");
        RunDirectory run = ShortRuns.run(folder.resolve("view"), config);
        Sealing.seal(run);
        try (RunArchive archive = RunArchive.open(run)) {
            RunData data = archive.data();
            assertEquals(2, data.embeddings().size());
            for (int place = 0; place < 2; place++) {
                assertEquals(FloatFormat.BF16, data.embeddings().matrix(place).format());
            }
        }
    }

    @Test
    void wIsRebuiltFromDifferencesOfChosenTokens() throws IOException {
        try (RunArchive all = whole();
                RunArchive some = RunArchive.open(run(
                        "some",
                        "recording.tokens=[3, 64-80]",
                        "recording.tensors.embeddings={observe: losses, format: f32}"))) {
            assertFalse(some.recording().has(Observables.EMBEDDINGS));
            History whole = all.embeddings();
            History rebuilt = some.embeddings();
            for (int place = 0; place < whole.size(); place++) {
                for (int id : some.tokens()) {
                    assertTrue(Arrays.equals(
                            whole.matrix(place).values(id),
                            rebuilt.matrix(place).values(id)));
                }
            }
        }
    }
}
