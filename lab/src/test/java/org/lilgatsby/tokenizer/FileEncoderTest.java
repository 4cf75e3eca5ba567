package org.lilgatsby.tokenizer;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileEncoderTest {
    private static final List<String> CUT = List.of("trained byte-level", "trained whitespace", "trained metaspace");

    private static final Map<String, Tokenizer> READ = new HashMap<>();

    @TempDir
    private Path directory;

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a",
                        "b'",
                        "'s",
                        " ",
                        "  ",
                        "\n",
                        "\n\n",
                        "\t",
                        "1",
                        "\u00e9",
                        "e\u0301",
                        "\u3000",
                        "<|endoftext|>",
                        "\ud83c\udf0a",
                        ".",
                        "\u2581",
                        "\r\n",
                        "word")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 150)
    void cutsChangeNoId(@ForAll("texts") String text) throws IOException {
        Path file = Files.createTempFile("text", ".txt");
        try {
            Files.writeString(file, text);
            for (String name : CUT) {
                Tokenizer tokenizer = tokenizer(name);
                List<int[]> parts = new ArrayList<>();
                new FileEncoder(tokenizer, 1).encode(file, 2, parts::add, _ -> {});
                assertArrayEquals(
                        tokenizer.encode(text),
                        parts.stream().flatMapToInt(Arrays::stream).toArray(),
                        name);
            }
        } finally {
            Files.delete(file);
        }
    }

    /** Reading one takes longer than any text here. */
    private static Tokenizer tokenizer(String name) throws IOException {
        Tokenizer read = READ.get(name);
        if (read == null) {
            Path file = Files.createTempFile("tokenizer", ".json");
            try {
                read = Tokenizer.read(
                        Files.writeString(file, Reference.named(name).json()));
            } finally {
                Files.delete(file);
            }
            READ.put(name, read);
        }
        return read;
    }

    @Test
    void aTextIsReadInParts() throws IOException {
        Path file = Files.writeString(directory.resolve("t.txt"), "the word\nafter a line\n".repeat(2000));
        for (String name : CUT) {
            List<int[]> parts = new ArrayList<>();
            List<Long> progress = new ArrayList<>();
            new FileEncoder(tokenizer(name), 3).encode(file, 512, parts::add, progress::add);
            assertTrue(parts.size() > 80, name + ": " + parts.size());
            assertEquals(Files.size(file), progress.getLast());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "61 0A FF, 0xFF, 2, 2",
        "C3, 0xC3, 0, 1",
        "61 E2 82, 0xE2, 1, 1",
        "ED A0 80, 0xED, 0, 1",
        "C0 80, 0xC0, 0, 1",
        "F4 90 80 80, 0xF4, 0, 1",
        "0A 0A 20 80, 0x80, 3, 3"
    })
    void whatIsNoUtf8IsRefusedWithItsPlace(String bytes, String shown, int offset, int line) throws IOException {
        byte[] content = HexFormat.ofDelimiter(" ").parseHex(bytes);
        for (String before : List.of("", "a line\n".repeat(40_000))) {
            byte[] head = before.getBytes(StandardCharsets.US_ASCII);
            byte[] all = Arrays.copyOf(head, head.length + content.length);
            System.arraycopy(content, 0, all, head.length, content.length);
            Path file = Files.write(directory.resolve("t.txt"), all);
            FileEncoder encoder = new FileEncoder(tokenizer(CUT.getFirst()), 2);
            assertEquals(
                    "%s: byte %s at offset %d, line %d is not UTF-8; convert the file to UTF-8"
                            .formatted(file, shown, head.length + offset, line + (before.isEmpty() ? 0 : 40_000)),
                    assertThrows(TokenizerException.class, () -> encoder.encode(file, _ -> {}, _ -> {}))
                            .getMessage());
        }
    }

    @Test
    void onlyFilesAreRead() throws IOException {
        FileEncoder encoder = new FileEncoder(tokenizer(CUT.getFirst()), 1);
        assertThrows(TokenizerException.class, () -> encoder.encode(directory, _ -> {}, _ -> {}));
        assertThrows(NoSuchFileException.class, () -> encoder.encode(directory.resolve("none"), _ -> {}, _ -> {}));
        assertEquals(0, encoder.encode(Files.createFile(directory.resolve("empty")), _ -> {}, _ -> {}));
    }

    @Test
    void aFailureOfTheSinkComesOut() throws IOException {
        Path file = Files.writeString(directory.resolve("t.txt"), "a");
        FileEncoder encoder = new FileEncoder(tokenizer(CUT.getFirst()), 1);
        assertEquals(
                "full",
                assertThrows(
                                IOException.class,
                                () -> encoder.encode(
                                        file,
                                        _ -> {
                                            throw new IOException("full");
                                        },
                                        _ -> {}))
                        .getMessage());
    }

    @Test
    void aSurrogateWithoutItsPartnerIsRefused() throws IOException {
        Tokenizer tokenizer = tokenizer(CUT.getFirst());
        for (String text : List.of("ab\ud800", "ab\udc00c", "ab\ud800\ud800\udc00")) {
            String message = assertThrows(IllegalArgumentException.class, () -> tokenizer.encode(text))
                    .getMessage();
            assertTrue(message.endsWith("at character 2"), message);
        }
    }
}
