package org.lilgatsby.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ByteTokenizerTest {
    @TempDir
    private Path folder;

    private static JsonNode vocab(int vocabulary) {
        return new JsonMapper().readTree(ByteTokenizer.tokenizer(vocabulary)).at("/model/vocab");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 128, 256, 300})
    void everyIdHasATokenOfItsOwn(int vocabulary) {
        Set<Integer> ids = new HashSet<>();
        vocab(vocabulary).values().forEach(id -> ids.add(id.asInt()));
        assertEquals(vocabulary, ids.size());
        assertTrue(ids.stream().allMatch(id -> id >= 0 && id < vocabulary));
    }

    @Test
    void bytesAreWrittenInTheAlphabetOfByteLevelTokenizers() {
        JsonNode vocab = vocab(300);
        assertEquals('A', vocab.get("A").asInt());
        assertEquals('\n', vocab.get("\u010a").asInt());
        assertEquals(' ', vocab.get("\u0120").asInt());
        assertEquals(255, vocab.get("\u00ff").asInt());
        assertEquals(299, vocab.get("<|299|>").asInt());
    }

    /** Tokens of several characters come from merges, or are added ones. */
    @Test
    void noTextLeadsToAnIdBeyondTheBytes() {
        JsonNode tokenizer = new JsonMapper().readTree(ByteTokenizer.tokenizer(300));
        assertTrue(tokenizer.at("/model/merges").isEmpty());
        assertTrue(tokenizer.at("/added_tokens").isEmpty());
        vocab(300)
                .properties()
                .forEach(token -> assertEquals(
                        token.getValue().asInt() < 256, token.getKey().length() == 1, token.getKey()));
    }

    @Test
    void ourOwnReaderTakesIt() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.write(file, ByteTokenizer.tokenizer(260).getBytes(StandardCharsets.UTF_8));
        Vocabulary vocabulary = TokenizerParser.read(file);
        assertEquals("A", vocabulary.display('A').orElseThrow());
        assertEquals(" ", vocabulary.display(' ').orElseThrow());
        assertEquals("\\x{ff}", vocabulary.display(255).orElseThrow());
        assertEquals("<|259|>", vocabulary.display(259).orElseThrow());
    }
}
