package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsLayout;
import org.lilgatsby.safetensors.SafetensorsWriter;
import org.lilgatsby.safetensors.TensorSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CensusVerbTest {
    /**
     * 0 = 2 = 5 and 1 = 3; these two are two cells of bfloat16 apart, and 4 is three cells from the first and one from
     * the second; 6 is far from all, 7 has no token.
     */
    private static final float[][] EIGHT = {
        {3, 4}, {3, 4.0625f}, {3, 4}, {3, 4.0625f}, {3, 4.09375f}, {3, 4}, {-3, 1}, {9, 9}
    };

    private static final String TOKENIZER = """
            {"added_tokens":[{"id":5,"content":"\\u001b[31mred\\u202e"},{"id":900,"content":"beyond"}],
             "decoder":{"type":"ByteLevel"},
             "model":{"vocab":{"a":0,"b":1,"\\u0120the":2,"\\u010a":3,"<script>":4,\
            "%s":6}}}""".formatted("long".repeat(30));

    @TempDir
    private Path temporary;

    private Path model;

    @BeforeEach
    void makeDirectory() throws IOException {
        model = Files.createDirectory(temporary.resolve("model"));
    }

    private record Stored(String name, DType dtype, float[][] rows) {
        TensorSpec spec() {
            return TensorSpec.of(name, dtype, rows.length, rows[0].length);
        }

        ByteBuffer bytes() {
            ByteBuffer bytes = ByteBuffer.allocate((int) spec().bytes()).order(ByteOrder.LITTLE_ENDIAN);
            for (float[] row : rows) {
                for (float value : row) {
                    switch (dtype) {
                        case BF16 -> bytes.putShort(Bf16.fromFloat(value));
                        case F16 -> bytes.putShort(Float.floatToFloat16(value));
                        case F32 -> bytes.putFloat(value);
                        case F64 -> bytes.putDouble(value);
                        default -> bytes.putLong((long) value);
                    }
                }
            }
            return bytes.flip();
        }
    }

    private static Stored bf16(String name, float[][] rows) {
        return new Stored(name, DType.BF16, rows);
    }

    private static void write(Path file, Stored... tensors) throws IOException {
        SafetensorsLayout layout =
                SafetensorsLayout.of(Stream.of(tensors).map(Stored::spec).toList(), Map.of());
        SafetensorsWriter.writeWhole(
                file, layout, Stream.of(tensors).map(Stored::bytes).toList());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(model.resolve(name), text);
    }

    private JsonNode json(String... options) {
        List<String> arguments = new ArrayList<>(List.of("census", model.toString(), "--json"));
        arguments.addAll(List.of(options));
        Execution execution = Execution.of(arguments.toArray(String[]::new));
        assertEquals("", execution.err());
        assertEquals(0, execution.code());
        return JsonMapper.shared().readTree(execution.out());
    }

    private static List<Integer> ints(JsonNode array) {
        return array.valueStream().map(JsonNode::asInt).toList();
    }

    private static int[] cells(JsonNode matrix) {
        return matrix.at("/distances/cells")
                .valueStream()
                .flatMap(row -> ints(row).stream())
                .mapToInt(i -> i)
                .toArray();
    }

    @Test
    void aTableOfBlackHolesWithItsAnswer() throws IOException {
        write(model.resolve("model.safetensors"), bf16("model.embed_tokens.weight", EIGHT));
        write("tokenizer.json", TOKENIZER);
        write(
                "config.json",
                "{\"model_type\":\"qwen3\",\"vocab_size\":8,\"hidden_size\":2,\"tie_word_embeddings\":true}");
        JsonNode document = json("--cells", "2");
        assertEquals(1, document.get("schema").asInt());
        assertEquals("qwen3", document.get("model_type").asString());
        assertTrue(document.get("tied").asBoolean());
        assertEquals(8, document.at("/tokenizer/tokens").asInt());
        assertEquals(1, document.at("/tokenizer/beyond").asInt());
        assertTrue(document.get("published_populations").isNull(), "another shape");
        assertTrue(document.get("against").isNull());
        assertEquals(1, document.get("matrices").size());
        JsonNode matrix = document.at("/matrices/0");
        JsonNode structure = matrix.get("structure");
        assertEquals(
                List.of(8, 5, 2, 5, 3, 3),
                Stream.of("tokens", "distinct", "black_holes", "tokens_in_black_holes", "singletons", "largest")
                        .map(key -> structure.get(key).asInt())
                        .toList());
        assertEquals((9 + 4 + 1 + 1 + 1) / 64.0, structure.get("concentration").asDouble());
        assertEquals(List.of(3, 2), ints(structure.get("black_hole_populations")));
        assertEquals(10, structure.get("possible_edges").asInt());
        assertEquals(10, structure.get("compared_pairs").asInt(), "so few are all compared");
        assertEquals(
                "a|the|\\u{1b}[31mred\\u{202e}".replace("|the", "| the"),
                String.join(
                        "|",
                        matrix.at("/holes/0/tokens")
                                .valueStream()
                                .map(token -> token.get("text").asString())
                                .toList()));
        assertEquals(
                List.of(0, 2, 5),
                matrix.at("/holes/0/tokens")
                        .valueStream()
                        .map(t -> t.get("id").asInt())
                        .toList());
        assertEquals(5.0, matrix.at("/holes/0/norm").asDouble());
        assertEquals(2, matrix.at("/holes/0/nearest").asInt());
        assertEquals(1, matrix.at("/holes/0/neighbours").asInt());
        assertEquals(1, matrix.at("/holes/1/nearest").asInt());
        assertEquals(List.of(0, 1), ints(matrix.at("/distances/between")));
        assertArrayEquals(new int[] {0, 2, 2, 0}, cells(matrix));
        JsonNode one = structure.at("/adjacency/0");
        JsonNode two = structure.at("/adjacency/1");
        assertEquals(
                List.of(1, 1, 2, 3, 3, 4, 2),
                Stream.of(
                                "cells",
                                "edges",
                                "nodes_with_neighbour",
                                "tokens_with_neighbour",
                                "isolated",
                                "components",
                                "largest_component")
                        .map(key -> one.get(key).asInt())
                        .toList());
        assertEquals(
                List.of(2, 2, 3, 6, 2, 3, 3),
                Stream.of(
                                "cells",
                                "edges",
                                "nodes_with_neighbour",
                                "tokens_with_neighbour",
                                "isolated",
                                "components",
                                "largest_component")
                        .map(key -> two.get(key).asInt())
                        .toList());
        assertEquals(
                "{\"nodes\":3,\"black_holes\":2,\"tokens\":6}",
                two.at("/connected/0").toString());
        assertEquals(
                List.of(0, 1, 4),
                matrix.get("near")
                        .valueStream()
                        .map(row -> row.at("/token/id").asInt())
                        .toList());
        assertEquals(1, matrix.at("/near/2/to_black_hole").asInt());
        assertTrue(matrix.at("/near/2/in_region").asBoolean());
        assertEquals(List.of(7), ints(matrix.at("/unreachable/ids")));
        assertEquals(0, matrix.at("/unreachable/in_black_holes").asInt());
    }

    @Test
    void tokensOfStrangersCannotSteerTheTerminal() throws IOException {
        write(model.resolve("model.safetensors"), bf16("wte.weight", EIGHT));
        write("tokenizer.json", TOKENIZER);
        Execution execution = Execution.of("census", model.toString());
        assertEquals("", execution.err());
        assertTrue(execution.out().chars().noneMatch(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202E)));
        assertTrue(
                execution.out().contains("0 \"a\", 2 \"\u2423the\", 5 \"\\u{1b}[31mred\\u{202e}\""), execution.out());
        assertTrue(execution.out().lines().allMatch(line -> line.length() <= 100), execution.out());
        assertTrue(execution.out().contains("ids                     1\n"), execution.out());
    }

    @Test
    void namesOfStrangersCannotEither() throws IOException {
        String name = "a\u001b[2J\u202e" + "long".repeat(50);
        write(model.resolve("model.safetensors"), bf16(name, EIGHT));
        write("config.json", "{\"model_type\":\"x\\u001b[2J\"}");
        Execution execution = Execution.of("census", model.toString(), "--tensor", name);
        assertEquals(0, execution.code(), execution.err());
        assertTrue(execution.out().chars().noneMatch(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202E)));
        assertTrue(execution.out().lines().allMatch(line -> line.length() <= 100), execution.out());
        assertEquals(name, json("--tensor", name).at("/matrices/0/tensor").asString());
    }

    @Test
    void withoutATokenizerTokensHaveIdsOnly() throws IOException {
        write(model.resolve("model.safetensors"), bf16("wte.weight", EIGHT));
        String out = Execution.of("census", model.toString()).out();
        assertTrue(out.contains("1  3       5.000000  2                    2               0, 2, 5\n"), out);
        assertFalse(out.contains("(none)"), out);
        assertFalse(out.contains("Unreachable"), out);
        assertTrue(json().get("tokenizer").isNull());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"BF16", "F16", "F32", "F64"})
    void everyFormatIsReadOnItsOwnLattice(DType dtype) throws IOException {
        write(model.resolve("model.safetensors"), new Stored("wte.weight", dtype, EIGHT));
        JsonNode matrix = json("--cells", "20").at("/matrices/0");
        assertEquals(dtype.name(), matrix.get("format").asString());
        assertEquals(List.of(3, 2), ints(matrix.at("/structure/black_hole_populations")));
        long expected = switch (dtype) { // 1/16 between 4 and 8
            case BF16 -> 2;
            case F16 -> 16;
            case F32 -> 1 << 17;
            default -> 1L << 46;
        };
        assertEquals(expected, matrix.at("/distances/cells/0/1").asLong());
        assertEquals(expected, matrix.at("/distances/furthest").asLong());
        assertEquals(
                expected <= 20 ? 2 : 0,
                matrix.at("/structure/adjacency/19/connected/0/black_holes").asInt(0));
    }

    @Test
    void anUntiedModelInShardsGivesBothMatrices() throws IOException {
        float[][] head = {{1, 1}, {1, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {6, 1}};
        write(model.resolve("a.safetensors"), bf16("model.embed_tokens.weight", EIGHT));
        write(model.resolve("b.safetensors"), new Stored("lm_head.weight", DType.F32, head));
        write("model.safetensors.index.json", """
                {"weight_map":{"model.embed_tokens.weight":"a.safetensors","lm_head.weight":"b.safetensors"}}""");
        write("config.json", "{\"tie_word_embeddings\":false}");
        JsonNode document = json();
        assertFalse(document.get("tied").asBoolean());
        assertEquals(
                List.of("model.embed_tokens.weight", "lm_head.weight"),
                document.get("matrices")
                        .valueStream()
                        .map(m -> m.get("tensor").asString())
                        .toList());
        assertEquals(List.of(3), ints(document.at("/matrices/1/structure/black_hole_populations")));
        JsonNode one = json("--tensor", "lm_head.weight");
        assertTrue(one.get("tied").isNull());
        assertEquals(1, one.get("matrices").size());
        assertEquals("lm_head.weight", one.at("/matrices/0/tensor").asString());
    }

    @Test
    void aTiedModelThatStoresItsHeadAllTheSameGivesOne() throws IOException {
        write(model.resolve("model.safetensors"), bf16("wte.weight", EIGHT), bf16("lm_head.weight", EIGHT));
        assertTrue(json().get("tied").asBoolean());
        assertEquals(1, json().get("matrices").size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nowhere    | there is no tensor "nowhere"; there are "wte.weight" [8, 2], "b" [8, 2]
            positions | \
                tensor "positions" is I64 of shape [8, 2], not a matrix of F16, BF16, F32 or F64; there are "wte.weight"
            """)
    void aTensorThatIsNoneIsWrongUse(String name, String message) throws IOException {
        write(
                model.resolve("model.safetensors"),
                bf16("wte.weight", EIGHT),
                bf16("b", EIGHT),
                new Stored("positions", DType.I64, EIGHT));
        Execution execution = Execution.of("census", model.toString(), "--tensor", name);
        assertEquals(2, execution.code());
        assertTrue(execution.err().startsWith("lilgatsby: --tensor: "), execution.err());
        assertTrue(execution.err().contains(message), execution.err());
        assertEquals(1, execution.err().lines().count());
    }

    @Test
    void whatHasNoEmbeddingsSaysWhatItHas() throws IOException {
        write(model.resolve("model.safetensors"), bf16("a\u001b[2J", EIGHT), bf16("h.0.mlp", EIGHT));
        Execution execution = Execution.of("census", model.toString());
        assertEquals(1, execution.code());
        assertEquals(
                "lilgatsby: " + model
                        + ": no tensor has a usual name for an embedding matrix; choose one with --tensor: "
                        + "there are \"a\\u{1b}[2J\" [8, 2], \"h.0.mlp\" [8, 2] (with --tensor NAME)\n",
                execution.err());
    }

    @Test
    void whatContradictsItsConfigurationIsRefusedUnlessNamed() throws IOException {
        write(model.resolve("model.safetensors"), bf16("wte.weight", EIGHT));
        write("config.json", "{\"vocab_size\":9}");
        Execution execution = Execution.of("census", model.toString());
        assertEquals(1, execution.code());
        assertTrue(execution.err().contains("\"wte.weight\" has 8 rows, but config.json says 9"), execution.err());
        assertEquals(
                0,
                Execution.of("census", model.toString(), "--tensor", "wte.weight")
                        .code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "x"})
    void cellsOutOfRangeAreWrongUse(String cells) throws IOException {
        write(model.resolve("model.safetensors"), bf16("wte.weight", EIGHT));
        Execution execution = Execution.of("census", model.toString(), "--cells=" + cells);
        assertEquals(2, execution.code());
        assertTrue(execution.err().contains("--cells"), execution.err());
    }

    @Test
    void damagedAndMissingFilesAreToldInOneSentence() throws IOException {
        Execution missing = Execution.of("census", temporary.resolve("none").toString());
        assertEquals(2, missing.code());
        assertEquals(
                "lilgatsby: " + temporary.resolve("none") + ": there is no such file or directory\n", missing.err());
        Execution empty = Execution.of("census", model.toString());
        assertEquals(1, empty.code());
        assertTrue(
                empty.err().contains("neither model.safetensors nor model.safetensors.index.json is there"),
                empty.err());
        Path file = model.resolve("model.safetensors");
        write(file, bf16("wte.weight", EIGHT));
        byte[] whole = Files.readAllBytes(file);
        for (int bytes : new int[] {0, 7, 20, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, bytes));
            Execution cut = Execution.of("census", file.toString());
            assertEquals(1, cut.code());
            assertEquals(1, cut.err().lines().count(), cut.err());
            assertEquals("", cut.out());
        }
        write(file, new Stored("wte.weight", DType.F32, new float[][] {{}}));
        Execution without = Execution.of("census", file.toString());
        assertEquals(1, without.code());
        assertEquals(
                "lilgatsby: tensor \"wte.weight\" has the shape [1, 0], whose rows cannot be counted\n", without.err());
    }

    @Test
    void valuesThatAreNoNumbersAreCountedByTheirBits() throws IOException {
        float nan = Float.NaN;
        float inf = Float.POSITIVE_INFINITY;
        write(model.resolve("model.safetensors"), bf16("wte.weight", new float[][] {
            {nan, 0}, {nan, 0}, {nan, -0f}, {inf, 0}, {inf, 0}, {0, 1}, {-0f, 1}
        }));
        JsonNode matrix = json("--cells", "1").at("/matrices/0");
        assertEquals(List.of(2, 2), ints(matrix.at("/structure/black_hole_populations")));
        assertTrue(matrix.at("/holes/0/norm").isNull());
        assertEquals(2, matrix.at("/structure/adjacency/0/edges").asInt(), "zeros of both signs are 0 cells apart");
    }
}
