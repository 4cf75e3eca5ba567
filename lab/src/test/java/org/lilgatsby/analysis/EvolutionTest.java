package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.ScalarAnalysisKernels;

class EvolutionTest {
    private static final AnalysisKernels SCALAR = new ScalarAnalysisKernels();
    private static final float UP = 1.0078125f; // one cell above 1

    private static Evolution evolution(LiveDeadSplit split, Matrix... matrices) {
        return Evolution.of(History.of(matrices), split, SCALAR);
    }

    @Test
    void freezeIsJudgedFromStepToStepAndNotAgainstTheStart() {
        Evolution evolution = evolution(
                LiveDeadSplit.ofDead(Tokens.of(1), 2),
                Matrices.bf16(row(1, 1), row(2, 2)),
                Matrices.bf16(row(UP, 1), row(2, 2)),
                Matrices.bf16(row(1, 1), row(2, 2)),
                Matrices.bf16(row(1, 1), row(2, 2)));
        assertEquals(
                new Phases(0, 0, 0, 2), evolution.phases().get(0), "back at its start, and yet it moved at step 2");
        assertEquals(2, evolution.phases().get(0).lastMotion());
        assertTrue(evolution.phases().get(0).frozenBefore(3));
        assertEquals(0, evolution.phases().get(1).lastMotion(), "never moved");
        assertEquals(2, evolution.regimes().all().phases().lastMotion());
        assertEquals(0, evolution.regimes().dead().phases().lastMotion());
    }

    @Test
    void placeTTellsOfUpdateTAndPlaceZeroOfNone() {
        Evolution evolution = evolution(
                LiveDeadSplit.ofDead(Tokens.of(1), 2),
                Matrices.bf16(row(0, 0), row(1, 1)),
                Matrices.bf16(row(3, 4), row(1, 1)),
                Matrices.bf16(row(3, 4), row(UP, 1)));
        StepSizes live = evolution.stepSizes().live();
        assertTrue(Double.isNaN(live.l2().mean().at(0)));
        assertTrue(Double.isNaN(live.zeroShare().at(0)));
        assertEquals(5, live.l2().mean().at(1));
        assertEquals(4, live.lInfinity().max().at(1));
        assertEquals(0, live.l2().mean().at(2));
        assertEquals(1, live.zeroShare().at(2));
        assertEquals(0x1p-7, evolution.stepSizes().dead().l2().max().at(2));
        assertEquals(2, evolution.stepSizes().all().distinctSpeeds().at(1));
        assertEquals(0.5, evolution.stepSizes().all().zeroShare().at(1));
    }

    @Test
    void regimesOfEveryKindAddUp() {
        Matrix start =
                Matrices.bf16(row(1, 1, 1, 1), row(1, 1, 1, 1), row(1, 1, 1, 1), row(1, 1, 1, 1), row(1, 1, 1, 1));
        Matrix end = Matrices.bf16(
                row(1, 1, 1, 1),
                row(1, UP, 1, 1),
                row(UP, UP, UP, UP),
                row(1.015625f, 1, 1, 1),
                row(1.015625f, UP, 1, 1));
        Evolution evolution = evolution(LiveDeadSplit.ofDead(Tokens.of(3, 4), 5), start, end);
        RegimeSeries all = evolution.regimes().all();
        for (Regime regime : Regime.values()) {
            assertEquals(1, all.tokens().get(regime).at(1), regime.toString());
            assertEquals(0, all.tokens().get(regime).at(0));
        }
        assertEquals(
                1, evolution.regimes().dead().tokens().get(Regime.LOCAL).at(1), "L2 = 2 = sqrt(D) is not above it");
        assertEquals(
                1, evolution.regimes().dead().tokens().get(Regime.MULTI_CELL).at(1));
        assertEquals(new Phases(1, 1, 0, 0), evolution.regimes().dead().phases());
        assertEquals(1, evolution.regimes().all().phases().earlyUntil());
    }

