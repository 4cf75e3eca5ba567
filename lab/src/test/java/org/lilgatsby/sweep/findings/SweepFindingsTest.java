package org.lilgatsby.sweep.findings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.safetensors.FiniteJson;
import org.lilgatsby.sweep.Comparison;
import org.lilgatsby.sweep.Distribution;
import org.lilgatsby.sweep.Interval;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.findings.SweepFindings.Along;
import org.lilgatsby.sweep.findings.SweepFindings.Band;
import org.lilgatsby.sweep.findings.SweepFindings.CriterionMet;
import org.lilgatsby.sweep.findings.SweepFindings.Group;
import org.lilgatsby.sweep.findings.SweepFindings.InGroup;
import org.lilgatsby.sweep.findings.SweepFindings.MetByRun;
import org.lilgatsby.sweep.findings.SweepFindings.Outcome;
import org.lilgatsby.sweep.findings.SweepFindings.Pair;
import org.lilgatsby.sweep.findings.SweepFindings.Series;
import org.lilgatsby.sweep.findings.SweepFindings.Varied;
import tools.jackson.databind.JsonNode;

class SweepFindingsTest {
    private static final String LOSS = "last_loss";
    private static final List<String> TWO_DECAYS = List.of("training.weight_decay=0.01,0");

    @TempDir
    private Path folder;

