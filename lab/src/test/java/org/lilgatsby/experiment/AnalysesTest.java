package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.analysis.Adjacency;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.Centroid;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Threshold;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.OptimizerAccounting;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RecordedPrecision;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisParameters;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.experiment.analyses.Selection.Detail;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.settings.SettingException;

/** The analyses asked by name, of runs of every layout. */
class AnalysesTest {
    private static final Selection EVERY_STEP = new Selection(Group.DEAD, OptionalInt.empty(), Detail.ALL);

    /** Short windows: training is not what is tested here. */
    private static ExperimentConfig config(String name, String... overrides) {
        List<String> all = new ArrayList<>(List.of(overrides));
        if (all.stream().noneMatch(override -> override.startsWith("model.context="))) {
            all.add("model.context=8");
        }
        return ShortRuns.config(name, all.toArray(String[]::new));
    }

    private static AnalysisContext of(RunArchive run) {
        return new AnalysisContext(run, new ScalarAnalysisKernels(), ScalarAnalysisKernels::new);
    }

    private static AnalysisTable found(String name, AnalysisContext run, Selection selection) throws IOException {
        return assertInstanceOf(Analysis.Found.class, Analyses.named(name).answer(run, selection))
                .table();
    }

    private static Object cell(AnalysisTable table, int row, String column) {
        return table.rows().get(row).get(table.column(column).orElseThrow());
    }

    private static String lacking(String name, AnalysisContext run) throws IOException {
        return assertInstanceOf(Analysis.Lacking.class, Analyses.named(name).answer(run, EVERY_STEP))
                .reason();
    }

    @ParameterizedTest
    @CsvSource({
        "embedding-evolution, training.steps=6",
        "primordial-snowball, recording.every=2",
        "float32-edition, precision.parameters=f32",
        "instrumented, training.steps=6",
        "supermassive-black-hole, initialization.sigma=0.001",
    })
    void answerForEveryExperiment(String experiment, String override, @TempDir Path root) throws IOException {
        String format = override.contains("parameters=f32")
                ? "recording.tensors={embeddings: {observe: embeddings, format: f32}}"
                : "training.log_every=1";
        try (RunArchive run =
                ShortRuns.open(ShortRuns.run(root.resolve("run"), config(experiment, override, format)))) {
            AnalysisContext context = of(run);
            History w = run.embeddings();
            AnalysisTable census = found("census", context, EVERY_STEP);
            assertEquals(w.size(), census.rows().size());
            for (int place = 0; place < w.size(); place++) {
                Census expected = Census.of(w.matrix(place), context.split().dead());
                assertEquals(w.step(place), cell(census, place, "step"));
                assertEquals(expected.distinct(), cell(census, place, "distinct"));
                assertEquals(expected.tokensInBlackHoles(), cell(census, place, "tokens_in_them"));
            }
            for (Analysis analysis : Analyses.all()) {
                AnalysisParameters parameters = analysis.takes().contains(AnalysisParameters.Name.THRESHOLD)
                        ? new AnalysisParameters(OptionalDouble.of(0.015625), Optional.empty(), OptionalInt.empty())
                        : AnalysisParameters.NONE;
                for (Group group : Group.values()) {
                    Selection few = new Selection(group, OptionalInt.empty(), Detail.FEW, parameters);
                    Selection last = new Selection(group, OptionalInt.of(context.lastStep()), Detail.SOME, parameters);
                    for (Selection selection : List.of(few, last)) {
                        switch (analysis.answer(context, selection)) {
                            case Analysis.Found found ->
                                assertFalse(found.table().columns().isEmpty());
                            case Analysis.Lacking lacking ->
                                assertFalse(lacking.reason().isBlank(), analysis.name());
                        }
                    }
                }
            }
        }
    }

