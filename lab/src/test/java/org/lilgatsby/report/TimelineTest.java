package org.lilgatsby.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.experiment.SmallRun;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.report.Timeline.CloudFrame;
import org.lilgatsby.report.Timeline.DeadRows;
import org.lilgatsby.report.Timeline.Event;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TimelineTest {
    private static final float[][] ONE = rows(row(1, 1), row(1, 1), row(1, 1), row(1, 1));
    private static final float[][] TWO = rows(row(2, 1), row(1, 1), row(1, 1.0078125f), row(1, 1.0078125f));

    private static Timeline of(SmallRun run) {
        return Timeline.of(run.data(), new ScalarAnalysisKernels());
    }

    @Test
    void countsHoldUntilTheyChangeAndEveryEventIsThere() {
        Timeline timeline = of(SmallRun.of("float32-edition", ONE, ONE, TWO, TWO, ONE));

        assertEquals(5, timeline.recorded());
        assertArrayEquals(new int[] {0, 2, 4}, timeline.census().all().step());
        assertArrayEquals(new int[] {1, 3, 1}, timeline.census().all().distinct());
        assertArrayEquals(new int[] {4, 2, 4}, timeline.census().all().tokensInBlackHoles());
        assertArrayEquals(new int[] {0}, timeline.census().dead().step());
        List<Event> events = timeline.events().all().named();
        assertEquals(
                List.of("fission", "merger"), events.stream().map(Event::kind).toList());
        assertEquals(List.of(2, 4), events.stream().map(Event::step).toList());
        assertArrayEquals(new int[] {2, 1, 1}, events.getFirst().parts());
        assertArrayEquals(new int[] {2, 3}, events.getFirst().tokens().getFirst());
        assertArrayEquals(new int[] {2, 4}, timeline.events().all().step());
        assertArrayEquals(new int[] {1, 0}, timeline.events().all().fissions());
        assertArrayEquals(new int[] {0, 1}, timeline.events().all().mergers());
        assertEquals(List.of(), timeline.events().dead().named());
    }

    @Test
    void motionIsZeroWhereNothingMovesAndUndefinedBeforeTheFirstStep() {
        Timeline timeline = of(SmallRun.of("float32-edition", ONE, ONE, TWO));

        assertTrue(Double.isNaN(timeline.motion().dead().mean()[0]));
        assertEquals(0, timeline.motion().dead().mean()[1]);
        assertEquals(1, timeline.motion().dead().zeroShare()[1]);
        assertEquals(0x1p-7, timeline.motion().dead().max()[2]);
        assertEquals(2, timeline.regimes().dead().get("single axis hop")[2]);
        assertEquals(OptionalInt.of(2), timeline.phases().dead().get("any motion"));
        assertEquals(OptionalInt.empty(), timeline.phases().dead().get("multi cell"), "never is no step");
        assertEquals(1, timeline.lattice().dead().get("cells, L1, mean")[2]);
        assertEquals(0x1p-7, timeline.centroid().dead().displacement()[2], 1e-15);
    }

    @Test
    void whatNeverHappenedHasNoStepInThePage() {
        JsonNode still =
                JsonMapper.shared().readTree(JsonReport.compact(of(SmallRun.of("float32-edition", ONE, ONE, ONE))));
        for (String group : List.of("all", "live", "dead")) {
            JsonNode phases = still.get("phases").get(group);
            assertEquals(5, phases.size());
            phases.values().forEach(step -> assertTrue(step.isNull(), group + ": " + step));
        }
    }

    @Test
    void whatIsUndefinedIsNullInThePageAndNoText() {
        for (String experiment : BuiltIn.names()) {
            for (int[] dead : List.of(new int[] {2, 3}, new int[0], new int[] {0, 1, 2, 3})) {
                SmallRun run = SmallRun.of(experiment, ONE, ONE, TWO).dead(dead).gradients(ONE, ONE, TWO);
                JsonNode timeline = JsonMapper.shared().readTree(JsonReport.compact(of(run)));
                JsonNode findings = JsonMapper.shared().readTree(JsonReport.compact(run.findings()));

                assertTrue(timeline.get("motion").get("all").get("mean").get(0).isNull());
                assertTrue(timeline.get("lattice")
                        .get("all")
                        .get("ULP, L1, mean")
                        .get(0)
                        .isNull());
                for (JsonNode document : List.of(timeline, findings)) {
                    assertFalse(document.toString().matches("(?s).*\"(NaN|-?Infinity)\".*"), experiment);
                }
            }
        }
    }

    @Test
    void theCloudKeepsPlacesAndCompany() {
        Timeline timeline = of(SmallRun.of("float32-edition", ONE, TWO));

        CloudFrame last = timeline.cloud().frames().getLast();
        assertArrayEquals(new int[] {0, 1, 2, 2}, shorts(last.holes()));
        assertArrayEquals(
                new int[] {0, 0, 0, 0},
                shorts(timeline.cloud().frames().getFirst().holes()));
        assertEquals(1, distance(last.places(), 0, 1), 1e-6);
        assertEquals(0x1p-7, distance(last.places(), 1, 2), 1e-6);
        assertEquals(1, timeline.cloud().shares()[0] + timeline.cloud().shares()[1], 1e-6);
        assertEquals(1, last.share(), 1e-6);
        assertTrue(Double.isNaN(timeline.cloud().frames().getFirst().share()));
        assertFalse(timeline.cloud().pooled());
    }

    /** Two and three distinct rows lie in a plane: their distances are drawn as they are, at every step. */
    @Test
    void fewDistinctDeadRowsAreDrawnAsFarApartAsTheyAre() {
        float[][] one = rows(row(1, 1, 1), row(2, 3, 1), row(1, 1, 1), row(1, 1, 1), row(1, 1, 1));
        float[][] two = rows(row(1, 1, 1), row(2, 3, 1), row(1, 1, 1), row(1, 1, 1), row(1, 1, 1.0078125f));
        float[][] three = rows(row(1, 1, 1), row(2, 3, 1), row(1, 1, 1), row(5, 9, 2), row(1, 1.0078125f, 1));
        List<CloudFrame> frames = of(SmallRun.of("float32-edition", one, two, three, two)
                        .dead(2, 3, 4))
                .cloud()
                .frames();

        DeadRows together = frames.getFirst().dead().orElseThrow();
        assertEquals(0, distance(together.places(), 0, 2));
        assertTrue(Double.isNaN(together.largestDistance()) && Double.isNaN(together.shares()[0]));
        for (int step : new int[] {1, 3}) {
            DeadRows pair = frames.get(step).dead().orElseThrow();
            assertEquals(0, distance(pair.places(), 0, 1));
            assertEquals(0x1p-7, distance(pair.places(), 0, 2), 1e-9);
            assertEquals(0x1p-7, pair.largestDistance(), 1e-9);
            assertArrayEquals(new double[] {1, 0}, pair.shares(), 1e-9);
        }
        DeadRows triangle = frames.get(2).dead().orElseThrow();
        assertEquals(9, distance(triangle.places(), 0, 1), 1e-6);
        assertEquals(0x1p-7, distance(triangle.places(), 0, 2), 1e-6);
        assertEquals(Math.sqrt(16 + Math.pow(8 - 0x1p-7, 2) + 1), distance(triangle.places(), 1, 2), 1e-6);
        assertEquals(1, triangle.shares()[0] + triangle.shares()[1], 1e-6);
    }

    /** Rows that end as one span no plane: the frames before would all be drawn as one point. */
    @Test
    void whereTheLastRowsSpanNoPlaneThatOfAllFramesIsTaken() {
        Timeline.Cloud cloud = of(SmallRun.of("float32-edition", TWO, ONE)).cloud();

        assertTrue(cloud.pooled());
        assertEquals(1, distance(cloud.frames().getFirst().places(), 0, 1), 1e-6);
        assertEquals(0x1p-7, distance(cloud.frames().getFirst().places(), 1, 2), 1e-6);
        assertTrue(cloud.box()[1] - cloud.box()[0] >= 1);
    }

    @Test
    void rowsThatAreNotFiniteLeaveTheOtherFramesAsTheyAre() {
        float[][] diverged = rows(row(Float.NaN, 1), row(1, 1), row(Float.POSITIVE_INFINITY, 1), row(2, 1));
        Timeline.Cloud cloud = of(SmallRun.of("float32-edition", TWO, diverged)).cloud();

        assertTrue(DoubleStream.of(cloud.box()).allMatch(Double::isFinite));
        DeadRows dead = cloud.frames().getFirst().dead().orElseThrow();
        assertEquals(0, distance(dead.places(), 0, 1));
    }

    /** The distance that a reader sees between two of the drawn rows. */
    private static double distance(String places, int a, int b) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(places)).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer xy = bytes.asFloatBuffer();
        return Math.hypot(xy.get(2 * a) - xy.get(2 * b), xy.get(2 * a + 1) - xy.get(2 * b + 1));
    }

    @Test
    void theGraphJoinsAdjacentRows() {
        float[][] end = rows(row(9, 9), row(9, 8), row(9, 7), row(1, 1), row(1, 1), row(1, 1.0078125f), row(4, 4));
        Timeline.Graph graph =
                of(SmallRun.of("float32-edition", end).dead(3, 4, 5, 6)).graph().orElseThrow();

        assertArrayEquals(new int[] {3, 4}, graph.nodes().getFirst());
        assertEquals(3, graph.nodes().size());
        assertEquals(1, graph.edges().size());
        assertArrayEquals(new int[] {0, 1}, graph.edges().getFirst());
        assertEquals(0, graph.leftOut());
    }

    @Test
    void everyExperimentHasATimelineWithOrWithoutStepsAndDeadTokens() {
        for (String experiment : BuiltIn.names()) {
            assertEquals(1, of(SmallRun.of(experiment, ONE)).steps().length, experiment);
            assertTrue(of(SmallRun.of(experiment, ONE, TWO).dead()).graph().isEmpty(), experiment);
            assertFalse(
                    of(SmallRun.of(experiment, ONE, TWO).dead(0, 1, 2, 3).gradients(ONE, TWO))
                            .gradients()
                            .isEmpty(),
                    experiment);
        }
    }

    private static int[] shorts(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        int[] shorts = new int[bytes.remaining() / 2];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = Short.toUnsignedInt(bytes.getShort());
        }
        return shorts;
    }
}