    @Test
    void cellsAndUlpDifferOnlyWhereABinadeEnds() {
        Evolution evolution = evolution(
                LiveDeadSplit.ofDead(Tokens.of(), 1),
                Matrices.bf16(row(1, 0)),
                Matrices.bf16(row(0.99609375f, 0)), // one cell below 1, half a ULP of 1
                Matrices.bf16(row(0.99609375f, 0x1p-133f))); // one cell above 0, one ULP of 0
        LatticeSeries all = evolution.lattice().all();
        assertEquals(1, all.cells().l1().mean().at(1));
        assertEquals(0.5, all.ulp().l1().mean().at(1));
        assertEquals(1, all.cells().lInfinity().max().at(2));
        assertEquals(1, all.ulp().l2().mean().at(2), "the ULP of zero is not zero");
        assertEquals(0x1p-133, evolution.stepSizes().all().l2().max().at(2), "and the step is not lost to underflow");
        assertTrue(Double.isNaN(evolution.lattice().dead().cells().l1().max().at(1)), "a group without tokens");
    }

    @Test
    void fissionsAndMergersNameTheirTokens() {
        Matrix one = Matrices.bf16(row(1), row(1), row(1), row(2), row(2));
        Matrix two = Matrices.bf16(row(1), row(1), row(3), row(3), row(2));
        Evolution evolution = evolution(LiveDeadSplit.ofDead(Tokens.of(0, 1, 3), 5), one, one, two, one);
        Tokens left = Tokens.of(0, 1, 2);
        Tokens right = Tokens.of(3, 4);
        List<GroupEvent> all = evolution.events().all();
        assertEquals(
                List.of(
                        new GroupEvent(2, GroupEvent.Kind.FISSION, left, List.of(Tokens.of(0, 1), Tokens.of(2))),
                        new GroupEvent(2, GroupEvent.Kind.FISSION, right, List.of(Tokens.of(3), Tokens.of(4))),
                        new GroupEvent(
                                2, GroupEvent.Kind.MERGER, Tokens.of(2, 3), List.of(Tokens.of(2), Tokens.of(3)))),
                all.subList(0, 3));
        assertEquals(6, all.size());
        assertEquals(List.of(), evolution.events().dead(), "no dead token left or joined another dead one");
        CensusSeries census = evolution.census().all();
        assertArrayEquals(new int[] {2, 2, 3, 2}, census.distinct().toArray());
        assertArrayEquals(new int[] {5, 5, 4, 5}, census.tokensInBlackHoles().toArray());
        assertArrayEquals(new int[] {3, 3, 2, 3}, census.demographics().rank(0).toArray());
        assertArrayEquals(new int[] {2, 2, 1}, census.demographics().populations(2));
        assertEquals(3, census.distinct().settledFrom());
        assertEquals(
                List.of(CensusSeries.Transition.Kind.EVAPORATION, CensusSeries.Transition.Kind.CONDENSATION),
                census.transitions().stream().map(CensusSeries.Transition::kind).toList());
    }

    @Test
    void blackHolesThatMergeWholeCoalesce() {
        Matrix two = Matrices.bf16(row(1), row(1), row(2), row(2));
        Matrix one = Matrices.bf16(row(1), row(1), row(1), row(1));
        Evolution evolution = evolution(LiveDeadSplit.ofDead(Tokens.all(4), 4), two, one, two);
        assertEquals(
                List.of(
                        new CensusSeries.Transition(1, CensusSeries.Transition.Kind.COALESCENCE, -1, 0),
                        new CensusSeries.Transition(2, CensusSeries.Transition.Kind.FRAGMENTATION, 1, 0)),
                evolution.census().dead().transitions());
    }

    @Test
    void theCentroidsWayIsMeasured() {
        Evolution evolution = evolution(
                LiveDeadSplit.ofDead(Tokens.of(1), 2),
                Matrices.bf16(row(0, 0), row(0, 0)),
                Matrices.bf16(row(6, 8), row(0, 0)),
                Matrices.bf16(row(6, 8), row(0, 0)),
                Matrices.bf16(row(0, 0), row(0, 0)));
        CentroidPath all = evolution.centroid().all();
        assertArrayEquals(new double[] {0, 5, 5, 0}, all.norm().toArray());
        assertArrayEquals(new double[] {0, 5, 5, 10}, all.pathLength().toArray());
        assertEquals(0, all.efficiency().last());
        assertEquals(1, all.efficiency().at(2));
        assertEquals(5, all.speed().at(1));
        assertTrue(Double.isNaN(all.cosine().at(2)), "a zero step has no direction");
        assertEquals(10, evolution.centroid().live().displacement().at(1));
        assertTrue(Double.isNaN(evolution.centroid().dead().efficiency().last()), "it never moved");
    }

