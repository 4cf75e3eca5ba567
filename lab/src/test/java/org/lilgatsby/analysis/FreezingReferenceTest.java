package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.safetensors.FiniteJson;
import org.lilgatsby.safetensors.SafetensorsFile;
import tools.jackson.databind.JsonNode;

/**
 * A recording of 301 states that was made, and analysed, by python/freezing/reference.py with NumPy. It spans two
 * chunks of a scan.
 */
class FreezingReferenceTest {
    /** Sums in another order. */
    private static final double RELATIVE = 1e-9;

    private static final AnalysisKernels KERNELS = new ScalarAnalysisKernels();
    private static JsonNode reference;
    private static final Map<String, MemorySegment> TENSORS = new HashMap<>();
    private static SafetensorsFile file;
    private static History w;
    private static LiveDeadSplit split;
    private static Places all;

    @BeforeAll
    static void read() throws IOException, URISyntaxException {
        try (InputStream in = FreezingReferenceTest.class.getResourceAsStream("/reference/freezing.json")) {
            reference = FiniteJson.mapper().build().readTree(in);
        }
        file = SafetensorsFile.open(Path.of(FreezingReferenceTest.class
                .getResource("/reference/freezing.safetensors")
                .toURI()));
        for (String name : List.of("w", "momentum", "variance", "gradients", "hidden")) {
            TENSORS.put(name, file.tensor(name).data());
        }
        w = history("w", 8, 6);
        split = LiveDeadSplit.ofDead(Tokens.of(ints(reference.get("dead"))), 8);
        all = Places.all(w.size());
    }

    @AfterAll
    static void close() {
        file.close();
    }

    private static History history(String name, int rows, int columns) {
        int[] steps = IntStream.rangeClosed(0, 300).toArray();
        return History.of(TENSORS.get(name), FloatFormat.BF16, steps, rows, columns);
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }

    private static void assertNear(JsonNode expected, double found, String what) {
        if (expected.isNull()) {
            assertTrue(Double.isNaN(found), what + " is " + found);
            return;
        }
        double value = expected.doubleValue();
        assertEquals(value, found, Math.abs(value) * RELATIVE + 1e-15, what);
    }

    /** A figure of each step from 1, or of each state from 0. */
    private static void assertSteps(JsonNode expected, IntToDoubleFunction found, String what) {
        int first = 301 - expected.size();
        assertTrue(first == 0 || first == 1);
        for (int place = first; place <= 300; place++) {
            assertNear(expected.get(place - first), found.applyAsDouble(place), what + " at step " + place);
        }
    }

    private static void assertMoment(int step, double value, RadiusLife.Moment found, String what) {
        assertEquals(step, found.step(), what);
        assertEquals(value, found.value(), Math.abs(value) * RELATIVE, what);
    }

    private static void assertOnset(JsonNode expected, Onset found, String what) {
        assertEquals(new Onset(expected.get(0).intValue(), expected.get(1).intValue()), found, what);
    }

    @Test
    void theLifeOfEachToken() {
        Freezing freezing = Freezing.of(w, split, Places.of(), KERNELS);
        for (MoveClass moves : MoveClass.values()) {
            int[] inCells = ints(reference.get("in_cells").get(moves.name()));
            int[] inUlp = ints(reference.get("in_ulp").get(moves.name()));
            for (int token = 0; token < 8; token++) {
                TokenLife life = freezing.lives().get(token);
                assertEquals(token, life.token());
                assertEquals(inCells[token], life.last(TokenLife.Scale.CELLS, moves), moves + " of " + token);
                assertEquals(inUlp[token], life.last(TokenLife.Scale.ULP, moves), moves + " in ULP of " + token);
            }
        }
        assertEquals(TokenLife.NEVER, freezing.lives().get(6).lastMotion());
    }

