package org.lilgatsby.tokenizer;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids, texts and files beside Hugging Face's. */
class TokenizerReferenceTest {
    @TempDir
    private Path directory;

    static List<Reference.Case> cases() throws IOException {
        return Reference.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void idsAndTextsAreThoseOfHuggingFace(Reference.Case reference) throws IOException {
        Tokenizer tokenizer = reference.read(directory);
        Encoder encoder = tokenizer.encoder();
        List<String> texts = Reference.texts();
        for (int i = 0; i < texts.size(); i++) {
            int[] ids = reference.ids().get(i);
            assertArrayEquals(ids, encoder.encode(texts.get(i)), "text " + i);
            assertArrayEquals(ids, encoder.encode(texts.get(i)), "from what is remembered");
            assertEquals(reference.decoded().get(i), tokenizer.decode(ids), "text " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aWrittenTokenizerIsTheOneThatWasRead(Reference.Case reference) throws IOException {
        assertEquals(
                Reference.JSON.readTree(reference.json()),
                Reference.JSON.readTree(reference.read(directory).json()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFileInPartsHasTheIdsOfTheWhole(Reference.Case reference) throws IOException {
        Tokenizer tokenizer = reference.read(directory);
        List<String> texts = Reference.texts();
        for (int i = 0; i < texts.size(); i++) {
            Path file = Files.writeString(directory.resolve("text.txt"), texts.get(i));
            for (int chunk : new int[] {2, 3, 7, 64}) {
                List<int[]> parts = new ArrayList<>();
                long count = new FileEncoder(tokenizer, 2).encode(file, chunk, parts::add, _ -> {});
                int[] ids = parts.stream().flatMapToInt(Arrays::stream).toArray();
                assertArrayEquals(reference.ids().get(i), ids, "text " + i + " in parts of " + chunk);
                assertEquals(ids.length, count);
            }
        }
    }

    @Test
    void aVocabularyWithMergesIsReadAsThoseOfGpt2() throws IOException {
        Path vocabulary = Files.writeString(directory.resolve("vocab.json"), """
                {"a":0,"b":1,"ab":2,"\u0120":3,"\u0120ab":4,"<|endoftext|>":5}""");
        Path merges = Files.writeString(directory.resolve("merges.txt"), "#version: 0.2\na b\n\u0120 ab\n");
        Tokenizer tokenizer = Tokenizer.read(vocabulary, merges);
        assertArrayEquals(new int[] {2, 4, 5, 1, 0}, tokenizer.encode("ab ab<|endoftext|>ba"));
        assertEquals("ab ab<|endoftext|>ba", tokenizer.decode(new int[] {2, 4, 5, 1, 0}));
        assertEquals(6, tokenizer.size());
        assertEquals(" ab", tokenizer.display(4).orElseThrow());
        assertEquals(4, tokenizer.id("\u0120ab").orElseThrow());
        assertTrue(tokenizer.token(6).isEmpty());
    }
}
