package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CorpusVerbsTest {
    private static final String RAW = """
            A licence comes first.
            *** START OF THE BOOK ***

            Aa caf\u00e9
            b.

            *** END OF THE BOOK ***
            """;

    @TempDir
    private Path folder;

    private Path raw;

    @BeforeEach
    void writeText() throws IOException {
        raw = Files.writeString(folder.resolve("raw.txt"), RAW);
    }

    @Test
    void preparesBothCorpora() throws IOException {
        Path out = folder.resolve("new/folder");
        Execution execution = Execution.of("corpus", "prepare", raw.toString(), "--out", out.toString());
        assertEquals("", execution.err());
        assertEquals(0, execution.code());
        assertEquals("Aa caf\nb.", Files.readString(out.resolve("training_corpus.txt")));
        assertEquals("Aa cafe b.", Files.readString(out.resolve("gatsby_clean.txt")));
        assertTrue(
                execution
                        .out()
                        .startsWith(
                                out.resolve("training_corpus.txt") + ": 9 bytes, 8 live and 120 dead ids, SHA-256 "),
                execution.out());
    }

    @Test
    void countsTheIdsThatAConfigurationWouldSee() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), "low lower lowest low low");
        String[] words = {
            "corpus",
            "info",
            text.toString(),
            "--vocabulary",
            "300",
            "--set",
            "corpus.train.vocabulary=260",
            "--set",
            "corpus.rare=1",
            "--set",
            "corpus.dead=0-9"
        };
        Map<String, String> environment =
                Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString());
        Execution table = Execution.in(environment, words);
        assertEquals("", table.err());
        assertTrue(table.out().contains("dead ids      10 of 300: 0-9\n"), table.out());
        assertTrue(table.out().contains("phantom ids   "), table.out());
        assertTrue(table.out().contains("rare ids      "), table.out());
        assertTrue(table.out().contains("coverage      50 % by "), table.out());
        Execution clash = Execution.in(environment, "corpus", "info", "a", "--set", "corpus.rare=1", "--token-ids");
        assertEquals(2, clash.code());
        assertTrue(clash.err().contains("set corpus.tokens and the like"), clash.err());
    }

    @Test
    void preparesNothingOverAnExistingFile() throws IOException {
        Path existing = Files.writeString(folder.resolve("gatsby_clean.txt"), "mine");
        Execution execution = Execution.of("corpus", "prepare", raw.toString(), "--out", folder.toString());
        assertEquals(
                "lilgatsby: " + existing
                        + " already exists and is not overwritten; name another directory with --out\n",
                execution.err());
        assertEquals(2, execution.code());
        assertEquals("mine", Files.readString(existing));
        assertFalse(Files.exists(folder.resolve("training_corpus.txt")));
    }

    @Test
    void doesNotPrepareWhatIsNoRawText() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.txt"), "text");
        Execution execution = Execution.of("corpus", "prepare", plain.toString(), "--out", folder.toString());
        assertEquals(
                "lilgatsby: " + plain + ": has no `*** START OF` marker, so it is not a raw Project Gutenberg text; "
                        + "train on it as it is\n",
                execution.err());
        assertEquals(2, execution.code());
    }

    @Test
    void describesAText() {
        Execution execution =
                Execution.of("corpus", "info", raw.toString(), "--preparation", "gatsby_clean", "--vocabulary", "256");
        assertEquals("""
                corpus        %s
                prepared as   gatsby_clean
                bytes         10
                left out      0 characters
                SHA-256       de1d5efebb1ee3cc623ef93a9abfe7b113ac00aebf0274f100aa2db52234ef12
                live ids      8 of 256: 32 46 65 97-99 101-102
                dead ids      248 of 256: 0-31 33-45 47-64 66-96 100 103-255
                most common   space 2  'a' 2  '.' 1  'A' 1  'b' 1  'c' 1  'e' 1  'f' 1
                least common  '.' 1  'A' 1  'b' 1  'c' 1  'e' 1  'f' 1  space 2  'a' 2
                """.formatted(raw), execution.out());
        assertEquals(0, execution.code());
    }

    @Test
    void describesTheSyntheticCorpusAndSaysSo() {
        assertTrue(
                Execution.of("corpus", "info").out().startsWith("corpus        synthetic: built in, without meaning"));
        JsonNode json = JsonMapper.shared()
                .readTree(Execution.of("corpus", "info", "--json").out());
        assertTrue(json.get("synthetic").asBoolean());
        assertEquals(265_905, json.get("bytes").asInt());
        assertEquals(77, json.get("live").size());
        assertEquals(51, json.get("dead").size());
        assertEquals(' ', json.at("/most_common/0/id").asInt());
    }

    @Test
    void namesAByteOutsideTheVocabulary() {
        Execution execution = Execution.of("corpus", "info", raw.toString(), "--preparation", "none");
        assertTrue(
                execution.err().startsWith("lilgatsby: " + raw + ": byte 0xC3 at offset 56, line 4 is outside"),
                execution.err());
        assertEquals(2, execution.code());
    }

    @Test
    void trainsATokenizerAndWritesTokenIds() throws IOException {
        Path text = Files.writeString(folder.resolve("text.txt"), "low lower lowest\nlow low\n");
        Path tokenizer = folder.resolve("tokenizer.json");
        Execution trained = Execution.of(
                "corpus",
                "train-tokenizer",
                text.toString(),
                "--recipe",
                "whitespace",
                "--vocabulary",
                "20",
                "--out",
                tokenizer.toString());
        assertEquals("", trained.err());
        // <|endoftext|> e l o r s t w, then lo, low and lowe.
        assertEquals(tokenizer + ": a tokenizer of 11 ids\n", trained.out());
        Path ids = folder.resolve("ids.npy");
        Execution tokenized = Execution.of(
                "corpus",
                "tokenize",
                text.toString(),
                text.toString(),
                "--tokenizer",
                folder.toString(),
                "--end-token",
                "<|endoftext|>",
                "--out",
                ids.toString());
        assertEquals("", tokenized.err());
        assertTrue(tokenized.out().startsWith(ids + ": 18 tokens, 6 live and 5 dead ids, hash "), tokenized.out());
        JsonNode info = JsonMapper.shared()
                .readTree(Execution.of("corpus", "info", ids.toString(), "--tokenizer", tokenizer.toString(), "--json")
                        .out());
        assertEquals(18, info.get("tokens").asInt());
        assertEquals(11, info.get("vocabulary").asInt());
        assertEquals(6, info.at("/most_common/0/count").asInt());
        assertEquals("[1,2,3,7,8]", info.get("dead").toString());
        Execution table = Execution.of("corpus", "info", folder + "/*.npy", "--token-ids");
        assertEquals("", table.err());
        assertTrue(table.out().contains("tokens        18\n"), table.out());
        Path renumbering = Files.writeString(folder.resolve("new.json"), "{\"x_to_compact\":{\"9\":0},\"unk_id\":1}");
        Path renumbered = folder.resolve("ids.bin");
        Execution again = Execution.of(
                "corpus",
                "tokenize",
                text.toString(),
                "--tokenizer",
                tokenizer.toString(),
                "--renumber",
                renumbering.toString(),
                "--out",
                renumbered.toString());
        assertEquals("", again.err());
        assertTrue(again.out().contains("8 tokens, 2 live and 0 dead ids"), again.out());
        assertEquals(16, Files.size(renumbered));
    }

    @Test
    void writesNoTokenizerOrTokenIdsOverAnExistingFile() {
        for (String verb : new String[] {"train-tokenizer", "tokenize"}) {
            Execution execution = Execution.of(
                    "corpus",
                    verb,
                    raw.toString(),
                    verb.equals("tokenize") ? "--tokenizer=x" : "--vocabulary=300",
                    "--out",
                    raw.toString());
            assertEquals(
                    "lilgatsby: " + raw + " already exists and is not overwritten; name another file with --out\n",
                    execution.err());
            assertEquals(2, execution.code());
        }
    }

    @Test
    void refusesAPreparationThatThereIsNot() {
        Execution execution = Execution.of("corpus", "info", "--preparation", "clean");
        assertEquals(
                "lilgatsby: invalid value for option '--preparation': is \"clean\"; allowed are none, "
                        + "training_corpus, gatsby_clean\n"
                        + "Try lilgatsby corpus info --help\n",
                execution.err());
        assertEquals(2, execution.code());
    }

    @Test
    void refusesAVocabularyOutOfRange() {
        Execution execution = Execution.of("corpus", "info", "--vocabulary", "0");
        assertEquals(
                "lilgatsby: --vocabulary is 0; allowed are whole numbers from 2 to 1048576\nTry lilgatsby "
                        + "corpus info --help\n",
                execution.err());
        assertEquals(2, execution.code());
    }

    @Test
    void fetchesIntoTheCacheWhereGatsbyIsFound() throws IOException {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", folder.toString());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/book.txt", exchange -> {
            byte[] body = RAW.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream response = exchange.getResponseBody()) {
                response.write(body);
            }
        });
        server.start();
        try {
            String address = "http://localhost:" + server.getAddress().getPort() + "/book.txt";
            Execution fetched = Execution.in(environment, "corpus", "fetch", "--from", address);
            assertEquals(folder.resolve("lilgatsby/gatsby.txt") + "\n", fetched.out());
            assertEquals(0, fetched.code());
        } finally {
            server.stop(0);
        }
        Execution described = Execution.in(environment, "corpus", "info", "gatsby");
        assertTrue(described.out().contains("bytes         9\n"), described.out());
    }
}
