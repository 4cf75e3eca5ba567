package org.lilgatsby.checkpoint;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that is read from JSON files, with everything that can be wrong in them. */
class HostileJsonTest {
    /** A reader of one of the files of a model directory. */
    private interface Parser {
        Object read(Path file) throws IOException;
    }

    private static final List<Parser> PARSERS = List.of(PublishedConfig::read, ShardIndex::read, TokenizerParser::read);

    private static final List<String> VALID = List.of("""
            {"model_type":"gpt2","vocab_size":128,"n_embd":64,"tie_word_embeddings":true,\
            "text_config":{"vocab_size":1}}""", """
            {"metadata":{"total_size":1},"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}""", """
            {"added_tokens":[{"id":1,"content":"x"}],"decoder":{"type":"ByteLevel"},\
            "model":{"vocab":{"a":0,"\\u0120b":1}}}""");

    @TempDir
    private Path directory;

    private String refused(Parser parser, byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("file.json"), content);
        String message =
                assertThrows(CheckpointException.class, () -> parser.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        return message.substring(file.toString().length() + 2);
    }

    private String refused(Parser parser, String content) throws IOException {
        return refused(parser, content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void validFilesAreRead() throws IOException {
        for (int i = 0; i < PARSERS.size(); i++) {
            assertNotNull(PARSERS.get(i).read(Files.writeString(directory.resolve("file.json"), VALID.get(i))));
        }
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        for (int i = 0; i < PARSERS.size(); i++) {
            byte[] valid = VALID.get(i).getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < valid.length; length++) {
                refused(PARSERS.get(i), Arrays.copyOf(valid, length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "1",
                "\"a\"",
                "{",
                "{}}",
                "{} {}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\n\":1}",
                "{/**/}",
                "\u0000"
            })
    void whatIsNotOneObjectIsRefused(String json) throws IOException {
        for (Parser parser : PARSERS) {
            refused(parser, json);
        }
    }

    @Test
    void nestingTextAndNumbersAreLimited() throws IOException {
        for (Parser parser : PARSERS) {
            refused(parser, "{\"a\":" + "[".repeat(1_000_000));
            refused(parser, "{\"a\":" + "{\"b\":".repeat(100_000));
            refused(parser, "{\"" + "n".repeat(1 << 17) + "\":1}");
        }
        refused(PublishedConfig::read, "{\"vocab_size\":" + "9".repeat(1_000_000) + "}");
        refused(PublishedConfig::read, "{\"model_type\":\"" + "x".repeat(1 << 21) + "\"}");
    }

    @Test
    void whatIsNotUtf8IsRefused() throws IOException {
        for (Parser parser : PARSERS) {
            refused(parser, new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'});
            refused(parser, "{}".getBytes(StandardCharsets.UTF_16LE));
            refused(parser, "{}".getBytes(StandardCharsets.UTF_16));
        }
    }

    @Test
    void aDirectoryIsNoFile() {
        for (Parser parser : PARSERS) {
            assertThrows(CheckpointException.class, () -> parser.read(directory));
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {"model_type":1}                 | model_type must be text, not "1"
            {"vocab_size":"128"}             | vocab_size must be a whole number in [0, 2147483647], not "128"
            {"vocab_size":-1}                | vocab_size must be a whole number in [0, 2147483647], not "-1"
            {"vocab_size":128.0}             | vocab_size must be a whole number in [0, 2147483647], not "128.0"
            {"vocab_size":2147483648}        | vocab_size must be a whole number in [0, 2147483647], not "2147483648"
            {"n_embd":[64]}                  | n_embd must be a whole number in [0, 2147483647], not [
            {"tie_word_embeddings":"true"}   | tie_word_embeddings must be true or false, not "true"
            {"text_config":{"vocab_size":{}}}| vocab_size must be a whole number in [0, 2147483647], not {
            """)
    void configurationsOfTheWrongTypeAreRefused(String json, String problem) throws IOException {
        assertEquals(problem, refused(PublishedConfig::read, json));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {}                         | weight_map is missing or empty
            {"weight_map":{}}          | weight_map is missing or empty
            {"weight_map":[]}          | weight_map must be an object, not [
            {"weight_map":null}        | weight_map must be an object, not "null"
            {"weight_map":{"a":1}}     | the file of a tensor must be text, not "1"
            """)
    void indicesOfTheWrongTypeAreRefused(String json, String problem) throws IOException {
        assertEquals(problem, refused(ShardIndex::read, json));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {}                                                            | model.vocab is missing or empty
            {"model":{"vocab":{}}}                                        | model.vocab is missing or empty
            {"model":null}                                                | model must be an object, not "null"
            {"model":{"vocab":1}}                                         | vocab must be an array, not "1"
            {"model":{"vocab":{"a":-1}}} | \
                the id of a token must be a whole number in [0, 2147483647], not "-1"
            {"model":{"vocab":{"a":"0"}}} | \
                the id of a token must be a whole number in [0, 2147483647], not "0"
            {"model":{"vocab":{"a":0,"b":0}}}                             | tokens "a" and "b" have the same id, 0
            {"model":{"vocab":[["a",0],[1]]}}                             | entry 1 of vocab has no token
            {"model":{"vocab":["a"]}}                                     | an entry of vocab must be an array, not "a"
            {"added_tokens":{}}                                           | added_tokens must be an array, not {
            {"added_tokens":[{"id":1}]}                                   | an added token lacks id or content
            {"added_tokens":[{"content":"a"}]}                            | an added token lacks id or content
            {"added_tokens":[{"id":1,"content":"a"},{"id":1,"content":"b"}]} | tokens "a" and "b" have the same id, 1
            """)
    void tokenizersOfTheWrongTypeAreRefused(String json, String problem) throws IOException {
        assertEquals(problem, refused(TokenizerParser::read, json));
    }

    @Property(tries = 200)
    void aMutatedFileIsReadOrRefused(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Path file = Files.createTempFile("mutated", ".json");
        try {
            for (int i = 0; i < PARSERS.size(); i++) {
                byte[] bytes = VALID.get(i).getBytes(StandardCharsets.UTF_8);
                String interesting = "{}[]\",:\\0129-+.eE u\0\u00ff\u0080ntf";
                for (int mutations = 1 + random.nextInt(4); mutations > 0; mutations--) {
                    bytes[random.nextInt(bytes.length)] =
                            (byte) interesting.charAt(random.nextInt(interesting.length()));
                }
                Files.write(file, bytes);
                try {
                    assertNotNull(PARSERS.get(i).read(file));
                } catch (CheckpointException e) {
                    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
                }
            }
        } finally {
            Files.delete(file);
        }
    }
}
