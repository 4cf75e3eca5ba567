package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.corpus.WindowConfig.LastBlock;
import org.lilgatsby.corpus.WindowConfig.Order;
import org.lilgatsby.corpus.WindowConfig.Windows;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.tokenfile.TokenFileWriter;
import org.lilgatsby.tokenfile.TokenFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against the batches of PyTorch's DataLoader; python/order/reference.py writes them. */
class WindowOrderTest {
    private static final int MODEL_DRAWS = 100;

    @TempDir
    Path folder;

    private static JsonNode reference() throws IOException {
        try (InputStream in = WindowOrderTest.class.getResourceAsStream("/reference/order/orders.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }

    static Stream<JsonNode> cases() throws IOException {
        return StreamSupport.stream(reference().get("cases").spliterator(), false);
    }

    private static <E extends Enum<E>> E choice(E[] choices, JsonNode name) {
        return Arrays.stream(choices)
                .filter(each -> each.toString().equals(name.asString("drop")))
                .findFirst()
                .orElseThrow();
    }

    private static WindowConfig config(JsonNode given) {
        return new WindowConfig(
                choice(Windows.values(), given.get("windows")),
                given.has("starts") ? OptionalInt.of(given.get("starts").asInt()) : OptionalInt.empty(),
                choice(LastBlock.values(), given.path("last_block")),
                choice(Order.values(), given.get("order")),
                given.has("data_seed") ? OptionalLong.of(given.get("data_seed").asLong()) : OptionalLong.empty());
    }

    /** The token at position i is i. */
    private Corpus counting(int length) throws IOException {
        Path file = folder.resolve("counting.npy");
        try (TokenFileWriter writer = TokenFileWriter.create(file, TokenFormat.NPY, length)) {
            int[] ids = new int[length];
            Arrays.setAll(ids, i -> i);
            writer.write(ids, 0, length);
            writer.finish();
        }
        TokenSource tokens = new TokenSource.Files(List.of(file.toString()), null, null, null, null);
        return new CorpusLoader(new CorpusCache(folder))
                .load(
                        new CorpusConfig(null, Preparation.NONE, false, tokens, WindowConfig.USUAL, DeadConfig.ABSENT),
                        length);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void batchesAreThoseOfADataLoader(JsonNode given) throws IOException {
        WindowConfig config = config(given);
        int context = given.get("context").asInt();
        int batch = given.get("batch").asInt();
        long seed = given.get("seed").asLong();
        Corpus corpus = counting(given.get("tokens").asInt());
        TorchGenerator global = new TorchGenerator(seed);
        global.skip(config.drawsBeforeModel(corpus.length(), context));
        global.randn(MODEL_DRAWS);
        Batches batches = new Batches(corpus, context, batch, config, seed, global.state());
        if (!given.get("after_model").isNull()) {
            assertEquals(given.get("after_model").floatValue(), global.uniform());
        }
        int[] tokens = new int[batch * (context + 1)];
        List<BatchPosition> positions = new ArrayList<>();
        List<int[]> taken = new ArrayList<>();
        for (JsonNode epoch : given.get("epochs")) {
            for (JsonNode expected : epoch) {
                positions.add(batches.position());
                assertEquals(expected.size(), batches.next(tokens));
                taken.add(tokens.clone());
                for (int b = 0; b < expected.size(); b++) {
                    int first = expected.get(b).get(0).asInt();
                    int length = expected.get(b).get(1).asInt();
                    for (int t = 0; t <= context; t++) {
                        assertEquals(t < length ? first + t : Batches.NONE, tokens[b * (context + 1) + t]);
                    }
                }
            }
        }
        assertEquals(given.get("epochs").size(), batches.position().epoch());
        // Backwards, which no run does: any order of seeking gives the same windows.
        for (int i = positions.size() - 1; i >= 0; i--) {
            batches.seek(positions.get(i));
            int sequences = batches.next(tokens);
            int ids = sequences * (context + 1);
            assertArrayEquals(Arrays.copyOf(taken.get(i), ids), Arrays.copyOf(tokens, ids));
        }
    }

    @Test
    void wholeNumbersAreRandints() throws IOException {
        for (JsonNode given : reference().get("below")) {
            long limit = given.get("limit").asLong();
            TorchGenerator generator = new TorchGenerator(42);
            TorchGenerator skipping = new TorchGenerator(42);
            for (JsonNode value : given.get("values")) {
                assertEquals(value.asLong(), generator.below(limit), "below " + limit);
                skipping.skip(TorchGenerator.drawsBelow(limit));
            }
            assertEquals(generator.state(), skipping.state());
        }
    }

    @Test
    void aBlockOfTwoTokensIsNotKept() throws IOException {
        WindowConfig kept = new WindowConfig(
                Windows.BLOCKS, OptionalInt.empty(), LastBlock.KEEP, Order.SEQUENTIAL, OptionalLong.empty());
        assertEquals(2, new Batches(counting(12), 4, 1, kept, 0, new TorchGenerator(0).state()).windows());
        assertEquals(3, new Batches(counting(13), 4, 1, kept, 0, new TorchGenerator(0).state()).windows());
    }

    @Test
    void whatCannotBeCombinedIsRefused() {
        assertRefused("corpus.starts must say", Windows.RANDOM, 0, LastBlock.DROP, Order.RESEEDED, -1);
        assertRefused("leave it out", Windows.EVERY, 5, LastBlock.DROP, Order.RESEEDED, -1);
        assertRefused("corpus.last_block is keep", Windows.EVERY, 0, LastBlock.KEEP, Order.RESEEDED, -1);
        assertRefused("has only the run's seed", Windows.EVERY, 0, LastBlock.DROP, Order.GLOBAL_GENERATOR, 3);
        assertRefused("nothing is drawn", Windows.BLOCKS, 0, LastBlock.DROP, Order.SEQUENTIAL, 3);
    }

    private static void assertRefused(
            String problem, Windows windows, int starts, LastBlock last, Order order, long seed) {
        String message = assertThrows(
                        SettingException.class,
                        () -> new WindowConfig(
                                windows,
                                starts == 0 ? OptionalInt.empty() : OptionalInt.of(starts),
                                last,
                                order,
                                seed < 0 ? OptionalLong.empty() : OptionalLong.of(seed)))
                .getMessage();
        assertTrue(message.contains(problem), message);
    }
}