    @Test
    void aStepOverSeveralUpdatesIsNamedByTheUpdateAfterIt() {
        Matrix a = Matrices.bf16(row(1, 1));
        Matrix b = Matrices.bf16(row(UP, 1));
        History history = History.of(new int[] {0, 10, 20}, place -> place == 1 ? b : a);
        Evolution evolution = Evolution.of(history, LiveDeadSplit.ofDead(Tokens.of(), 1), SCALAR);
        assertEquals(20, evolution.phases().get(0).lastMotion());
        assertEquals(0x1p-7 / 10, evolution.centroid().all().speed().at(1));
    }

    @Test
    void aDivergedRecordingIsCountedLikeAnyOther() {
        Matrix start = Matrices.bf16(row(1, 1), row(1, 1));
        Matrix end = Matrices.bf16(row(Float.NaN, 1), row(Float.POSITIVE_INFINITY, 1));
        Evolution evolution = evolution(LiveDeadSplit.ofDead(Tokens.of(1), 2), start, end, end);
        assertEquals(2, evolution.census().all().distinct().last());
        assertTrue(Double.isNaN(evolution.stepSizes().live().l2().max().at(1)));
        assertEquals(
                1, evolution.regimes().live().tokens().get(Regime.MULTI_CELL).at(1));
        assertEquals(1, evolution.regimes().live().tokens().get(Regime.FROZEN).at(2));
        assertEquals(0, evolution.stepSizes().live().l2().max().at(2));
    }

    @Test
    void aStepThatIsNotANumberIsTheLargestOfAllTokensToo() {
        Evolution evolution = evolution(
                LiveDeadSplit.ofDead(Tokens.of(1), 3),
                Matrices.bf16(row(1), row(1), row(1)),
                Matrices.bf16(row(1.5f), row(Float.NaN), row(2)));
        SpreadSeries all = evolution.stepSizes().all().l2();
        assertEquals(1, all.median().at(1));
        assertTrue(Double.isNaN(all.max().at(1)));
    }

    @Test
    void ratesArePerTokenAndUpdate() {
        GroupEvent event =
                new GroupEvent(3, GroupEvent.Kind.FISSION, Tokens.of(0, 1), List.of(Tokens.of(0), Tokens.of(1)));
        EventRates rates = EventRates.of(List.of(event), 4, 10);
        assertEquals(1 / 40.0, rates.fissionRate());
        assertEquals(0, rates.mergerRate());
        assertTrue(Double.isNaN(EventRates.of(List.of(), 4, 0).fissionRate()));
    }

