package org.lilgatsby.bench;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.benchmark.Twin;
import org.lilgatsby.cli.Execution;
import org.lilgatsby.experiment.LargeModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCensusVerbTest {
    @TempDir
    private Path temporary;

    private static List<Integer> ints(JsonNode array) {
        return array.valueStream().map(JsonNode::asInt).toList();
    }

    @Test
    void theTwinHasWhatWasPublishedAndStandsBesideARun() throws IOException {
        Path file = temporary.resolve("twin.safetensors");
        new Twin(3_000, 32, LargeModel.POPULATIONS, 30, 10, 3).write(file);
        Path run = temporary.resolve("run");
        assertEquals(
                0,
                Execution.of(
                                "run",
                                "primordial-snowball",
                                "--corpus",
                                "synthetic",
                                "--steps",
                                "2",
                                "--kernels",
                                "scalar",
                                "--set",
                                "training.batch=2",
                                "--set",
                                "model.context=8",
                                "--out",
                                run.toString())
                        .code());
        Execution execution = Execution.of("census", file.toString(), "--against", run.toString(), "--json");
        assertEquals(0, execution.code(), execution.err());
        JsonNode document = JsonMapper.shared().readTree(execution.out());
        assertEquals(LargeModel.POPULATIONS, ints(document.at("/matrices/0/structure/black_hole_populations")));
        assertEquals(
                13,
                document.at("/matrices/0/structure/adjacency/9/connected/0/black_holes")
                        .asInt());
        JsonNode report = JsonMapper.shared().readTree(Files.readString(run.resolve("report.json")));
        for (String group : List.of("all", "dead")) {
            JsonNode here = document.at("/against/" + group);
            JsonNode there = report.at("/final/" + group);
            for (String figure :
                    List.of("tokens", "distinct", "black_holes", "tokens_in_black_holes", "singletons", "largest")) {
                assertEquals(there.get(figure).asInt(), here.get(figure).asInt(), group + " " + figure);
            }
            assertEquals(
                    there.get("concentration").asDouble(),
                    here.get("concentration").asDouble());
            assertEquals(
                    ints(there.get("populations")).stream().filter(p -> p > 1).toList(),
                    ints(here.get("black_hole_populations")));
        }
        assertEquals(2, document.at("/against/step").asInt());
        assertEquals(
                0,
                Execution.of(
                                "export",
                                run.toString(),
                                "--hf",
                                temporary.resolve("exported").toString())
                        .code());
        JsonNode exported = JsonMapper.shared()
                .readTree(Execution.of("census", temporary.resolve("exported").toString(), "--json")
                        .out());
        assertEquals(document.at("/against/all"), exported.at("/matrices/0/structure"), "its model is its last state");
        String text = Execution.of("census", file.toString(), "--against", run.toString())
                .out();
        assertTrue(text.contains("Beside step 2 of primordial-snowball"), text);
        assertTrue(IntStream.of(814, 704).allMatch(p -> text.contains(Integer.toString(p))), text);
        assertTrue(text.lines().skip(2).allMatch(line -> line.length() <= 100 || line.startsWith("Beside")), text);
        Execution ofRun = Execution.of("census", run.toString());
        assertEquals(2, ofRun.code());
        assertTrue(ofRun.err().contains("is the directory of a run"), ofRun.err());
        Execution none = Execution.of(
                "census",
                file.toString(),
                "--against",
                Files.createDirectory(temporary.resolve("model")).toString());
        assertEquals(2, none.code());
        assertTrue(none.err().contains("is not the directory of a run"), none.err());
    }

    @Test
    void theBenchmarkMeasuresATwinThatItMakesOrFinds() {
        Path file = temporary.resolve("twin.safetensors");
        Execution made = Execution.of(
                "bench", "census", file.toString(), "--rows", "2300", "--columns", "16", "--seed", "5", "--no-numpy");
        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().contains("BF16 [2,300, 16]"), made.out());
        assertTrue(made.out().contains("not measured: --no-numpy"), made.out());
        assertTrue(Files.exists(file));
        assertEquals(
                0,
                Execution.of("bench", "census", file.toString(), "--no-numpy").code());
        Execution contradiction = Execution.of("bench", "census", file.toString(), "--rows", "2400");
        assertEquals(2, contradiction.code());
        assertTrue(contradiction.err().contains("already exists"), contradiction.err());
        assertEquals(2, Execution.of("bench", "census", "--rows", "100").code());
    }
}