    @Test
    void whatTheRecordingLacksIsSaidWithHowToGetIt(@TempDir Path root) throws IOException {
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("run"), config("float32-edition")))) {
            assertEquals(
                    "no gradients were recorded; run it again with --observe grads", lacking("gradients", of(run)));
            assertEquals(
                    "no mean hidden states were recorded; run it again with --observe mean_hidden",
                    lacking("mean-hidden", of(run)));
            assertEquals(
                    "no grads, momentum, variance, clip_coefficients were recorded; run it again with "
                            + "--observe grads,momentum,variance,clip_coefficients",
                    lacking("optimizer", of(run)));
        }
        ExperimentConfig differences = config("instrumented", "recording.every=2", "training.steps=4");
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("deltas"), differences))) {
            assertEquals(
                    "only the deltas of one step in 2 were recorded, which do not add up to W; run it "
                            + "again with --observe embeddings, or record every step",
                    lacking("census", of(run)));
            assertEquals(2, found("gradients", of(run), EVERY_STEP).rows().size(), "gradients are there all the same");
        }
    }

    /** One state has few pairs beside those of every step, and none is kept. */
    @Test
    void allPairsOfOneStateAreComparedWhateverTheVocabulary(@TempDir Path root) throws IOException {
        ExperimentConfig config = config(
                "float32-edition",
                "model.vocabulary=2100",
                "model.width=4",
                "model.heads=1",
                "model.layers=1",
                "training.steps=0");
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("run"), config))) {
            AnalysisContext context = of(run);
            Matrix w = run.embeddings().last();
            Tokens dead = context.split().dead();
            long pairs = found("distance-histogram", context, EVERY_STEP).rows().stream()
                    .mapToLong(row -> (long) row.getLast())
                    .sum();
            assertEquals((long) dead.size() * (dead.size() - 1) / 2, pairs);
            List<Tokens> components =
                    Adjacency.of(w, dead, new Threshold.TwoEpsilon()).components();
            AnalysisTable table = found("components", context, EVERY_STEP);
            assertEquals(
                    components.stream().map(Tokens::size).toList(),
                    table.rows().stream().map(row -> row.get(1)).toList());
            assertEquals(
                    "comparing all pairs of 2,100 rows at every step would take too long; "
                            + "it is possible up to 2,048 rows",
                    lacking("distances", context));
        }
    }

    @Test
    void anInterruptedRunIsAnalysedAsFarAsItIsRecorded(@TempDir Path root) throws IOException {
        ExperimentConfig config = config("float32-edition", "training.steps=9");
        RunDirectory directory = RunDirectory.create(root.resolve("run"));
        assertFalse(ExperimentRun.start(
                config,
                ShortRuns.corpus(config),
                directory,
                ShortRuns.options(new ScalarKernels(), 1),
                new ShortRuns.Quiet(4)));
        try (RunArchive run = ShortRuns.open(directory)) {
            assertEquals(5, found("census", of(run), EVERY_STEP).rows().size());
            assertEquals(4, of(run).lastStep());
        }
    }

    @Test
    void aStepThatWasNotRecordedIsNamed(@TempDir Path root) throws IOException {
        ExperimentConfig config = config("float32-edition", "recording.every=2", "training.steps=5");
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("run"), config))) {
            Selection third = new Selection(Group.ALL, OptionalInt.of(3), Detail.ALL);
            SettingException e = assertThrows(
                    SettingException.class, () -> Analyses.named("census").answer(of(run), third));
            assertEquals("step 3 was not recorded; the recording holds one step in 2 up to 4", e.getMessage());
            Selection second = new Selection(Group.ALL, OptionalInt.of(4), Detail.ALL);
            assertEquals(4, cell(found("step-sizes", of(run), second), 0, "step"));
        }
    }

    @Test
    void gradientsOfStepTAreThoseOfUpdateTAndStepZeroHasNone(@TempDir Path root) throws IOException {
        ExperimentConfig config = config("supermassive-black-hole");
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("run"), config))) {
            AnalysisTable gradients = found("gradients", of(run), EVERY_STEP);
            assertEquals(1, cell(gradients, 0, "step"));
            assertEquals(3, gradients.rows().size());
            assertEquals(
                    1.0,
                    (double) cell(gradients, 0, "cos_min"),
                    1e-3,
                    "from one point, dead tokens are pushed one way");
            Selection start = new Selection(Group.DEAD, OptionalInt.of(0), Detail.ALL);
            assertTrue(found("gradients", of(run), start).rows().isEmpty());
            assertEquals(
                    7.0,
                    (double) cell(found("logits", of(run), EVERY_STEP), 0, "entropy"),
                    1e-6,
                    "equal rows predict nothing");
            assertEquals(1.0, cell(found("optimizer", of(run), EVERY_STEP), 0, "share"));
        }
    }

    @Test
    void theOptimizersAccountingClosesForEitherUpdateRule(@TempDir Path root) throws IOException {
        for (String update : List.of("fused", "per-op")) {
            List<String> all = new ArrayList<>(List.of(
                    "precision.update=" + update,
                    "training.steps=300",
                    "training.batch=1",
                    "model.width=8",
                    "model.layers=1"));
            ExperimentConfig plain = config("float32-edition", all.toArray(String[]::new));
            List<String> more = RecordedPrecision.adding(
                    List.of(
                            Observables.GRADS,
                            Observables.MOMENTUM,
                            Observables.VARIANCE,
                            Observables.CLIP_COEFFICIENTS),
                    plain);
            all.addAll(more);
            ExperimentConfig observed = config("float32-edition", all.toArray(String[]::new));
            try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve(update), observed))) {
                AnalysisTable found = found("optimizer", of(run), EVERY_STEP);
                assertEquals(300, cell(found, 0, "updates"), "more than one processor takes at a time");
                assertEquals(300L * 128 * 8, cell(found, 0, "components"));
                assertEquals(1.0, cell(found, 0, "share"), update);
                assertEquals(AnalysisTable.Never.NEVER, cell(found, 0, "first_unequal"));
            }
        }
    }

    /** A recording must not round what the run does not: a healthy run would fail its verification. */
    @Test
    void aClipCoefficientIsRecordedAsTheRunUsesIt(@TempDir Path root) throws IOException {
        String[] f32 = {
            "precision.gradients=f32",
            "training.steps=4",
            "recording.tensors.g={observe: grads, format: f32}",
            "recording.tensors.m={observe: momentum, format: bf16}",
            "recording.tensors.v={observe: variance, format: bf16}"
        };
        List<String> rounded = new ArrayList<>(List.of(f32));
        rounded.add("recording.tensors.c={observe: clip_coefficients, format: bf16}");
        ExperimentConfig refused = config("float32-edition", rounded.toArray(String[]::new));
        SettingException e = assertThrows(SettingException.class, () -> RecordedPrecision.requireUnrounded(refused));
        assertTrue(e.getMessage().contains("set recording.tensors.c.format=f32"), e.getMessage());
        List<String> exact = new ArrayList<>(List.of(f32));
        exact.add("recording.tensors.c={observe: clip_coefficients, format: f32}");
        ExperimentConfig kept = config("float32-edition", exact.toArray(String[]::new));
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("run"), kept))) {
            assertEquals(1.0, OptimizerAccounting.of(run).share());
        }
    }

    /** 600 updates, so that kept states, the way from them and jumps back are all seen. */
    @Test
    void wRebuiltFromItsDifferencesIsWAtEveryPlaceInAnyOrder(@TempDir Path root) throws IOException {
        String[] small = {"training.steps=600", "training.batch=1", "model.context=4", "model.width=8", "model.layers=1"
        };
        try (RunArchive deltas = ShortRuns.open(ShortRuns.run(root.resolve("deltas"), config("instrumented", small)));
                RunArchive whole =
                        ShortRuns.open(ShortRuns.run(root.resolve("whole"), config("float32-edition", small)))) {
            assertFalse(deltas.recording().has(Observables.EMBEDDINGS));
            History rebuilt = deltas.embeddings();
            History expected = whole.embeddings();
            int[] order = {600, 3, 511, 512, 513, 255, 256, 0, 1, 599, 300, 299};
            IntStream all = IntStream.concat(IntStream.of(order), IntStream.rangeClosed(0, 600));
            for (int place : all.toArray()) {
                assertSame(expected, rebuilt, place);
            }
            IntStream.rangeClosed(0, 600).parallel().forEach(place -> assertSame(expected, rebuilt, place));
        }
    }

    private static void assertSame(History expected, History actual, int place) {
        for (int row = 0; row < expected.rows(); row++) {
            assertArrayEquals(
                    expected.matrix(place).values(row), actual.matrix(place).values(row), "place " + place);
        }
    }

    private static Selection with(String threshold, Metric metric, int bins) {
        return new Selection(
                Group.ALL,
                OptionalInt.empty(),
                Detail.ALL,
                new AnalysisParameters(
                        threshold.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(threshold)),
                        Optional.ofNullable(metric),
                        bins == 0 ? OptionalInt.empty() : OptionalInt.of(bins)));
    }

    @Test
    void aThresholdIsMeasuredInItsMetric(@TempDir Path root) throws IOException {
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("run"), config("float32-edition")))) {
            AnalysisContext context = of(run);
            Tokens all = context.split().all();
            for (Metric metric : Metric.values()) {
                String limit = metric == Metric.CELLS ? "40000" : "0.125";
                Selection selection = with(limit, metric, 0);
                AnalysisTable found = found("adjacency", context, selection);
                History w = run.embeddings();
                for (int place = 0; place < w.size(); place++) {
                    Adjacency expected = Adjacency.of(
                            w.matrix(place), all, new Threshold.Absolute(Double.parseDouble(limit), metric));
                    assertEquals(expected.edges().size(), cell(found, place, "edges"), metric + " at " + place);
                    assertEquals(expected.components().size(), cell(found, place, "components"));
                }
                assertEquals(
                        cell(found, w.size() - 1, "components"),
                        found("components", context, selection).rows().size());
                assertEquals(
                        metric == Metric.CELLS ? "cells" : "W",
                        found.columns().get(1).unit());
                assertEquals(3, found("step-escape", context, selection).rows().size());
            }
            assertEquals(context.states() - 1, cell(found("token-steps", context, EVERY_STEP), 0, "steps"));
            AnalysisTable standard = found("adjacency", context, with("", null, 0));
            assertEquals(
                    2 * Centroid.of(run.embeddings().first(), all).epsilon(),
                    (double) cell(standard, 0, "limit"),
                    1e-15,
                    "nothing is left of the threshold before");
            assertEquals(7, cell(found("distance-entropy", context, with("", null, 7)), 0, "bins"));
            assertEquals(50, cell(found("distance-entropy", context, EVERY_STEP), 0, "bins"));
        }
    }

    @Test
    void figuresOfOneDefinitionAgreeWithThoseOfAnother(@TempDir Path root) throws IOException {
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("run"), config("float32-edition")))) {
            AnalysisContext context = of(run);
            AnalysisTable change = found("change", context, EVERY_STEP);
            AnalysisTable sizes = found("step-sizes", context, EVERY_STEP);
            assertEquals(0.0, cell(change, 0, "l2_max"));
            assertEquals(context.split().dead().size(), cell(change, 0, "unchanged"));
            assertEquals((double) cell(sizes, 1, "mean"), (double) cell(change, 1, "l2_mean"), 1e-7);
            AnalysisTable tokens = found("token-change", context, EVERY_STEP);
            assertEquals(
                    (double) cell(change, context.states() - 1, "l2_max"),
                    tokens.rows().stream()
                            .mapToDouble(row -> (double) row.get(1))
                            .max()
                            .orElseThrow());
            AnalysisTable diffusion = found("token-diffusion", context, EVERY_STEP);
            double mean = diffusion.rows().stream()
                    .mapToDouble(row ->
                            (double) row.get(diffusion.column("diffusivity").orElseThrow()))
                    .average()
                    .orElseThrow();
            assertEquals((double) cell(found("diffusivity", context, EVERY_STEP), 2, "diffusivity"), mean, 1e-9);
            AnalysisTable sphere = found("sphere", context, EVERY_STEP);
            for (int row = 0; row < context.states(); row++) {
                double distance = (double) cell(sphere, row, "mean_distance");
                double deviation = (double) cell(sphere, row, "std");
                assertEquals(
                        Math.pow((double) cell(sphere, row, "rms_radius"), 2),
                        distance * distance + deviation * deviation,
                        1e-12);
            }
            AnalysisTable rises = found("rises-and-falls", context, EVERY_STEP);
            for (int row = 0; row < 3; row++) {
                assertEquals(
                        (long) (int) cell(rises, row, "last"),
                        (int) cell(rises, row, "first")
                                + (long) cell(rises, row, "risen")
                                - (long) cell(rises, row, "fallen"));
            }
        }
    }

    @Test
    void aParameterThatAnalysisDoesNotTakeIsRefused(@TempDir Path root) throws IOException {
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("run"), config("float32-edition")))) {
            AnalysisContext context = of(run);
            assertRefused(
                    context,
                    "census",
                    with("", null, 5),
                    "the analysis 'census' takes no --bins; it is for distance-entropy, hidden-bins");
            assertRefused(
                    context,
                    "components",
                    with("", Metric.L2, 0),
                    "--metric says how a distance is measured; give it too, with --threshold");
            assertRefused(
                    context,
                    "step-escape",
                    with("", null, 0),
                    "set the length above which a step is an escape with --threshold; --metric defaults to l2");
        }
        for (String threshold : List.of("-1", "NaN", "Infinity")) {
            SettingException e = assertThrows(SettingException.class, () -> with(threshold, null, 0));
            assertTrue(e.getMessage().startsWith("--threshold must be a finite number from 0 on, not"), e.getMessage());
        }
        SettingException e = assertThrows(SettingException.class, () -> with("", null, -1));
        assertEquals("--bins must be from 1 to 65,536, not -1", e.getMessage());
    }

    private static void assertRefused(AnalysisContext run, String name, Selection selection, String message) {
        SettingException e =
                assertThrows(SettingException.class, () -> Analyses.named(name).answer(run, selection));
        assertEquals(message, e.getMessage());
    }

    @Test
    void namesAreUniqueAndAnUnknownOneNamesTheNearest() {
        Set<String> names = new HashSet<>();
        for (Analysis analysis : Analyses.all()) {
            assertTrue(names.add(analysis.name()), analysis.name());
        }
        SettingException e = assertThrows(SettingException.class, () -> Analyses.named("censsu"));
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "unknown analysis 'censsu'; did you mean 'census'? The analyses are census, ranks,"),
                e.getMessage());
    }

    /** A chart's only axis has one name. */
    @Test
    void theColumnsOfAChartHaveOneUnit(@TempDir Path root) throws IOException {
        ExperimentConfig config = config(
                "float32-edition",
                "recording.tensors.m={observe: momentum}",
                "recording.tensors.v={observe: variance}",
                "recording.tensors.h={observe: mean_hidden}");
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("run"), config))) {
            for (Analysis analysis : Analyses.all()) {
                if (analysis.chart().isPresent()) {
                    AnalysisTable table = found(analysis.name(), of(run), EVERY_STEP);
                    List<String> columns = analysis.chart().get().columns();
                    assertEquals(
                            1,
                            columns.stream()
                                    .map(name -> table.columns()
                                            .get(table.column(name).orElseThrow())
                                            .unit())
                                    .distinct()
                                    .count(),
                            analysis.name());
                    assertFalse(analysis.chart().get().axis().isBlank(), analysis.name());
                }
            }
        }
    }

    @Test
    void fewStatesAreEnoughToSeeTheBeginning(@TempDir Path root) throws IOException {
        ExperimentConfig config = config("float32-edition", "training.steps=23", "training.batch=1", "model.context=4");
        try (RunArchive run = ShortRuns.open(ShortRuns.run(root.resolve("run"), config))) {
            AnalysisTable few = found("census", of(run), new Selection(Group.ALL, OptionalInt.empty(), Detail.FEW));
            assertEquals(
                    List.of(0, 1, 2, 5, 10, 20, 23),
                    few.rows().stream().map(row -> row.getFirst()).toList());
            AnalysisTable some = found("census", of(run), new Selection(Group.ALL, OptionalInt.empty(), Detail.SOME));
            assertEquals(
                    List.of(0, 1, 2, 3, 5, 7, 10, 15, 20, 23),
                    some.rows().stream().map(row -> row.getFirst()).toList());
            AnalysisTable drawn = found("census", of(run), new Selection(Group.ALL, OptionalInt.empty(), Detail.DRAWN));
            assertEquals(24, drawn.rows().size(), "every one up to 100");
        }
    }
}