    @ParameterizedTest
    @EnumSource
    void whatStillMoves(Group group) {
        JsonNode expected = reference.get("frozen").get(group.name());
        Freezing freezing = Freezing.of(w, split, all, KERNELS);
        FrozenSeries found = freezing.frozen().get(group);
        assertSteps(expected.get("movers"), found.movers()::at, "movers");
        assertSteps(expected.get("moving"), found.moving()::at, "moving components");
        assertSteps(expected.get("axes"), found.axes()::at, "axes");
        assertSteps(expected.get("axes_max"), found.axesMax()::at, "most axes");
        assertSteps(expected.get("participation"), found.participation()::at, "participation");
        assertSteps(expected.get("participation_in_cells"), found.participationInCells()::at, "participation in cells");
        assertSteps(expected.get("frozen_for_good"), place -> freezing.frozenForGood(group, place), "frozen for good");
        JsonNode still = expected.get("stillness");
        assertEquals(
                new Stillness(
                        300,
                        still.get("still").intValue(),
                        still.get("first").intValue(),
                        still.get("longest").intValue(),
                        still.get("longest_from").intValue(),
                        still.get("last_from").intValue(),
                        still.get("last").intValue()),
                Stillness.of(w, found.movers()));
    }

    @ParameterizedTest
    @EnumSource
    void theFramesOfOriginAndCentroid(Group group) {
        JsonNode expected = reference.get("frames").get(group.name());
        FrameSeries found = Frames.of(w, split, all, KERNELS).get(group);
        assertSteps(expected.get("origin_radius"), found.originRadius()::at, "radius from the origin");
        assertSteps(expected.get("origin_radius_max"), found.originRadiusMax()::at, "largest");
        assertSteps(expected.get("mean_radius"), found.meanRadius()::at, "mean radius");
        assertSteps(expected.get("radius_max"), found.radiusMax()::at, "largest radius");
        assertSteps(expected.get("centroid_norm"), found.centroidNorm()::at, "norm of the centroid");
        assertSteps(expected.get("speed"), found.speed()::at, "speed");
        assertSteps(expected.get("radial_from_origin"), found.radialFromOrigin()::at, "radial from the origin");
        assertSteps(expected.get("outward"), found.outward()::at, "outward");
        JsonNode radial = expected.get("radial_from_centroid");
        for (int place = 1; place <= 300; place++) {
            if (found.speed().at(place) > 0) {
                assertNear(radial.get(place - 1), found.radialFromCentroid().at(place), "radial at " + place);
            }
        }
        assertOnset(
                expected.get("lift_off"),
                Onset.of(
                        w,
                        0,
                        place -> found.centroidNorm().at(place)
                                > found.radiusMax().at(place)),
                "lift-off");
        RadiusLife life = RadiusLife.of(w, found, split.tokens(group).size());
        JsonNode radius = expected.get("mean_radius");
        for (String event : new String[] {"first_minimum", "smallest", "largest"}) {
            int step = expected.get(event).intValue();
            RadiusLife.Moment moment = switch (event) {
                case "smallest" -> life.smallest();
                case "largest" -> life.largest();
                default -> life.firstMinimum();
            };
            assertMoment(step, radius.get(step).doubleValue(), moment, event);
        }
        assertMoment(
                expected.get("fastest_growth").intValue(),
                expected.get("growth").doubleValue(),
                life.fastestGrowth(),
                "fastest growth");
        assertOnset(expected.get("still"), life.still(), "still");
        assertOnset(expected.get("slow"), life.slow(), "slow");
        assertOnset(expected.get("arrested"), life.arrested(), "arrested");
    }

    private static HopBoundary boundary(double boundary) {
        double rate = reference.get("rate").doubleValue();
        HopBoundary.Rule rule = new HopBoundary.Rule(
                update -> rate * (1 - (update - 1) / 300.0),
                reference.get("beta1").doubleValue(),
                reference.get("beta2").doubleValue(),
                reference.get("epsilon").doubleValue());
        return new HopBoundary(w, history("momentum", 8, 6), history("variance", 8, 6), rule, boundary);
    }

