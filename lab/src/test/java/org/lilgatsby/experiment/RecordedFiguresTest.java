package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.analysis.CensusSeries;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.LogitShape;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Motion;
import org.lilgatsby.analysis.Phases;
import org.lilgatsby.analysis.Places;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.analysis.RowNorms;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.Models;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.settings.SettingException;

/** Figures recorded while training are, rounded to float32, those that the analyses find in a whole recording. */
class RecordedFiguresTest {
    private static final int STEPS = 8;
    private static final int WIDTH = 8;
    private static final List<String> FIGURES = List.of(
            "census",
            "regimes",
            "last_motion",
            "last_moves",
            "speeds",
            "centroids",
            "radii",
            "norms",
            "top_ids",
            "dead_probability");

    @TempDir
    private static Path shared;

    private static RunArchive whole;

    @TempDir
    private Path folder;

    @BeforeAll
    static void recordAll() throws IOException {
        RunDirectory run = ShortRuns.run(
                shared.resolve("all"),
                config(
                        "recording.tensors.embeddings={observe: embeddings}",
                        "recording.tensors.logits={observe: logits}",
                        "recording.tensors.mean_hidden={observe: mean_hidden}",
                        "recording.tensors.grads={observe: grads}",
                        "recording.tensors.grads_head={observe: grads_head}",
                        "recording.tensors.grads_lookup={observe: grads_lookup}"));
        Sealing.seal(run);
        whole = RunArchive.open(run);
    }

    private static ExperimentConfig config(String... more) {
        List<String> settings = new ArrayList<>();
        for (String usual : List.of(
                "model.width=" + WIDTH,
                "model.layers=1",
                "model.context=8",
                "initialization.sigma=1e-3",
                "training.steps=" + STEPS,
                "recording.constants=[]")) {
            String key = usual.substring(0, usual.indexOf('=') + 1);
            if (Arrays.stream(more).noneMatch(setting -> setting.startsWith(key))) {
                settings.add(usual);
            }
        }
        List<String> tensors = new ArrayList<>();
        FIGURES.forEach(figure -> tensors.add("%1$s: {observe: %1$s}".formatted(figure)));
        for (String setting : more) {
            if (setting.startsWith("recording.tensors.")) {
                tensors.add(setting.substring("recording.tensors.".length()).replace("=", ": "));
            } else {
                settings.add(setting);
            }
        }
        settings.add("recording.tensors={%s}".formatted(String.join(", ", tensors)));
        return ShortRuns.config("supermassive-black-hole", settings.toArray(String[]::new));
    }

    private static Observable named(String name) {
        return Observables.ALL.get("", name);
    }

    private static float[] row(RunArchive run, String name, int row) throws IOException {
        return run.recording().row(named(name), row).toFloats();
    }

    private static LiveDeadSplit split() {
        return new LiveDeadSplit(
                Tokens.of(whole.manifest().corpus().live()),
                Tokens.of(whole.manifest().corpus().dead()));
    }

    @Test
    void figuresOfStatesAreThoseOfTheAnalyses() throws IOException {
        History w = whole.embeddings();
        Evolution evolution = Evolution.of(w, split(), new ScalarAnalysisKernels());
        Motion motion = Motion.of(w, split(), Places.all(w.size()), new ScalarAnalysisKernels());
        for (int place = 0; place < w.size(); place++) {
            float[] census = row(whole, "census", place);
            float[] norms = row(whole, "norms", place);
            float[] centroids = row(whole, "centroids", place);
            float[] radii = row(whole, "radii", place);
            for (Group group : Group.values()) {
                CensusSeries series = evolution.census().get(group);
                Tokens tokens = split().tokens(group);
                int at = group.ordinal();
                assertArrayEquals(
                        new float[] {
                            series.distinct().at(place),
                            series.blackHoles().at(place),
                            series.tokensInBlackHoles().at(place),
                            series.singletons().at(place),
                            series.largest().at(place)
                        },
                        new float[] {
                            census[5 * at],
                            census[5 * at + 1],
                            census[5 * at + 2],
                            census[5 * at + 3],
                            census[5 * at + 4]
                        });
                RowNorms rows = RowNorms.of(w.matrix(place), tokens);
                assertEquals((float) rows.norms().mean(), norms[3 * at + 1]);
                assertEquals((float) rows.norms().min(), norms[3 * at]);
                assertEquals((float) rows.norms().max(), norms[3 * at + 2]);
                double squares = 0;
                for (int j = 0; j < WIDTH; j++) {
                    squares += (double) centroids[at * WIDTH + j] * centroids[at * WIDTH + j];
                }
                assertEquals(evolution.centroid().get(group).norm().at(place), Math.sqrt(squares), 1e-6);
                assertEquals((float) motion.thermal().get(group).radius().at(place), radii[3 * at]);
                assertTrue(radii[3 * at] >= radii[3 * at + 1] && radii[3 * at + 2] >= radii[3 * at]);
            }
        }
    }

