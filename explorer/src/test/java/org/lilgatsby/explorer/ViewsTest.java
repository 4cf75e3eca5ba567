package org.lilgatsby.explorer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.PrincipalPlane;
import org.lilgatsby.analysis.TokenStep;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.recording.RunDirectory;
import tools.jackson.databind.JsonNode;

/** What the page draws of a run, against the recording itself. */
class ViewsTest {
    private static final int STEPS = 30;

    @TempDir
    private static Path folder;

    private static Explorer explorer;
    private static Client client;
    private static RunArchive archive;
    private static History history;
    private static Tokens dead;
    private static String run;

    @BeforeAll
    static void start() throws IOException {
        Path root = SmallRuns.run(folder.resolve("run"), "supermassive-black-hole", STEPS);
        explorer = Explorer.start(List.of(folder), 0);
        client = new Client(explorer);
        archive = RunArchive.open(new RunDirectory(root));
        history = archive.embeddings();
        dead = Tokens.of(archive.manifest().corpus().dead());
        run = "/api/runs/"
                + client.json("/api/items").get("items").get(0).get("id").asString();
    }

    @AfterAll
    static void stop() {
        archive.close();
        explorer.close();
    }

    private static JsonNode ready(String path) {
        JsonNode found;
        do {
            found = client.json(path);
        } while (found.has("waiting"));
        return found;
    }

    private static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    @Test
    void describesTheRun() {
        JsonNode described = client.json(run);
        assertEquals("complete", described.get("status").asString());
        assertEquals(STEPS, described.get("steps").get("last").asInt());
        assertEquals(STEPS + 1, described.get("steps").get("recorded").asInt());
        assertEquals(128, described.get("tokens").size());
        assertEquals("A", described.get("tokens").get('A').get("glyph").asString());
        assertTrue(described.get("tokens").get(' ').get("glyph").isNull());
        assertEquals(8, described.get("config").get("model").get("width").asInt());
        assertTrue(described.get("verdict").has("hypothesis"));
        assertTrue(described.get("views").get("cloud").asBoolean());
    }

    @ParameterizedTest
    @ValueSource(strings = {"final", "whole", "following", "initial", "step:7", "components:3,0"})
    void drawsEveryStateOfEveryToken(String projection) {
        Client.Numbers cloud = client.numbers(run + "/blocks?views=cloud&of=all&from=3&to=9&projection=" + projection);
        assertArrayEquals(
                IntStream.rangeClosed(3, 9).toArray(), ints(cloud.header().get("steps")));
        assertArrayEquals(IntStream.range(0, 128).toArray(), ints(cloud.header().get("rows")));
        assertEquals(7 * 128 * 2 * Float.BYTES, cloud.numbers().remaining());
        for (int i = 0; i < 7 * 128 * 2; i++) {
            assertTrue(Float.isFinite(cloud.numbers().getFloat(4 * i)));
        }
    }

    @Test
    void drawsComponentsAsTheyAre() {
        Client.Numbers cloud =
                client.numbers(run + "/blocks?views=cloud&of=dead&from=5&to=5&projection=components:3,0");
        for (int i = 0; i < dead.size(); i++) {
            assertEquals(
                    (float) history.matrix(5).value(dead.id(i), 3),
                    cloud.numbers().getFloat(8 * i));
            assertEquals(
                    (float) history.matrix(5).value(dead.id(i), 0),
                    cloud.numbers().getFloat(8 * i + 4));
        }
    }

    /** A plane keeps no distance larger than it is, and equal rows together. */
    @Test
    void drawsNoDistanceLargerThanItIs() {
        Client.Numbers cloud = client.numbers(run + "/blocks?views=cloud&of=all&from=30&to=30&projection=final");
        Matrix last = history.last();
        for (int a = 0; a < 128; a += 7) {
            for (int b = 0; b < 128; b += 5) {
                double x = cloud.numbers().getFloat(8 * a) - cloud.numbers().getFloat(8 * b);
                double y = cloud.numbers().getFloat(8 * a + 4) - cloud.numbers().getFloat(8 * b + 4);
                double squares = 0;
                for (int j = 0; j < 8; j++) {
                    squares += Math.pow(last.value(a, j) - last.value(b, j), 2);
                }
                assertTrue(Math.hypot(x, y) <= Math.sqrt(squares) * (1 + 1e-6) + 1e-6);
                assertTrue(!last.sameRow(a, b) || x == 0 && y == 0);
            }
        }
    }

    @Test
    void drawsThePlaneOfTheAnalyses() {
        Client.Numbers cloud = client.numbers(run + "/blocks?views=cloud&of=all&from=9&to=9&projection=final");
        PrincipalPlane plane = PrincipalPlane.of(IntStream.range(0, 128)
                .mapToObj(token -> new Vector(history.last().values(token)))
                .toList());
        for (int token = 0; token < 128; token++) {
            Vector row = new Vector(history.matrix(9).values(token));
            assertEquals((float) plane.x(row), cloud.numbers().getFloat(8 * token));
            assertEquals((float) plane.y(row), cloud.numbers().getFloat(8 * token + 4));
        }
        assertEquals(
                plane.firstShare(),
                cloud.header().get("axes").get(0).get("share").asDouble());
    }

