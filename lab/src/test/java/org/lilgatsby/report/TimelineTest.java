package org.lilgatsby.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lilgatsby.experiment.BuiltIn;
import org.lilgatsby.experiment.SmallRun;
import org.lilgatsby.kernel.ScalarMotionKernels;
import org.lilgatsby.report.Timeline.Event;
import org.lilgatsby.report.Timeline.Frame;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TimelineTest {
    private static final float[][] ONE = rows(row(1, 1), row(1, 1), row(1, 1), row(1, 1));
    private static final float[][] TWO = rows(row(2, 1), row(1, 1), row(1, 1.0078125f), row(1, 1.0078125f));

    private static Timeline of(SmallRun run) {
        return Timeline.of(run.data(), new ScalarMotionKernels());
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
        assertEquals(List.of("fission", "merger"), events.stream().map(Event::kind).toList());
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
        assertEquals(2, timeline.phases().dead().get("any motion"));
        assertEquals(1, timeline.lattice().dead().get("cells, L1, mean")[2]);
        assertEquals(0x1p-7, timeline.centroid().dead().displacement()[2], 1e-15);
    }

    @Test
    void whatIsUndefinedIsNullInThePageAndNoText() {
        for (String experiment : BuiltIn.names()) {
            for (int[] dead : List.of(new int[] {2, 3}, new int[0], new int[] {0, 1, 2, 3})) {
                SmallRun run = SmallRun.of(experiment, ONE, ONE, TWO).dead(dead).gradients(ONE, ONE, TWO);
                JsonNode timeline = JsonMapper.shared().readTree(JsonReport.compact(of(run)));
                JsonNode findings = JsonMapper.shared().readTree(JsonReport.compact(run.findings()));

                assertTrue(timeline.get("motion").get("all").get("mean").get(0).isNull());
                assertTrue(timeline.get("lattice").get("all").get("ULP, L1, mean").get(0).isNull());
                for (JsonNode document : List.of(timeline, findings)) {
                    assertFalse(document.toString().matches("(?s).*\"(NaN|-?Infinity)\".*"), experiment);
                }
            }
        }
    }

    @Test
    void theCloudKeepsPlacesAndCompany() {
        Timeline timeline = of(SmallRun.of("float32-edition", ONE, TWO));

        Frame last = timeline.cloud().frames().getLast();
        assertArrayEquals(new int[] {0, 1, 2, 2}, shorts(last.holes()));
        assertArrayEquals(new int[] {0, 0, 0, 0}, shorts(timeline.cloud().frames().getFirst().holes()));
        int[] places = shorts(last.places());
        double[] box = timeline.cloud().box();
        double x0 = box[0] + places[0] / 65_535.0 * (box[1] - box[0]);
        double x1 = box[0] + places[2] / 65_535.0 * (box[1] - box[0]);
        assertEquals(1, Math.abs(x0 - x1), 0.01);
        assertEquals(1, timeline.cloud().shares()[0] + timeline.cloud().shares()[1], 1e-9);
    }

    @Test
    void theGraphJoinsAdjacentRows() {
        float[][] end = rows(row(9, 9), row(9, 8), row(9, 7), row(1, 1), row(1, 1), row(1, 1.0078125f), row(4, 4));
        Timeline.Graph graph = of(SmallRun.of("float32-edition", end).dead(3, 4, 5, 6)).graph().orElseThrow();

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
            assertFalse(of(SmallRun.of(experiment, ONE, TWO).dead(0, 1, 2, 3).gradients(ONE, TWO)).gradients().isEmpty(), experiment);
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