    @Test
    void figuresOfUpdatesAreThoseOfTheAnalyses() throws IOException {
        History w = whole.embeddings();
        boolean anyMoved = false;
        for (int place = 0; place < w.size(); place++) {
            History until =
                    History.of(IntStream.rangeClosed(0, place).map(w::step).toArray(), w::matrix);
            Evolution evolution = Evolution.of(until, split(), new ScalarAnalysisKernels());
            float[] regimes = row(whole, "regimes", place);
            for (Group group : Group.values()) {
                for (Regime regime : Regime.values()) {
                    assertEquals(
                            evolution.regimes().get(group).tokens().get(regime).at(place),
                            (int) regimes[group.ordinal() * Regime.values().length + regime.ordinal()],
                            group + " " + regime + " at " + place);
                }
            }
            float[] last = row(whole, "last_motion", place);
            for (int token = 0; token < last.length; token++) {
                Phases phases = evolution.phases().get(token);
                int latest = Math.max(
                        Math.max(phases.lastMultiCell(), phases.lastLocal()),
                        Math.max(phases.lastAdjacentCell(), phases.lastHop()));
                assertEquals(latest, (int) last[token], "token " + token + " at " + place);
                anyMoved |= latest > 0;
            }
        }
        assertTrue(anyMoved);
    }