    private static HopCounts counts(JsonNode kinds, int at) {
        return new HopCounts(
                kinds.get(0).get(at).intValue(),
                kinds.get(1).get(at).intValue(),
                kinds.get(2).get(at).intValue(),
                kinds.get(3).get(at).intValue());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 1})
    void predictedAgainstActualMovers(double limit) {
        JsonNode expected = reference.get("hops");
        HopBoundary boundary = boundary(limit);
        for (int token = 0; token < 8; token++) {
            assertEquals(
                    counts(expected.get("of_tokens").get(String.valueOf(limit)), token),
                    boundary.ofTokens(KERNELS).get(token),
                    "token " + token);
        }
        for (int place : HopBoundary.places(w)) {
            HopBoundary.Update update = boundary.update(place, split.dead());
            assertEquals(
                    counts(expected.get("of_updates").get(String.valueOf(limit)), place - 1),
                    update.counts(),
                    "update " + place);
            assertNear(
                    expected.get("ratio_median").get(place - 1), update.ratios().median(), "median ratio");
            assertNear(expected.get("ratio_max").get(place - 1), update.ratios().max(), "largest ratio");
        }
    }

    @Test
    void theMeanHiddenStateBesideTheDeadCentroid() {
        JsonNode expected = reference.get("hidden");
        History states = history("hidden", 1, 6);
        HiddenFrames found = HiddenFrames.of(states, w, split.dead(), KERNELS);
        assertSteps(expected.get("angle"), found.angle()::at, "angle");
        assertSteps(expected.get("along"), found.along()::at, "along");
        assertSteps(expected.get("across"), found.across()::at, "across");
        int i = 0;
        for (HiddenFrames.Bin bin : found.bins(states, reference.get("bins").intValue())) {
            JsonNode of = expected.get("bins").get(i++);
            assertEquals(of.get("from").intValue(), bin.fromStep());
            assertEquals(of.get("to").intValue(), bin.toStep());
            assertEquals(bin.toStep() - bin.fromStep() + 1, bin.updates());
            Map<String, Double> figures = new TreeMap<>(Map.of(
                    "cosine", bin.cosineMean(),
                    "cosine_min", bin.cosineMin(),
                    "turned", bin.turned(),
                    "net", bin.net(),
                    "swing", bin.swing(),
                    "angle", bin.angle(),
                    "along", bin.along(),
                    "across", bin.across()));
            figures.forEach((name, figure) -> assertNear(of.get(name), figure, name));
        }
        assertEquals(expected.get("bins").size(), i);
    }

    @Test
    void gradientsAgainstSteps() {
        JsonNode expected = reference.get("gradients");
        History gradients = history("gradients", 8, 6);
        GradientStep[] found = IntStream.rangeClosed(1, 300)
                .mapToObj(place ->
                        GradientStep.of(w.matrix(place - 1), w.matrix(place), gradients.matrix(place), split.dead()))
                .toArray(GradientStep[]::new);
        assertSteps(expected.get("cosine"), place -> found[place - 1].cosines().mean(), "cosine");
        assertSteps(
                expected.get("ratio_median"), place -> found[place - 1].ratios().median(), "ratio");
        assertSteps(expected.get("still"), place -> found[place - 1].still(), "still");
        assertSteps(expected.get("unasked"), place -> found[place - 1].unasked(), "unasked");
    }

    @ParameterizedTest
    @EnumSource
    void binadesOfTheLastState(Group group) {
        JsonNode expected = reference.get("exponents").get(group.name());
        Exponents found = Exponents.of(w.last(), split.tokens(group));
        assertEquals(expected.get("zeros").longValue(), found.zeros());
        assertEquals(0, found.notFinite());
        assertEquals(expected.size() - 1, found.components().size());
        found.components()
                .forEach((exponent, n) ->
                        assertEquals(expected.get(String.valueOf(exponent)).longValue(), n, "2^" + exponent));
    }
}