    @Test
    void aSplitOfAnotherVocabularyIsRefused() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> evolution(LiveDeadSplit.ofDead(Tokens.of(1), 3), Matrices.bf16(row(1), row(2))));
        assertEquals("the vocabulary has 3 tokens, 2 live and 1 dead, but the matrix has 2 rows", error.getMessage());
    }

    /** Every figure of a long, restless history against its definition, across the borders of the chunks. */
    @Test
    void agreesWithTheDefinitionsAtEveryPlaceInBothFormatsAndWithAllKernels() {
        for (FloatFormat format : new FloatFormat[] {FloatFormat.BF16, FloatFormat.F32}) {
            for (int columns : new int[] {3, 6}) {
                Matrix[] matrices = restless(new SplittableRandom(7), 600, 21, columns, format);
                History history = History.of(matrices);
                LiveDeadSplit split = LiveDeadSplit.ofDead(Tokens.of(0, 3, 4, 5, 9, 20), 21);
                Evolution scalar = Evolution.of(history, split, SCALAR);
                check(history, split, scalar);
                Evolution vector = Evolution.of(history, split, KernelChoice.AUTO.createAnalysisKernels());
                assertEquals(scalar.stepSizes(), vector.stepSizes());
                assertEquals(scalar.lattice(), vector.lattice());
                assertEquals(scalar.regimes(), vector.regimes());
                assertEquals(scalar.events(), vector.events());
                assertEquals(scalar.phases(), vector.phases());
                assertEquals(
                        scalar.centroid().map(CentroidPath::norm),
                        vector.centroid().map(CentroidPath::norm));
            }
        }
    }

    private static Matrix[] restless(SplittableRandom random, int size, int rows, int columns, FloatFormat format) {
        long[][] index = new long[rows][columns];
        for (long[] row : index) {
            Arrays.fill(row, FloatFormat.BF16.orderedIndex(0x3F00));
        }
        Matrix[] matrices = new Matrix[size];
        for (int t = 0; t < size; t++) {
            float[][] values = new float[rows][columns];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    if (t % 50 != 7 && random.nextInt(4) == 0) {
                        index[i][j] = Math.max(
                                -40,
                                Math.min(17000, index[i][j] + (i < 6 ? random.nextInt(2) : random.nextInt(-900, 901))));
                        index[i][j] = i < 6 && index[i][j] > FloatFormat.BF16.orderedIndex(0x3F02)
                                ? FloatFormat.BF16.orderedIndex(0x3F00)
                                : index[i][j];
                    }
                    values[i][j] = (float) FloatFormat.BF16.value(FloatFormat.BF16.bitsAt(index[i][j]));
                }
            }
            matrices[t] = format == FloatFormat.BF16 ? Matrices.bf16(values) : Matrices.f32(values);
        }
        return matrices;
    }

    private static void check(History history, LiveDeadSplit split, Evolution evolution) {
        for (int place = 0; place < history.size(); place++) {
            Matrix matrix = history.matrix(place);
            for (Group group : Group.values()) {
                Tokens tokens = split.tokens(group);
                Census census = Census.of(matrix, tokens);
                CensusSeries series = evolution.census().get(group);
                assertEquals(census.distinct(), series.distinct().at(place));
                assertEquals(census.blackHoleCount(), series.blackHoles().at(place));
                assertEquals(
                        census.tokensInBlackHoles(), series.tokensInBlackHoles().at(place));
                assertEquals(census.singletons(), series.singletons().at(place));
                assertEquals(census.largest(), series.largest().at(place));
                assertEquals(census.concentration(), series.concentration().at(place));
                assertArrayEquals(census.populations(), series.demographics().populations(place));
                Centroid centroid = Centroid.of(matrix, tokens);
                CentroidPath path = evolution.centroid().get(group);
                double tolerance = 1e-12 * centroid.norm();
                assertEquals(centroid.norm(), path.norm().at(place), tolerance);
                Centroid first = Centroid.of(history.matrix(0), tokens);
                assertEquals(
                        centroid.displacementFrom(first), path.displacement().at(place), tolerance);
                if (place >= 2) {
                    Centroid before = Centroid.of(history.matrix(place - 1), tokens);
                    Vector step = centroid.position().minus(before.position());
                    Vector earlier = before.position()
                            .minus(Centroid.of(history.matrix(place - 2), tokens)
                                    .position());
                    assertEquals(step.norm(), path.speed().at(place), tolerance);
                    assertEquals(step.cosine(earlier), path.cosine().at(place), 1e-9);
                }
                if (place > 0) {
                    checkStep(history.matrix(place - 1), matrix, tokens, evolution, group, place);
                }
            }
        }
    }

    private static void checkStep(
            Matrix before, Matrix after, Tokens tokens, Evolution evolution, Group group, int place) {
        double[] steps = new double[tokens.size()];
        double[] ulps = new double[tokens.size()];
        double[] cells = new double[tokens.size()];
        int[] regimes = new int[Regime.values().length];
        for (int i = 0; i < tokens.size(); i++) {
            TokenStep step = TokenStep.of(before, after, tokens.id(i));
            steps[i] = step.l2();
            ulps[i] = step.ulp().l1();
            cells[i] = step.cells().lInfinity();
            regimes[step.regime().ordinal()]++;
        }
        Summary summary = Summary.of(steps);
        SpreadSeries l2 = evolution.stepSizes().get(group).l2();
        double tolerance = 1e-6 * summary.max();
        assertEquals(summary.mean(), l2.mean().at(place), tolerance);
        assertEquals(summary.median(), l2.median().at(place), tolerance);
        assertEquals(summary.max(), l2.max().at(place), tolerance);
        Summary inUlp = Summary.of(ulps);
        assertEquals(
                inUlp.mean(), evolution.lattice().get(group).ulp().l1().mean().at(place), 1e-6 * inUlp.max());
        assertEquals(
                Summary.of(cells).max(),
                evolution.lattice().get(group).cells().lInfinity().max().at(place));
        for (Regime regime : Regime.values()) {
            assertEquals(
                    regimes[regime.ordinal()],
                    evolution.regimes().get(group).tokens().get(regime).at(place));
        }
    }
}