    @Test
    void coloursRowsByTheirSteps() {
        Client.Numbers rows = client.numbers(run + "/blocks?views=rows&of=all&from=0&to=4&figure=step2");
        Client.Numbers regimes = client.numbers(run + "/blocks?views=rows&of=all&from=0&to=4&figure=regime");
        assertTrue(Float.isNaN(rows.numbers().getFloat(0)));
        for (int step = 1; step <= 4; step++) {
            for (int token = 0; token < 128; token++) {
                TokenStep expected = TokenStep.of(history.matrix(step - 1), history.matrix(step), token);
                int at = Float.BYTES * (128 * step + token);
                assertEquals((float) expected.l2(), rows.numbers().getFloat(at));
                assertEquals(expected.regime().ordinal(), regimes.numbers().getFloat(at));
            }
        }
    }

    @Test
    void saysWhichCurveCannotBeDrawn() {
        JsonNode found =
                ready(run + "/curves?names=mean-hidden.norm.all,learning_rate").get("curves");
        assertTrue(found.get("mean-hidden.norm.all")
                .get("error")
                .asString()
                .contains("run it again with --observe mean_hidden"));
        assertEquals(STEPS, found.get("learning_rate").get("values").size());
    }

    @Test
    void labelsEqualRowsEqually() {
        Client.Numbers groups = client.numbers(run + "/blocks?views=groups&of=all&from=0&to=30");
        assertEquals("uint16", groups.header().get("type").asString());
        for (int step = 0; step <= STEPS; step++) {
            Matrix matrix = history.matrix(step);
            for (int token = 0; token < 128; token++) {
                int equal = token;
                for (int other = 0; other < token; other++) {
                    equal = matrix.sameRow(other, token) ? Math.min(equal, other) : equal;
                }
                assertEquals(equal, groups.numbers().getShort(2 * (step * 128 + token)));
            }
        }
    }

    @Test
    void sendsSeveralBlocksInOneAnswer() {
        String range = "&of=all&from=2&to=4&figure=norm";
        List<Client.Numbers> all = client.blocks(run + "/blocks?views=groups,cloud,rows" + range);
        List<String> views = List.of("groups", "cloud", "rows");
        assertEquals(views.size(), all.size());
        for (int i = 0; i < views.size(); i++) {
            Client.Numbers alone = client.numbers(run + "/blocks?views=" + views.get(i) + range);
            assertEquals(alone.header(), all.get(i).header());
            assertEquals(alone.numbers(), all.get(i).numbers());
        }
    }

    @Test
    void tellsTheGroupsOfAState() {
        JsonNode found = client.json(run + "/census?step=20&of=dead");
        Census census = Census.of(history.matrix(20), dead);
        assertEquals(census.blackHoleCount(), found.get("groups").size());
        for (int i = 0; i < census.blackHoleCount(); i++) {
            JsonNode group = found.get("groups").get(i);
            assertArrayEquals(census.blackHoles().get(i).tokens().toArray(), ints(group.get("tokens")));
            assertEquals(group.get("size").asInt(), group.get("dead").asInt());
        }
        assertArrayEquals(census.singletonTokens().toArray(), ints(found.get("singletons")));
    }

    @Test
    void marksWhereGroupsChangeAndMotionEnds() {
        JsonNode marks = ready(run + "/marks?of=all");
        Set<Integer> marked = new TreeSet<>();
        marks.forEach(mark -> {
            if (Set.of("merger", "fission").contains(mark.get("kind").asString())) {
                marked.add(mark.get("step").asInt());
            }
        });
        Tokens all = Tokens.all(128);
        Set<Integer> changed = new TreeSet<>();
        for (int step = 1; step <= STEPS; step++) {
            if (!Census.of(history.matrix(step), all).equals(Census.of(history.matrix(step - 1), all))) {
                changed.add(step);
            }
        }
        assertEquals(changed, marked);
        assertFalse(changed.isEmpty());
    }

    @Test
    void showsTheLattice() {
        JsonNode lattice = client.json(run + "/lattice?step=25&of=all");
        Matrix matrix = history.matrix(25);
        int n = lattice.get("rows").size();
        assertEquals(Census.of(matrix, Tokens.all(128)).distinct(), n);
        int medoid = lattice.get("medoid").asInt();
        for (int i = 0; i < n; i++) {
            int row = lattice.get("rows").get(i).get("id").asInt();
            long largest = 0;
            for (int j = 0; j < 8; j++) {
                long cells = lattice.get("cells").get(i).get(j).asLong();
                assertEquals(matrix.format().cells(matrix.bits(row, j), matrix.bits(medoid, j)), Math.abs(cells));
                assertEquals(Math.signum(matrix.value(row, j) - matrix.value(medoid, j)), Math.signum(cells));
                largest = Math.max(largest, Math.abs(cells));
            }
            int at = IntStream.range(0, n)
                    .filter(k -> lattice.get("rows").get(k).get("id").asInt() == medoid)
                    .findFirst()
                    .orElseThrow();
            assertEquals(largest, lattice.get("distances").get(i).get(at).asLong());
        }
    }

