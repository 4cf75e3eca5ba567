package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.tokenfile.TokenFileWriter;
import org.lilgatsby.tokenfile.TokenFormat;
import org.lilgatsby.tokenizer.BpeTrainer;
import org.lilgatsby.tokenizer.Recipe;
import org.lilgatsby.tokenizer.Tokenizer;
import org.lilgatsby.tokenizer.TrainingOptions;
import org.lilgatsby.tokenizer.WordCounts;

class TokenCorpusTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    private static final String TEXT = "low lower lowest newer newest widest <b> low\n";
    private static final TrainingOptions OPTIONS = TrainingOptions.of(270, List.of("<|end|>"));

    @TempDir
    Path folder;

    private final List<String> tasks = new ArrayList<>();
    private Path text;
    private Path tokenizerFile;
    private Tokenizer tokenizer;

    @BeforeEach
    void train() throws IOException {
        text = Files.writeString(folder.resolve("text.txt"), TEXT);
        WordCounts counts = new WordCounts(Recipe.BYTE_LEVEL);
        counts.addLines(text, _ -> {});
        tokenizer = BpeTrainer.train(counts, OPTIONS, _ -> {});
        tokenizerFile = Files.writeString(folder.resolve("tokenizer.json"), tokenizer.json());
    }

    private CorpusLoader loader() {
        return new CorpusLoader(new CorpusCache(folder.resolve("cache")), (task, unit, total) -> {
            tasks.add(task);
            return LoadProgress.NONE.begin(task, unit, total);
        });
    }

    private Corpus load(TokenSource tokens, DeadConfig dead, int vocabulary) {
        String source = tokens instanceof TokenSource.Files ? null : text.toString();
        return loader().load(
                        new CorpusConfig(source, Preparation.NONE, false, tokens, WindowConfig.USUAL, dead),
                        vocabulary);
    }

    private Corpus load(TokenSource tokens, int vocabulary) {
        return load(tokens, DeadConfig.ABSENT, vocabulary);
    }

    private TokenSource encoded(String endToken, Path table) {
        return new TokenSource.Encoded(
                new TokenSource.TokenizerChoice.Named(tokenizerFile.toString()),
                endToken,
                table == null ? null : table.toString());
    }

    private static TokenSource files(Path files) {
        return new TokenSource.Files(List.of(files.toString()), null, null, null, null);
    }

    private Path write(String name, TokenFormat format, int... ids) throws IOException {
        Path file = folder.resolve(name);
        try (TokenFileWriter writer = TokenFileWriter.create(file, format, 1000)) {
            writer.write(ids, 0, ids.length);
            writer.finish();
        }
        return Files.setLastModifiedTime(file, LONG_AGO);
    }

    private static int[] ids(Corpus corpus) {
        int[] ids = new int[(int) corpus.length()];
        corpus.copy(0, ids, 0, ids.length);
        return ids;
    }

    private static String refusal(Runnable loading) {
        return assertThrows(CorpusException.class, loading::run).getMessage();
    }

    @Test
    void aTextHasTheIdsThatItsTokenizerGives() {
        Corpus corpus = load(encoded(null, null), 300);
        assertArrayEquals(tokenizer.encode(TEXT), ids(corpus));
        assertEquals("text.txt", corpus.name());
        assertEquals(300 - tokenizer.size(), corpus.phantom());
        assertEquals(300, corpus.live().length + corpus.dead().length);
        assertEquals(299, corpus.dead()[corpus.dead().length - 1]);
        assertEquals(TEXT, corpus.texts().decode(ids(corpus), 0, (int) corpus.length()));
        assertThrows(IllegalStateException.class, corpus::bytes);
    }

    @Test
    void aTokenizerIsTrainedOnTheTextOnceAndGivesTheSameIds() {
        TokenSource trained = new TokenSource.Encoded(
                new TokenSource.TokenizerChoice.Trained(Recipe.BYTE_LEVEL, OPTIONS), null, null);
        Corpus corpus = load(trained, 300);
        assertEquals(load(encoded(null, null), 300).sha256(), corpus.sha256());
        tasks.clear();
        assertEquals(corpus.sha256(), load(trained, 300).sha256());
        assertEquals(List.of(), tasks);
    }

    @Test
    void anEndTokenIsBehindEveryDocument() throws IOException {
        Path texts = Files.createDirectory(folder.resolve("texts"));
        Files.writeString(texts.resolve("b.txt"), "newest");
        Files.writeString(texts.resolve("a.txt"), "low");
        Files.writeString(texts.resolve("c.md"), "no document");
        text = texts;
        Corpus corpus = load(encoded("<|end|>", null), 300);
        assertEquals("low<|end|>newest<|end|>", corpus.texts().decode(ids(corpus), 0, (int) corpus.length()));
        assertEquals("a.txt and 1 more", corpus.name());
        assertTrue(refusal(() -> load(encoded("<|stop|>", null), 300)).contains("\"<|stop|>\", which is not a token"));
    }

    @Test
    void aTableGivesNewIdsAndOneToAllOthers() throws IOException {
        int[] plain = tokenizer.encode(TEXT);
        Path table = Files.writeString(
                folder.resolve("table.json"), "{\"a_to_compact\":{\"%d\":0},\"unk_id\":1}".formatted(plain[0]));
        Corpus corpus = load(encoded(null, table), 4);
        for (int i = 0; i < plain.length; i++) {
            assertEquals(plain[i] == plain[0] ? 0 : 1, corpus.token(i));
        }
        assertEquals(2, corpus.phantom());
        assertEquals(tokenizer.display(plain[0]), corpus.texts().name(0));
        assertEquals(Optional.of("<all other tokens>"), corpus.texts().name(1));
        assertEquals(Optional.empty(), corpus.texts().name(2));
        Path given = write("ids.npy", TokenFormat.NPY, plain);
        Corpus same = load(new TokenSource.Files(List.of(given.toString()), null, null, null, table.toString()), 4);
        assertEquals(corpus.sha256(), same.sha256());
        Path strict = Files.writeString(folder.resolve("strict.json"), "{\"a_to_compact\":{\"7\":0}}");
        assertTrue(refusal(() ->
                        load(new TokenSource.Files(List.of(given.toString()), null, null, null, strict.toString()), 4))
                .contains("ids.npy: id 0: id %d has no new id".formatted(plain[0])));
    }

    @Test
    void theHashIsThatOfTheIdsWhateverFilesHoldThem() throws IOException {
        int[] ids = {5, 0, 7, 7, 3};
        Corpus one = load(files(write("a.bin", TokenFormat.UINT16, ids)), 10);
        Path shards = Files.createDirectory(folder.resolve("shards"));
        write("shards/0.npy", TokenFormat.NPY, 5, 0, 7);
        write("shards/1.safetensors", TokenFormat.SAFETENSORS, 7, 3);
        Corpus two = load(files(shards), 10);
        assertArrayEquals(ids, ids(two));
        assertEquals(one.sha256(), two.sha256());
        assertEquals("0.npy and 1 more", two.name());
        assertArrayEquals(new int[] {1, 2, 4, 6, 8, 9}, two.dead());
        assertArrayEquals(new int[] {0, 3, 5}, two.census().rare(1));
        assertEquals(Optional.empty(), two.texts().name(5));
        assertTrue(refusal(() -> load(files(shards), 7)).contains("0.npy: id 2: 7 is outside the vocabulary of 7"));
        assertTrue(refusal(() -> load(files(folder.resolve("none.npy")), 7)).contains("none.npy: no such file"));
    }

    @Test
    void filesAreCountedOnceUnlessTheyChange() throws IOException {
        Path file = write("a.npy", TokenFormat.NPY, 1, 2, 3);
        Corpus first = load(files(file), 10);
        load(files(file), 10);
        assertEquals(List.of("Counting"), tasks);
        write("a.npy", TokenFormat.NPY, 1, 2, 4);
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.toInstant().plusNanos(1000)));
        assertNotEquals(first.sha256(), load(files(file), 10).sha256());
        assertEquals(List.of("Counting", "Counting"), tasks);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1000)));
        load(files(file), 10);
        load(files(file), 10);
        assertEquals(4, tasks.size(), "what was written just now may be written again in the same tick");
    }

    @Test
    void damageInTheCacheCostsTimeOnly() throws IOException {
        TokenSource trained = new TokenSource.Encoded(
                new TokenSource.TokenizerChoice.Trained(Recipe.BYTE_LEVEL, OPTIONS), null, null);
        String hash = load(trained, 300).sha256();
        try (var kept = Files.list(folder.resolve("cache/tokens"))) {
            for (Path file : kept.toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        assertEquals(hash, load(trained, 300).sha256());
        assertEquals(hash, load(trained, 300).sha256());
        List<String> once = List.of("Reading", "Training", "Tokenizing", "Counting");
        assertEquals(Stream.concat(once.stream(), once.stream()).toList(), tasks);
    }

    @Test
    void severalFilesAreOneSequenceInTheirOrder() throws IOException {
        String last = write("a.npy", TokenFormat.NPY, 4, 5).toString();
        String first = write("b.npy", TokenFormat.NPY, 1, 2, 3).toString();
        TokenSource listed = new TokenSource.Files(List.of(first, last), null, null, null, null);
        Corpus corpus = load(listed, 10);
        assertArrayEquals(new int[] {1, 2, 3, 4, 5}, ids(corpus));
        assertEquals(
                load(files(write("c.bin", TokenFormat.UINT16, 1, 2, 3, 4, 5)), 10)
                        .sha256(),
                corpus.sha256());
        assertEquals("b.npy and 1 more", corpus.name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'3-5, 0'|0 3 4 5", "'7'|7", "' 2 - 2 ,9,2-3'|2 3 9"})
    void deadIdsAreWrittenOut(String ids, String expected) throws IOException {
        TokenSource tokens = files(write("a.npy", TokenFormat.NPY, 1, 2, 3));
        Corpus corpus = load(tokens, new DeadConfig(ids, 0), 10);
        int[] dead = List.of(expected.split(" ")).stream()
                .mapToInt(Integer::parseInt)
                .toArray();
        assertArrayEquals(dead, corpus.dead());
        assertEquals(10 - dead.length, corpus.live().length);
        assertNotEquals(load(tokens, 10).sha256(), corpus.sha256());
        // A mask and a list in files name the same ids, so it is the same corpus.
        int[] mask = new int[10];
        for (int id : dead) {
            mask[id] = 1;
        }
        Path list = write("list.npy", TokenFormat.NPY, dead);
        Path bits = write("mask.bin", TokenFormat.UINT16, mask);
        assertEquals(
                corpus.sha256(),
                load(tokens, new DeadConfig(list.toString(), 0), 10).sha256());
        assertEquals(
                corpus.sha256(),
                load(tokens, new DeadConfig(bits.toString(), 0), 10).sha256());
    }

    /** As {@code numpy.save} and {@code safetensors.numpy.save_file} write an array of booleans. */
    @Test
    void deadIdsAreAMaskOfTruthValues() throws IOException {
        TokenSource tokens = files(write("a.npy", TokenFormat.NPY, 1, 2, 3));
        String expected = load(tokens, new DeadConfig("3-5, 0", 0), 10).sha256();
        byte[] mask = {1, 0, 0, 1, 1, 1, 0, 0, 0, 0};
        Path array = bytes("mask.npy", "\u0093NUMPY\u0001\0v\0", dictionary(10), mask);
        Path tensor = bytes(
                "mask.safetensors",
                "@\0\0\0\0\0\0\0",
                "%-64s".formatted("{\"dead\":{\"dtype\":\"BOOL\",\"shape\":[10],\"data_offsets\":[0,10]}}"),
                mask);
        for (Path file : List.of(array, tensor)) {
            DeadConfig dead = new DeadConfig(file.toString(), 0);
            assertEquals(expected, load(tokens, dead, 10).sha256(), file.toString());
            String message = assertThrows(CorpusException.class, () -> load(tokens, dead, 11))
                    .getMessage();
            assertTrue(message.contains("has 10 numbers, but the vocabulary has 11 ids"), message);
            message = assertThrows(CorpusException.class, () -> load(files(file), 10))
                    .getMessage();
            assertTrue(message.contains("holds truth values; token ids are whole numbers"), message);
        }
    }

    private static String dictionary(int length) {
        String text = "{'descr': '|b1', 'fortran_order': False, 'shape': (%d,), }".formatted(length);
        return "%-117s\n".formatted(text);
    }

    private Path bytes(String name, String start, String header, byte[] data) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((start + header).getBytes(StandardCharsets.ISO_8859_1));
        out.write(data);
        return Files.write(folder.resolve(name), out.toByteArray());
    }

    @Test
    void anyTextIsIdsOrTheNameOfAFile() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            StringBuilder ids = new StringBuilder("1");
            for (int n = random.nextInt(12); n > 0; n--) {
                ids.append("0129-, x".charAt(random.nextInt(8)));
            }
            DeadConfig dead = new DeadConfig(ids.toString(), 0);
            if (dead.file().isEmpty()) {
                try {
                    assertTrue(dead.listed(300).length > 0);
                } catch (CorpusException e) {
                    assertTrue(e.getMessage().startsWith("corpus.dead holds "), e.getMessage());
                }
            }
        }
    }

    @Test
    void deadIdsOutsideTheVocabularyAreRefused() throws IOException {
        TokenSource tokens = files(write("a.npy", TokenFormat.NPY, 1, 2, 3));
        assertTrue(refusal(() -> load(tokens, new DeadConfig("5-10", 0), 10)).contains("id 10, which is outside"));
        assertTrue(refusal(() -> load(tokens, new DeadConfig("5-4", 0), 10)).contains("5-4, which ends before"));
        Path list = write("list.npy", TokenFormat.NPY, 1, 10);
        assertTrue(refusal(() -> load(tokens, new DeadConfig(list.toString(), 0), 10))
                .contains("list.npy: id 1: id 10 is outside the vocabulary"));
        assertTrue(refusal(() -> load(tokens, new DeadConfig(tokenizerFile.toString(), 0), 10))
                .contains("does not tell the format"));
    }

    @Test
    void anotherProcessOpensTheFilesAgain() throws Exception {
        Path file = write("a.npy", TokenFormat.NPY, 1, 2, 3);
        Corpus corpus = load(
                new TokenSource.Files(List.of(file.toString()), null, null, tokenizerFile.toString(), null),
                new DeadConfig("4", 0),
                300);
        byte[] sent = serialized(corpus);
        Corpus arrived = (Corpus) deserialized(sent);
        assertArrayEquals(ids(corpus), ids(arrived));
        assertEquals(corpus.sha256(), arrived.sha256());
        assertArrayEquals(new int[] {4}, arrived.dead());
        assertEquals(corpus.texts().name(270), arrived.texts().name(270));
        write("a.npy", TokenFormat.NPY, 1, 2, 4);
        assertTrue(assertThrows(InvalidObjectException.class, () -> deserialized(sent))
                .getMessage()
                .contains("every machine must see the same files"));
    }

    @Test
    void idsInFilesAreNotSent() throws Exception {
        int[] ids = new int[100_000];
        byte[] sent = serialized(load(files(write("a.npy", TokenFormat.NPY, ids)), 2));
        assertTrue(sent.length < 10_000, sent.length + " bytes");
    }

    private static byte[] serialized(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object deserialized(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