    @Test
    void figuresOfPredictionsAreThoseOfTheRecordedLogits() throws IOException {
        History logits = whole.history(Observables.LOGITS).orElseThrow();
        History hidden = whole.history(Observables.MEAN_HIDDEN).orElseThrow();
        for (int place = 1; place < logits.size(); place++) {
            LogitShape shape = LogitShape.of(logits.matrix(place).values(0), split().dead());
            assertEquals((float) shape.deadMass(), row(whole, "dead_probability", place)[0]);
            Matrix before = whole.embeddings().matrix(place - 1);
            double[] h = hidden.matrix(place).values(0);
            double[] products = new double[before.rows()];
            for (int id = 0; id < products.length; id++) {
                for (int j = 0; j < h.length; j++) {
                    products[id] += h[j] * before.value(id, j);
                }
            }
            int[] order = IntStream.range(0, products.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer id) -> -products[id])
                            .thenComparingInt(id -> id))
                    .limit(10)
                    .mapToInt(Integer::intValue)
                    .toArray();
            float[] top = row(whole, "top_ids", place);
            for (int i = 0; i < order.length; i++) {
                assertEquals(order[i], (int) top[2 * i]);
                assertEquals((float) products[order[i]], top[2 * i + 1]);
            }
        }
        assertArrayEquals(new float[20], row(whole, "top_ids", 0));
    }

    /** The stored sum of both parts, rounded to bfloat16 as gradients are, is the gradient. */
    @Test
    void theGradientIsTheSumOfItsParts() throws IOException {
        boolean anyLookup = false;
        for (int row = 1; row <= STEPS; row++) {
            float[] whole = row(RecordedFiguresTest.whole, "grads", row);
            float[] head = row(RecordedFiguresTest.whole, "grads_head", row);
            float[] lookup = row(RecordedFiguresTest.whole, "grads_lookup", row);
            for (int i = 0; i < whole.length; i++) {
                assertEquals(Bf16.round(head[i] + lookup[i]), whole[i]);
                anyLookup |= lookup[i] != 0;
            }
            for (int dead : RecordedFiguresTest.whole.manifest().corpus().dead()) {
                for (int j = 0; j < WIDTH; j++) {
                    assertEquals(0, lookup[dead * WIDTH + j]);
                }
            }
        }
        assertTrue(anyLookup);
        String verified = Verification.of(RecordedFiguresTest.whole.directory()).toString();
        assertTrue(verified.contains("head and lookups add up to the gradient in every row"), verified);
        assertTrue(verified.contains("dead_probability: computed during training"), verified);
    }

    @Test
    void theySayTheSameOfAnUpdateWhoseNeighboursAreNotRecorded() throws IOException {
        RunDirectory run = ShortRuns.run(
                folder.resolve("sparse"), config("recording.steps=[3, 4, 7]", "recording.tokens=[1, 60-70]"));
        try (RunArchive sparse = RunArchive.open(run)) {
            int[] steps = sparse.recording().steps();
            for (int i = 0; i < steps.length; i++) {
                for (String figure : FIGURES) {
                    if (!figure.startsWith("last_mo")) {
                        assertArrayEquals(row(whole, figure, steps[i]), row(sparse, figure, i), figure);
                    }
                }
            }
            assertEquals(12, row(sparse, "last_motion", 1).length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "per-step"})
    void aResumedRunWritesTheSameFigures(String layout) throws IOException {
        ExperimentConfig config = config("recording.layout=" + layout, "recording.tokens=[1, 60-99]");
        RunDirectory once = ShortRuns.run(folder.resolve("once"), config);
        RunDirectory twice = ShortRuns.runInTwo(folder.resolve("twice"), config, 5);
        if (layout.equals("stream")) {
            assertEquals(-1, Files.mismatch(once.recording(), twice.recording()));
        } else {
            for (int step = 0; step <= STEPS; step++) {
                Path file = Path.of(RunDirectory.stepFile(step));
                assertEquals(
                        -1,
                        Files.mismatch(once.steps().resolve(file), twice.steps().resolve(file)));
            }
        }
    }

    @Test
    void aRunThatRecordsFiguresAloneIsReportedAndVerified() throws IOException {
        RunDirectory run = ShortRuns.run(folder.resolve("figures"), config("initialization.sigma=0"));
        Sealing.seal(run);
        assertTrue(Verification.of(run).passed());
        try (RunArchive archive = RunArchive.open(run)) {
            Findings findings = Findings.of(archive.data());
            assertEquals(STEPS, findings.structure().end().step());
            float[] census = row(archive, "census", STEPS);
            assertEquals(
                    (int) census[5 * Group.DEAD.ordinal()],
                    findings.structure().end().dead().distinct());
            assertEquals(
                    "the recording does not hold W of every token",
                    findings.conclusion().verdict().because());
        }
    }

    /** The variance of two windows together follows from mean and variance of each alone. */
    @Test
    void theVarianceOfTheHiddenStateIsThatOverAllPositions() throws IOException {
        String[] still = {
            "training.learning_rate=0",
            "training.steps=2",
            "recording.tensors.mean_hidden={observe: mean_hidden}",
            "recording.tensors.hidden_variance={observe: hidden_variance}",
            "training.batch=1"
        };
        RunDirectory one = ShortRuns.run(folder.resolve("one"), config(still));
        still[still.length - 1] = "training.batch=2";
        RunDirectory two = ShortRuns.run(folder.resolve("two"), config(still));
        try (RunArchive alone = RunArchive.open(one);
                RunArchive both = RunArchive.open(two)) {
            float[] joint = row(both, "hidden_variance", 1);
            for (int j = 0; j < WIDTH; j++) {
                double m1 = row(alone, "mean_hidden", 1)[j];
                double m2 = row(alone, "mean_hidden", 2)[j];
                double v1 = row(alone, "hidden_variance", 1)[j];
                double v2 = row(alone, "hidden_variance", 2)[j];
                assertTrue(v1 > 0 && v2 > 0);
                assertEquals((v1 + v2) / 2 + (m1 - m2) * (m1 - m2) / 4, joint[j], 1e-5 * joint[j]);
            }
        }
    }

    @Test
    void anUntiedHeadIsRecordedApart() throws IOException {
        String[] head = {
            "model.tied=false",
            "recording.tensors.embeddings={observe: embeddings}",
            "recording.tensors.head={observe: head}",
            "recording.tensors.head_grads={observe: head_grads}",
            "recording.tensors.head_momentum={observe: head_momentum}",
            "recording.tensors.head_variance={observe: head_variance}",
        };
        RunDirectory one = ShortRuns.run(folder.resolve("one"), config(head));
        RunDirectory four = ShortRuns.run(folder.resolve("four"), config(head), new ScalarKernels(), 4);
        assertEquals(-1, Files.mismatch(one.recording(), four.recording()));
        try (RunArchive run = RunArchive.open(one)) {
            float[] start = row(run, "head", 0);
            float[] end = row(run, "head", STEPS);
            assertFalse(Arrays.equals(start, end));
            assertFalse(Arrays.equals(end, row(run, "embeddings", STEPS)));
            float[] parameters = Checkpoint.read(one.checkpoint()).parameters();
            int at = Models.layout(run.config().model()).head().at();
            assertArrayEquals(Arrays.copyOfRange(parameters, at, at + end.length), end);
            float[] moments = Checkpoint.read(one.checkpoint()).expAvgSq();
            assertArrayEquals(Arrays.copyOfRange(moments, at, at + end.length), row(run, "head_variance", STEPS));
            assertTrue(IntStream.range(0, end.length).anyMatch(i -> {
                try {
                    return row(run, "head_grads", 1)[i] != 0;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
    }

    @Test
    void whatAModelDoesNotHaveIsRefused() {
        assertEquals(
                "recording.tensors.head observes head, but model.tied is true, so the output head is W",
                assertThrows(SettingException.class, () -> config("recording.tensors.head={observe: head}"))
                        .getMessage());
        assertEquals(
                "recording.tensors.g observes grads_head, but training.accumulation is 2: the parts are known "
                        + "only for a single micro-batch",
                assertThrows(
                                SettingException.class,
                                () -> config("recording.tensors.g={observe: grads_head}", "training.accumulation=2"))
                        .getMessage());
        assertThrows(
                SettingException.class,
                () -> config("recording.tensors.g={observe: grads_lookup}", "model.tied=false"));
        assertThrows(SettingException.class, () -> config("recording.instant=before"));
    }
}