    @Test
    void tellsATokensState() {
        JsonNode token =
                client.json(run + "/token?ids=5,101&step=12").get("tokens").get(1);
        Matrix now = history.matrix(12);
        double squares = 0;
        for (int j = 0; j < 8; j++) {
            assertEquals(
                    "%04x".formatted(now.bits(101, j) & 0xFFFF),
                    token.get("hex").get(j).asString());
            assertEquals(now.value(101, j), token.get("values").get(j).asDouble());
            assertEquals(
                    history.matrix(11).value(101, j),
                    token.get("before").get("values").get(j).asDouble());
            squares += Math.pow(now.value(101, j) - history.matrix(11).value(101, j), 2);
        }
        assertEquals(Math.sqrt(squares), token.get("step2").asDouble(), 1e-12);
        assertEquals(8, token.get("gradient").size());
        assertEquals(8, token.get("exp_avg_sq").size());
        double before = 0;
        for (JsonNode near : token.get("nearest")) {
            assertTrue(near.get("cells").asDouble() >= Math.max(1, before));
            before = near.get("cells").asDouble();
            assertFalse(now.sameRow(101, near.get("id").asInt()));
        }
        assertTrue(client.json(run + "/token?ids=5&step=0")
                .get("tokens")
                .get(0)
                .get("before")
                .isNull());
    }

    @Test
    void tellsATokensLife() {
        JsonNode life = ready(run + "/life?ids=" + dead.id(0)).get("tokens").get(0);
        assertEquals(STEPS + 1, life.get("norm").get("values").size());
        JsonNode curve = client.json(run + "/token?ids=%d&step=9".formatted(dead.id(0)))
                .get("tokens")
                .get(0);
        assertEquals(curve.get("norm"), life.get("norm").get("values").get(9));
        assertEquals(curve.get("step2"), life.get("step2").get("values").get(9));
        assertEquals(curve.get("stepInf"), life.get("stepInf").get("values").get(9));
        int next = 1;
        for (JsonNode regime : life.get("regimes")) {
            assertEquals(next, regime.get(0).asInt());
            next = regime.get(1).asInt() + 1;
        }
        assertEquals(STEPS + 1, next);
        for (JsonNode group : life.get("groups")) {
            int[] equal = IntStream.range(0, 128)
                    .filter(token -> history.matrix(group.get(0).asInt()).sameRow(token, dead.id(0)))
                    .toArray();
            assertEquals(equal.length, group.get(2).asInt());
            assertEquals(equal[0], group.get(3).asInt());
        }
    }

    /** At every step, the bands that live have the populations of the black holes. */
    @Test
    void followsBlackHoles() {
        JsonNode genealogy = ready(run + "/genealogy?of=all&most=4000");
        assertEquals(0, genealogy.get("left").asInt());
        for (int step = 0; step <= STEPS; step++) {
            int at = step;
            int[] populations = genealogy
                    .get("bands")
                    .valueStream()
                    .filter(band -> band.get("from").asInt() <= at
                            && (band.get("to").asInt() > at || band.get("to").asInt() == STEPS))
                    .mapToInt(band -> band.get("populations")
                            .valueStream()
                            .filter(part -> part.get(0).asInt() <= at)
                            .reduce((first, second) -> second)
                            .orElseThrow()
                            .get(1)
                            .asInt())
                    .sorted()
                    .toArray();
            int[] expected = Census.of(history.matrix(step), Tokens.all(128)).blackHoles().stream()
                    .mapToInt(hole -> hole.population())
                    .sorted()
                    .toArray();
            assertEquals(Arrays.toString(expected), Arrays.toString(populations), "step " + step);
        }
        Set<Integer> known = new HashSet<>();
        genealogy.get("bands").forEach(band -> known.add(band.get("id").asInt()));
        genealogy.get("links").forEach(link -> {
            assertTrue(known.contains(link.get("from").asInt()));
            assertTrue(known.contains(link.get("to").asInt()));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/census?step=31, was not recorded",
        "/census?step=x, not a whole number",
        "/census?of=none, 'all, live or dead'",
        "/token?ids=128, no token 128",
        "/token?ids=-1, no token -1",
        "/token, lacks ids",
        "/blocks?views=cloud&projection=best, a projection must be",
        "'/blocks?views=cloud&projection=components:0,8', no component 8",
        "'/blocks?views=cloud,blocks', views must be",
        "/curves?names=census.nothing.dead, no column 'nothing'",
        "/curves?names=nothing, no curve",
        "/curves?names=loss&points=0, allowed are numbers from 1"
    })
    void saysWhatIsWrong(String request, String sentence) {
        assertTrue(client.refusal(400, run + request).contains(sentence), client.refusal(400, run + request));
    }
}