    private static JsonNode reference() {
        try (InputStream in = SweepFindingsTest.class.getResourceAsStream("/reference/statistics.json")) {
            return FiniteJson.mapper().build().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<String> cases() {
        return reference().propertyNames().stream()
                .filter(name -> !List.of("large", "many").contains(name));
    }

    private static double[] values(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    private static Outcome headline(SweepFindings findings, String name) {
        return findings.headlines().stream()
                .filter(outcome -> outcome.figure().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static CriterionMet criterion(SweepFindings findings, String name) {
        return findings.criteria().stream()
                .filter(criterion -> criterion.criterion().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> sizes(SweepFindings findings) {
        return findings.groups().stream().map(Group::n).toList();
    }

    /** The values that SciPy described, as figures of runs; a group that has fewer has undefined ones at its end. */
    @ParameterizedTest
    @MethodSource("cases")
    void statisticsAreThoseOfTheReference(String name) throws IOException {
        double[] a = values(reference().get(name).get("a"));
        double[] b = values(reference().get(name).get("b"));
        int runs = Math.max(a.length, b.length);
        SweepFindings findings = MadeUpSweep.of(folder, TWO_DECAYS, "1.." + runs)
                .allDone((_, i) -> {
                    double[] of = i < runs ? a : b;
                    return Map.of(LOSS, i % runs < of.length ? of[i % runs] : Double.NaN, "other", (double) i);
                })
                .findings();
        Outcome loss = headline(findings, LOSS);
        assertEquals(
                new InGroup(runs - a.length, Optional.of(Distribution.of(a))),
                loss.groups().getFirst());
        assertEquals(
                new InGroup(runs - b.length, Optional.of(Distribution.of(b))),
                loss.groups().getLast());
        assertEquals(
                Optional.of(Comparison.of(a, b)), loss.differences().getFirst().comparison());
        assertEquals(new Pair(0, 1, runs), findings.pairs().getFirst());
        int shared = Math.min(a.length, b.length);
        assertEquals(
                Optional.of(Comparison.Paired.of(
                        DoubleStream.of(a).limit(shared).toArray(),
                        DoubleStream.of(b).limit(shared).toArray())),
                loss.differences().getFirst().paired());
        JsonNode described = reference().get(name).get("describe_a");
        assertEquals(
                described.get("mean").doubleValue(),
                loss.groups().getFirst().distribution().orElseThrow().mean(),
                1e-12);
    }

    @Test
    void groupsPartitionTheRuns() throws IOException {
        SweepFindings findings = MadeUpSweep.of(
                        folder, List.of("training.weight_decay=0,0.01,0.1", "training.batch=8,16"), "1..4")
                .allDone((_, i) -> Map.of(LOSS, i * 0.5))
                .findings();
        assertEquals(6, findings.groups().size());
        assertEquals(
                IntStream.range(0, 24).boxed().toList(),
                findings.groups().stream()
                        .flatMap(group -> group.runs().stream())
                        .sorted()
                        .toList());
        assertEquals(15, findings.pairs().size());
        assertEquals(
                List.of("weight_decay 0, batch 8", "weight_decay 0, batch 16", "weight_decay 0.01, batch 8"),
                findings.groups().stream().limit(3).map(Group::name).toList());
        assertEquals(List.of(4, 4, 4, 4, 4, 4), sizes(findings));
        assertEquals(List.of(1L, 2L, 3L, 4L), findings.groups().getFirst().seeds());
    }

    @Test
    void figuresAlongAnAxisAreOverAllElse() throws IOException {
        SweepFindings findings = MadeUpSweep.of(
                        folder, List.of("training.weight_decay=0.1,0", "training.batch=8,16"), "1..2")
                .allDone((point, i) -> Map.of(LOSS, i == 3 ? Double.NaN : 10.0 * i))
                .findings();
        Outcome loss = headline(findings, LOSS);
        assertEquals(
                List.of("training.weight_decay", "training.batch"),
                loss.axes().stream().map(Along::setting).toList());
        Along decay = loss.axes().getFirst();
        assertArrayEquals(new double[] {0, 0.1}, decay.values());
        assertArrayEquals(new int[] {4, 3}, decay.band().n());
        assertArrayEquals(new double[] {55, 10}, decay.band().mean());
        Interval first = Distribution.of(40, 50, 60, 70).meanInterval();
        Interval second = Distribution.of(0, 10, 20).meanInterval();
        assertArrayEquals(new double[] {first.low(), second.low()}, decay.band().meanLow());
        assertArrayEquals(
                new double[] {first.high(), second.high()}, decay.band().meanHigh());
    }

    @Test
    void aSweepWithFailedAndMissingRunsSaysSo() throws IOException {
        SweepFindings findings = MadeUpSweep.of(folder, TWO_DECAYS, "1..3")
                .done(0, Map.of(LOSS, 1.0))
                .done(1, Map.of(LOSS, 2.0))
                .failed(2, "step 7: loss is NaN")
                .done(4, Map.of(LOSS, Double.NaN))
                .findings();
        assertEquals(new SweepFindings.Counts(false, 6, 3, 1, 2), findings.counts());
        assertEquals("step 7: loss is NaN", findings.failures().of().getFirst().reason());
        assertEquals(2, findings.failures().of().getFirst().run());
        assertEquals(
                List.of(3, 5),
                findings.missing().of().stream()
                        .map(SweepFindings.MissingRun::run)
                        .toList());
        Outcome loss = headline(findings, LOSS);
        assertEquals(new InGroup(1, Optional.empty()), loss.groups().get(1));
        assertEquals(Optional.empty(), loss.differences().getFirst().comparison());
        assertEquals(Optional.empty(), loss.differences().getFirst().paired());
        assertEquals(new Pair(0, 1, 1), findings.pairs().getFirst());
        String text = SweepReports.text(findings);
        assertTrue(text.contains("====\nnot complete      of 6 runs, 1 failed and 2 have not been run"), text);
        assertTrue(text.contains("training.weight_decay 0.01, seed 3  step 7: loss is NaN"), text);
        assertTrue(text.contains("training.weight_decay 0, seed 1; training.weight_decay 0, seed 3."), text);
    }

    @Test
    void aSweepOfWhichNothingHasRun() throws IOException {
        MadeUpSweep sweep = MadeUpSweep.of(folder, TWO_DECAYS, "1..2");
        SweepFindings findings = sweep.findings();
        assertEquals(List.of(0, 0), sizes(findings));
        assertEquals(List.of(), findings.headlines());
        SweepReports.write(findings, folder);
        assertTrue(Files.readString(folder.resolve("report.txt"))
                .contains("of 4 runs, 4 have not been run; so there are no figures"));
        assertEquals(4, read().get("missing").get("of").size());
    }

    @Test
    void oneGroupOfOneRun() throws IOException {
        SweepFindings findings = MadeUpSweep.of(folder, List.of(), "5")
                .done(0, Map.of(LOSS, 1.5, "x", 2.0))
                .findings();
        assertEquals("all runs", findings.groups().getFirst().name());
        assertEquals(List.of(), findings.pairs());
        Distribution loss =
                headline(findings, LOSS).groups().getFirst().distribution().orElseThrow();
        assertEquals(1.5, loss.mean());
        assertTrue(Double.isNaN(loss.deviation())
                && Double.isNaN(loss.meanInterval().low()));
        assertEquals(2.0, findings.constants().getFirst().value());
        assertTrue(SweepReports.text(findings).contains("Loss of the last step (nats): 1.5 in 1 run."));
    }

    @Test
    void withoutASeedRunsArePairedByOtherSettings() throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), """
                experiment: float32-edition
                vary:
                  training.weight_decay: [0, 0.01]
                  training.batch: [4, 8, 16]
                compare: [training.weight_decay]
                """);
        SweepFindings findings = new MadeUpSweep(Sweep.read(file), folder)
                .allDone((_, i) -> Map.of(LOSS, new double[] {1, 2, 4, 1.5, 2.75, 5}[i]))
                .findings();
        assertEquals(List.of(3, 3), sizes(findings));
        assertEquals(
                Optional.of(Comparison.Paired.of(new double[] {1, 2, 4}, new double[] {1.5, 2.75, 5})),
                headline(findings, LOSS).differences().getFirst().paired());
        assertEquals("training.batch", Wording.shared(findings));
    }

    @Test
    void settingsThatGoTogetherAreSaidTo() throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), """
                experiment: float32-edition
                together:
                  - {training.learning_rate: 1e-3, training.batch: 8, seed: 1}
                  - {training.learning_rate: 1e-4, training.batch: 16, seed: 2}
                vary:
                  training.weight_decay: [0, 0.01]
                """);
        SweepFindings findings = new MadeUpSweep(Sweep.read(file), folder)
                .allDone((_, i) -> Map.of(LOSS, (double) i))
                .findings();
        assertEquals(
                new Varied(
                        "training.learning_rate", List.of("0.001", "1.0e-4"), true, List.of("training.batch", "seed")),
                findings.varied().getFirst());
        assertEquals(
                List.of(
                        "training.learning_rate (0.001, 1.0e-4), training.batch (8, 16) and seed (1, 2) together",
                        "training.weight_decay (0, 0.01)"),
                Wording.varied(findings.varied()));
        assertEquals(List.of(1, 1, 1, 1), sizes(findings));
        assertTrue(
                headline(findings, LOSS).differences().stream()
                        .allMatch(d -> d.paired().isEmpty()),
                "no two groups share a seed and another setting");
    }

    @Test
    void manyGroupsAreComparedWithTheFirst() throws IOException {
        SweepFindings findings = MadeUpSweep.of(folder, List.of("training.weight_decay=linear(0, 1, 70)"), "1..2")
                .allDone((_, i) -> Map.of(LOSS, Math.sin(i)))
                .findings();
        assertEquals(70, findings.groups().size());
        assertEquals(Grouping.MOST_PAIRS, findings.pairs().size());
        assertTrue(findings.pairs().stream().allMatch(pair -> pair.first() == 0));
        assertTrue(
                findings.remarks().getFirst().startsWith("70 groups are too many"),
                findings.remarks().toString());
        Comparison last =
                headline(findings, LOSS).differences().getLast().comparison().orElseThrow();
        int second = 2 * findings.pairs().getLast().second();
        assertEquals(
                Comparison.of(new double[] {0, Math.sin(1)}, new double[] {Math.sin(second), Math.sin(second + 1)}),
                last);
    }

    @Test
    void theOrderOfThePointsChangesOnlyIntervals() throws IOException {
        MadeUpSweep up = MadeUpSweep.of(folder.resolve("up"), TWO_DECAYS, "1,2,3,4,5");
        MadeUpSweep down = MadeUpSweep.of(folder.resolve("down"), TWO_DECAYS, "5,4,3,2,1");
        for (MadeUpSweep sweep : List.of(up, down)) {
            sweep.allDone((point, _) -> Map.of(
                    LOSS,
                    Math.sin(point.config().seed()
                            + 10 * point.config().training().weightDecay())));
        }
        Outcome a = headline(up.findings(), LOSS);
        Outcome b = headline(down.findings(), LOSS);
        for (int g = 0; g < 2; g++) {
            Distribution one = a.groups().get(g).distribution().orElseThrow();
            Distribution other = b.groups().get(g).distribution().orElseThrow();
            assertEquals(one.mean(), other.mean(), 1e-15);
            assertEquals(one.deviation(), other.deviation(), 1e-15);
            assertEquals(
                    List.of(one.least(), one.lowerQuartile(), one.median(), one.upperQuartile(), one.greatest()),
                    List.of(
                            other.least(),
                            other.lowerQuartile(),
                            other.median(),
                            other.upperQuartile(),
                            other.greatest()));
        }
        Comparison one = a.differences().getFirst().comparison().orElseThrow();
        Comparison other = b.differences().getFirst().comparison().orElseThrow();
        assertEquals(one.mannWhitney(), other.mannWhitney());
        assertEquals(one.kolmogorovSmirnov(), other.kolmogorovSmirnov());
        assertEquals(one.cohensD(), other.cohensD(), 1e-12);
    }

    @Test
    void figuresAreHeadlinesConstantsUndefinedOrOthers() throws IOException {
        SweepFindings findings = MadeUpSweep.of(folder, TWO_DECAYS, "1..2")
                .allDone((_, i) -> {
                    Map<String, Double> figures = new LinkedHashMap<>();
                    figures.put("particulars.dead.first_step_apart", i == 0 ? 3.0 : Double.NaN);
                    figures.put("parameters", 116480.0);
                    figures.put("final.dead.black_holes", 1.0);
                    figures.put("topology.density", Double.NaN);
                    figures.put("last_loss", Double.NaN);
                    figures.put("final.live.radius", i / 3.0);
                    return figures;
                })
                .findings();
        assertEquals(
                List.of("final.dead.black_holes", "particulars.dead.first_step_apart"),
                findings.headlines().stream().map(o -> o.figure().name()).toList());
        assertEquals(
                List.of("final.live.radius"),
                findings.others().stream().map(o -> o.figure().name()).toList());
        assertEquals(
                new Figure("parameters", "parameters", "", Figure.Kind.COUNT),
                findings.constants().getFirst().figure());
        assertEquals("topology.density", findings.undefined().getFirst().name());
        assertEquals(1, findings.headlines().getLast().groups().getFirst().undefined());
        assertEquals(
                List.of("last_loss"),
                findings.undefinedHeadlines().stream().map(Figure::name).toList());
    }

    /** Clipping follows from the decay, so it is no reason against a pair. */
    @Test
    void settingsThatTheComparedOnesDecideDoNotPartPairs() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), """
                experiment: float32-edition
                together:
                  - {training.weight_decay: 0, training.clip: 1}
                  - {training.weight_decay: 0.1, training.clip: 2}
                vary: {training.learning_rate: [1e-3, 1e-4], seed: 1..3}
                compare: [training.weight_decay]
                """);
        SweepFindings findings = new MadeUpSweep(Sweep.read(file), folder)
                .allDone((_, i) -> Map.of(LOSS, (double) i))
                .findings();
        assertEquals(List.of(new Pair(0, 1, 6)), findings.pairs());
        String text = SweepReports.text(findings);
        assertTrue(text.contains("paired by seed and training.learning_rate  "), text);
        text.lines().forEach(line -> assertTrue(line.length() <= 100, line));
    }

    @Test
    void theSweepsOwnHeadlinesComeFirst() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), """
                experiment: float32-edition
                vary: {training.weight_decay: [0, 0.01]}
                headlines: [rest.dead.median_end, last_loss, rest.dead.median_and]
                """);
        SweepFindings findings = new MadeUpSweep(Sweep.read(file), folder)
                .allDone(
                        (_, i) -> Map.of("last_loss", 1.0, "final.dead.distinct", 2.0, "rest.dead.median_end", 3.0 + i))
                .findings();
        assertEquals(
                List.of("rest.dead.median_end", "last_loss", "final.dead.distinct"),
                findings.headlines().stream().map(o -> o.figure().name()).toList());
        assertEquals(
                "median last motion of dead tokens",
                findings.headlines().getFirst().figure().label());
        assertEquals(
                List.of("No run has these figures, which headlines names: rest.dead.median_and."), findings.remarks());
    }

    private static MadeUpSweep.Rows series(double[]... rows) {
        return new MadeUpSweep.Rows(
                List.of(
                        "dead.distinct",
                        "dead.black_holes",
                        "dead.tokens_in_black_holes",
                        "dead.singletons",
                        "dead.largest",
                        "dead.moved"),
                List.of(rows));
    }

    private static double[] row(double... cells) {
        return cells;
    }

    @Test
    void seriesAndCriteria() throws IOException {
        double none = Double.NaN;
        SweepFindings findings = MadeUpSweep.of(folder, TWO_DECAYS, "1..2")
                .done(
                        0,
                        Map.of(LOSS, 1.0),
                        series(row(0, 6, 0, 0, 6, 1, none), row(2, 4, 2, 4, 2, 2, 3), row(4, 1, 1, 6, 0, 6, 0)))
                .done(
                        1,
                        Map.of(LOSS, 2.0),
                        series(row(0, 6, 0, 0, 6, 1, none), row(2, 5, 1, 2, 4, 2, 1), row(4, 5, 1, 2, 4, 2, 1)))
                .done(2, Map.of(LOSS, 3.0), series(row(0, 6, 0, 0, 6, 1, none), row(4, 4, 2, 4, 2, 2, 0)))
                .done(3, Map.of(LOSS, 4.0))
                .findings();
        Series series = findings.series().orElseThrow();
        assertArrayEquals(new int[] {0, 2, 4}, series.steps());
        assertEquals(3, series.intervalSteps());
        assertEquals(2 * 6 * 3 * Double.BYTES, series.bytes());
        Band distinct = series.figures().getFirst().groups().getFirst();
        assertArrayEquals(new int[] {2, 2, 2}, distinct.n());
        assertArrayEquals(new double[] {6, 4.5, 3}, distinct.mean());
        assertEquals(Distribution.of(4, 5).meanInterval().low(), distinct.meanLow()[1]);
        Band other = series.figures().getFirst().groups().getLast();
        assertArrayEquals(new int[] {1, 0, 1}, other.n());
        assertTrue(Double.isNaN(other.mean()[1]));
        assertEquals(
                "distinct rows of dead tokens",
                series.figures().getFirst().figure().label());

        CriterionMet several = criterion(findings, "dead_several_black_holes");
        assertEquals(List.of(new MetByRun(0, 2), new MetByRun(2, 4)), several.runs());
        assertEquals(2, several.groups().getFirst().n());
        assertEquals(1, several.groups().getFirst().met());
        assertEquals(1, several.groups().getLast().n(), "the run without a series cannot tell");
        assertArrayEquals(new double[] {0, 0.01}, several.axes().getFirst().values());
        assertArrayEquals(new int[] {1, 2}, several.axes().getFirst().n());
        assertArrayEquals(new double[] {4, 2}, several.axes().getFirst().step().mean());
        assertEquals(
                List.of(new MetByRun(0, 2), new MetByRun(2, 4)),
                criterion(findings, "dead_half_in_black_holes").runs());
        assertEquals(
                List.of(new MetByRun(0, 4)), criterion(findings, "dead_one_row").runs());
        assertEquals(
                List.of(new MetByRun(0, 2), new MetByRun(2, 0)),
                criterion(findings, "dead_at_rest").runs());
        assertEquals(
                List.of(new MetByRun(0, 4), new MetByRun(2, 4)),
                criterion(findings, "dead_freezing").runs(),
                "in run 1, five of six stand still: too few");
        assertEquals(5, findings.criteria().size(), "nothing is said of all tokens, of which there is no series");
        assertTrue(findings.remarks()
                .contains("For 1 run no series was kept; they are not in the statistics over the steps."));
    }

    @Test
    void aSeriesOfOneRowIsOfTheStart() throws IOException {
        SweepFindings findings = MadeUpSweep.of(folder, TWO_DECAYS, "1")
                .done(0, Map.of("final.dead.black_holes", 2.0), series(row(0, 4, 2, 4, 2, 2, Double.NaN)))
                .done(1, Map.of("final.dead.black_holes", 0.0), series(row(0, 6, 0, 0, 6, 1, Double.NaN)))
                .findings();
        assertArrayEquals(new int[] {0}, findings.series().orElseThrow().steps());
        assertEquals(
                List.of(new MetByRun(0, 0)),
                criterion(findings, "dead_several_black_holes").runs());
        assertEquals(List.of(), criterion(findings, "dead_at_rest").runs(), "nothing can move without a step");
    }

    @Test
    void stepsAreSampledEvenlyWithBothEnds() throws IOException {
        List<double[]> rows = new ArrayList<>();
        for (int step = 0; step <= 1000; step++) {
            rows.add(row(step, 6, step == 999 ? 2 : 0, 0, 6, 1, 1));
        }
        SweepFindings findings = MadeUpSweep.of(folder, TWO_DECAYS, "1")
                .done(0, Map.of(LOSS, 1.0), series(rows.toArray(double[][]::new)))
                .findings();
        Series series = findings.series().orElseThrow();
        assertEquals(SeriesPlan.MOST_STEPS, series.steps().length);
        assertEquals(1001, series.recordedSteps());
        assertEquals(0, series.steps()[0]);
        assertEquals(1000, series.steps()[255]);
        assertTrue(IntStream.range(1, 256).allMatch(s -> series.steps()[s] - series.steps()[s - 1] <= 4));
        assertEquals(
                List.of(new MetByRun(0, 999)),
                criterion(findings, "dead_several_black_holes").runs());
        assertTrue(
                findings.remarks().getFirst().contains("cover 256 of 1,001 recorded steps"),
                findings.remarks().toString());
    }

    private JsonNode read() throws IOException {
        return FiniteJson.strictMapper().build().readTree(Files.readString(folder.resolve("report.json")));
    }
}
