package org.lilgatsby.tokenizer;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.files.Text;

/** Everything that can be wrong in a tokenizer's files. */
class HostileTokenizerTest {
    private static final String VALID = """
            {"version":"1.0","added_tokens":[{"id":3,"content":"<e>","single_word":false,"lstrip":false,"rstrip":false,
            "normalized":true,"special":true}],"normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},
            {"type":"Lowercase"}]},"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":
            {"Regex":"(?i:'[sx])| ?\\\\p{L}+|[^\\\\s\\\\p{N}]{1,3}|\\\\s+(?!\\\\S)"},"behavior":"Isolated",
            "invert":false},{"type":"Metaspace","replacement":"_","prepend_scheme":"first","split":true}]},
            "decoder":{"type":"Strip","content":"_","start":1,"stop":1},"model":{"type":"BPE","unk_token":"a",
            "byte_fallback":true,"vocab":{"a":0,"b":1,"ab":2},"merges":["a b",["a","b"]]}}""";

    @TempDir
    private Path directory;

    private String refused(byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("tokenizer.json"), content);
        String message = assertThrows(TokenizerException.class, () -> Tokenizer.read(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        return message.substring(file.toString().length() + 2);
    }

    private String refused(String content) throws IOException {
        return refused(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theValidOneIsRead() throws IOException {
        Tokenizer tokenizer = Tokenizer.read(Files.writeString(directory.resolve("t.json"), VALID));
        assertArrayEquals(new int[] {0, 2, 3, 0, 2}, tokenizer.encode("ab<e> ab"));
        assertEquals(4, tokenizer.size());
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] valid = VALID.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < valid.length; length++) {
            refused(Arrays.copyOf(valid, length));
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {}                                                     | model is missing
            {"version":"2.0"}                                      | version is "2.0"; only version 1.0 is supported
            {"model":null}                                         | model must be an object, not "null"
            {"model":{}}                                           | model.vocab is missing
            {"model":{"type":"Unigram","vocab":[["a",0]]}}         | model.type is "Unigram"; only BPE is supported
            {"model":{"type":"WordPiece","vocab":{"a":0}}}         | model.type is "WordPiece"; only BPE is supported
            {"model":{"vocab":{"a":0}}}                            | model.merges is missing
            {"model":{"vocab":{"a":-1},"merges":[]}} | \
                the id of token "a" must be a whole number in [0, 2147483647], not "-1"
            {"model":{"vocab":{"a":2147483647},"merges":[]}} | \
                the id of token "a" is 2147483647; at most 2147483646 is possible
            {"model":{"vocab":{"a":0,"b":0},"merges":[]}}          | tokens "a" and "b" have the same id, 0
            {"model":{"vocab":{"\\ud800":0},"merges":[]}} | \
                Broken surrogate pair in property name: expected '\\' to start low surrogate, got 0x22
            {"model":{"vocab":{"a":0},"merges":["a"]}}             | merge 1 has 1 parts instead of two
            {"model":{"vocab":{"a":0},"merges":["a b c"]}}         | merge 1 has 3 parts instead of two
            {"model":{"vocab":{"a":0},"merges":[["a","b","c"]]}}   | merge 1 has more than two parts
            {"model":{"vocab":{"a":0},"merges":[1]}}               | a merge must be an array, not "1"
            {"model":{"vocab":{"a":0},"merges":["a b"]}} | \
                merge 1 ("a", "b") needs "ab", which is not in the vocabulary
            {"model":{"vocab":{"a":0,"ab":1},"merges":["a b"]}} | \
                merge 1 ("a", "b") needs "b", which is not in the vocabulary
            {"model":{"vocab":{"a":0,"":1},"merges":["a "]}}       | merge 1 ("a", "") joins an empty token
            {"model":{"vocab":{"a":0,"":1},"merges":[" a"]}}       | merge 1 ("", "a") joins an empty token
            {"model":{"vocab":{"a":0},"merges":[],"unk_token":"u"}} | \
                model.unk_token is "u", which is not in the vocabulary
            {"model":{"vocab":{"a":0},"merges":[],"unk_token":1}}  | model.unk_token must be text or null, not 1
            {"model":{"vocab":{"a":0},"merges":[],"dropout":0.1}} | \
                model.dropout is 0.1, which makes encoding random; set it to null
            {"model":{"vocab":{"a":0},"merges":[],"fuse_unk":"x"}} | model.fuse_unk must be true or false, not "x"
            """)
    void modelsThatAreWrongAreRefused(String json, String problem) throws IOException {
        assertEquals(problem, refused(json));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "pre_tokenizer":1                                          | pre_tokenizer must be an object or null, not 1
            "pre_tokenizer":{}                                         | pre_tokenizer has no type
            "pre_tokenizer":{"type":"Punctuation"} | \
                pre_tokenizer "Punctuation": not supported; supported are ByteLevel, Whitespace, WhitespaceSplit, \
            Metaspace, Digits, Split and Sequence
            "pre_tokenizer":{"type":"ByteLevel"} | \
                pre_tokenizer "ByteLevel": add_prefix_space must be true or false, not null
            "pre_tokenizer":{"type":"Metaspace","replacement":"ab"} | \
                pre_tokenizer "Metaspace": replacement must be one character, not "ab"
            "pre_tokenizer":{"type":"Metaspace","replacement":"\\ud83c\\udf0a"} | \
                pre_tokenizer "Metaspace": replacement must be one character below U+10000, not "\ud83c\udf0a"
            "pre_tokenizer":{"type":"Metaspace","replacement":"_","prepend_scheme":"x"} | \
                pre_tokenizer "Metaspace": prepend_scheme must be always, first or never, not "x"
            "pre_tokenizer":{"type":"Metaspace","replacement":"_","add_prefix_space":false} | \
                pre_tokenizer "Metaspace": add_prefix_space is false, but prepend_scheme is "always"
            "pre_tokenizer":{"type":"Sequence"} | \
                pre_tokenizer "Sequence": pretokenizers must be an array, not null
            "pre_tokenizer":{"type":"Sequence","pretokenizers":[null]} | \
                pre_tokenizer "Sequence": an element of the sequence is null
            "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Bert"}]} | \
                pre_tokenizer "Bert": not supported; supported are ByteLevel, Whitespace, WhitespaceSplit, Metaspace, \
            Digits, Split and Sequence
            "normalizer":{"type":"StripAccents"} | \
                normalizer "StripAccents": not supported; supported are NFC, NFD, NFKC, NFKD, Lowercase, Prepend, \
            Replace and Sequence
            "normalizer":{"type":"Replace","pattern":{"Regex":"a"},"content":""} | \
                normalizer "Replace": pattern must be {"String": TEXT}, the only kind that is supported, not an object
            "normalizer":{"type":"Replace","pattern":{"String":""},"content":""} | \
                normalizer "Replace": pattern must be {"String": TEXT}, the only kind that is supported, not an object
            "normalizer":{"type":"Prepend","prepend":"\\udc00"} | \
                normalizer "Prepend": prepend must be text, not "\\u{dc00}"
            "decoder":{"type":"WordPiece"} | \
                decoder "WordPiece": not supported; supported are ByteLevel, Metaspace, BPEDecoder, ByteFallback, \
            Fuse, Strip, Replace and Sequence
            "decoder":{"type":"Strip","content":"a","start":-1,"stop":0} | \
                decoder "Strip": start must be a whole number in [0, 2147483647], not -1
            "decoder":{"type":"BPEDecoder","suffix":""} | \
                decoder "BPEDecoder": suffix must be non-empty text, not ""
            "added_tokens":[{"id":1}]                                  | entry 0 of added_tokens lacks id or content
            "added_tokens":[{"id":9,"content":"x","single_word":false,"lstrip":false,"rstrip":false,\
            "normalized":false,"special":true}] | \
                added token "x" has id 9, but Hugging Face's tokenizers would give it 1: the next free one; \
            correct its id
            "added_tokens":[{"id":1,"content":"a","single_word":false,"lstrip":false,"rstrip":false,\
            "normalized":false,"special":true}] | \
                added token "a" has id 1, but Hugging Face's tokenizers would give it 0: the one that it already has; \
            correct its id
            "added_tokens":[{"id":1,"content":"x"}]                    | added token "x": single_word is missing
            "added_tokens":[{"id":1,"content":"x","single_word":0}] | \
                added token "x": single_word must be true or false, not 0
            "added_tokens":[{"id":1,"content":"\\ud800"}] | \
                added token "\\u{d800}" has an unpaired surrogate
            """)
    void whatStandsAroundTheModelIsRefused(String member, String problem) throws IOException {
        assertEquals(
                problem, refused("{" + member + ",\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]}}"));
    }

    @Test
    void nestingIsLimited() throws IOException {
        refused("{\"pre_tokenizer\":" + "{\"type\":\"Sequence\",\"pretokenizers\":[".repeat(10_000));
        refused("{\"model\":" + "[".repeat(1_000_000));
    }

    @Test
    void longAddedTokensAreRefused() throws IOException {
        String message = refused("{\"added_tokens\":[{\"id\":0,\"content\":\"" + "a".repeat(513) + "\"}]}");
        assertTrue(message.endsWith("is longer than 512 characters"), message);
    }

    @Test
    void replacementsThatMultiplyEachOtherAreRefused() throws IOException {
        String growth =
                "{\"type\":\"Replace\",\"pattern\":{\"String\":\"a\"},\"content\":\"%s\"}".formatted("a".repeat(1000));
        String stages = "[" + String.join(",", Collections.nCopies(9, growth)) + "]";
        for (String part : List.of(
                "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":%s}",
                "\"decoder\":{\"type\":\"Sequence\",\"decoders\":%s}")) {
            Tokenizer tokenizer = Tokenizer.read(Files.writeString(
                    directory.resolve("t.json"),
                    "{" + part.formatted(stages) + ",\"model\":{\"vocab\":{\"a\":0},\"merges\":[]}}"));
            assertEquals(
                    "the tokenizer's replacements produce 1000000 characters from 1000; at most 16 times as many, "
                            + "plus 65536, are possible",
                    assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(tokenizer.encode("a")))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', textBlock = """
            (a ; a bracket is not closed
            a) ; unmatched ")" at character 1 is not supported
            a* ; it can match the empty text
            a|b? ; it can match the empty text
            (ab)+ ; a repeated group at character 4 is not supported
            a+* ; a second quantifier at character 2 is not supported
            a{2}+ ; a second quantifier at character 4 is not supported
            a{3,2} ; this quantifier at character 1 is not supported
            a{1001} ; this quantifier at character 1 is not supported
            (?<=a)b ; this kind of group at character 0 is not supported
            (?=a)+b ; a repeated lookahead at character 5 is not supported
            ^a ; "^" without a backslash at character 0 is not supported
            [a[b]] ; a class in a class at character 2 is not supported
            []a] ; a class is empty
            [a ; a class is not closed
            [b-a] ; this range at character 1 is not supported
            \\h ; this escape at character 0 is not supported
            \\p{Han} ; this property at character 0 is not supported
            (?i:ss) ; "ss" where case is ignored at character 6 is not supported
            (?i:[^a]) ; a negated class where case is ignored at character 6 is not supported
            (?i:é) ; a character outside ASCII where case is ignored at character 5 is not supported
            """)
    void expressionsThatMayMeanSomethingElseThereAreRefused(String source, String problem) throws IOException {
        String json = """
                {"pre_tokenizer":{"type":"Split","pattern":{"Regex":"%s"},"behavior":"Isolated","invert":false},
                "model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""".formatted(source.replace("\\", "\\\\"));
        assertEquals(
                "pre_tokenizer \"Split\": the regular expression %s: %s".formatted(Text.quote(source), problem),
                refused(json));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "pattern":{"String":""},"behavior":"Removed","invert":false | \
                pattern must be {"String": TEXT} with non-empty text, or {"Regex": TEXT}, not an object
            "pattern":"a","behavior":"Removed","invert":false | \
                pattern must be {"String": TEXT} with non-empty text, or {"Regex": TEXT}, not "a"
            "pattern":{"String":"a"},"behavior":"removed","invert":false | \
                behavior must be Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous, not "removed"
            "pattern":{"String":"a"},"behavior":"Removed" | \
                invert must be true or false, not null
            """)
    void splitsThatAreWrongAreRefused(String members, String problem) throws IOException {
        assertEquals(
                "pre_tokenizer \"Split\": " + problem,
                refused("{\"pre_tokenizer\":{\"type\":\"Split\"," + members
                        + "},\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]}}"));
    }

    @Test
    void anExpressionThatGoesBackAgainAndAgainIsStopped() throws IOException {
        String json = """
                {"pre_tokenizer":{"type":"Split","pattern":{"Regex":"a*a*a*a*b"},"behavior":"Isolated","invert":false},
                "model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""";
        Tokenizer tokenizer = Tokenizer.read(Files.writeString(directory.resolve("t.json"), json));
        assertEquals(
                "the regular expression of the tokenizer looks at each of 100000 characters more than 2048 times; make "
                        + "it simpler",
                assertThrows(IllegalArgumentException.class, () -> tokenizer.encode("a".repeat(100_000)))
                        .getMessage());
    }

    @Property(tries = 2000)
    void anyExpressionIsReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        String[] parts = {
            "a",
            "b",
            "-",
            "[",
            "]",
            "^",
            "(",
            "(?:",
            "(?i:",
            "(?!",
            ")",
            "|",
            "?",
            "*",
            "+",
            "{",
            "2",
            ",",
            "}",
            "\\s",
            "\\S",
            "\\p{L}",
            "\\P{Nd}",
            "\\w",
            "\\d",
            "\\n",
            "\\",
            ".",
            "$",
            "&&",
            "\u00e9",
            "\ud83c\udf0a"
        };
        StringBuilder source = new StringBuilder();
        for (int n = 1 + random.nextInt(12); n > 0; n--) {
            source.append(parts[random.nextInt(parts.length)]);
        }
        SplitPattern.Regex regex;
        try {
            regex = new SplitPattern.Regex(source.toString());
        } catch (IllegalArgumentException e) {
            assertFalse(e instanceof java.util.regex.PatternSyntaxException, source + ": " + e.getMessage());
            return;
        }
        char[] text = "ab--a\u00e9\ud83c\udf0a2 \n,aab".toCharArray();
        int[] at = {0};
        regex.search(text, 0, text.length, (from, to, _) -> {
            assertEquals(at[0], from);
            assertTrue(from < to);
            at[0] = to;
        });
        assertEquals(text.length, at[0]);
    }

    @Test
    void aPieceOfAMillionCharactersIsEncoded() throws IOException {
        String json = """
                {"model":{"type":"BPE","vocab":{"a":0,"aa":1,"aaaa":2},"merges":["a a","aa aa"]}}""";
        int[] ids = Tokenizer.read(Files.writeString(directory.resolve("t.json"), json))
                .encode("a".repeat(1_000_003));
        assertEquals(250_002, ids.length);
        assertArrayEquals(new int[] {2, 1, 0}, Arrays.copyOfRange(ids, ids.length - 3, ids.length));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            `a b\\n\\n`      | line 2 is not two tokens separated by one space: ""
            `a b\\nab`       | line 2 is not two tokens separated by one space: "ab"
            `#version: 1\\na  b` | line 2 is not two tokens separated by one space: "a  b"
            `a c`            | merge 1 ("a", "c") needs "ac", which is not in the vocabulary
            ` a`             | merge 1 ("", "a") joins an empty token
            """)
    void mergesThatAreWrongAreRefused(String lines, String problem) throws IOException {
        Path vocabulary = Files.writeString(directory.resolve("vocab.json"), "{\"a\":0,\"b\":1,\"ab\":2}");
        Path merges = Files.writeString(directory.resolve("merges.txt"), lines.translateEscapes());
        assertEquals(
                merges + ": " + problem,
                assertThrows(TokenizerException.class, () -> Tokenizer.read(vocabulary, merges))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {}                  | the vocabulary is empty
            []                  | the vocabulary must be an object, not [
            {"a":0,"b":0}       | tokens "a" and "b" have the same id, 0
            {"a":"0"}           | the id of a token must be a whole number in [0, 2147483647], not "0"
            {"\\udc00":0}       | Unexpected low surrogate in property name: 0xdc00
            """)
    void vocabulariesThatAreWrongAreRefused(String json, String problem) throws IOException {
        Path vocabulary = Files.writeString(directory.resolve("vocab.json"), json);
        Path merges = Files.writeString(directory.resolve("merges.txt"), "");
        assertEquals(
                vocabulary + ": " + problem,
                assertThrows(TokenizerException.class, () -> Tokenizer.read(vocabulary, merges))
                        .getMessage());
    }

    @Test
    void mergesThatAreNoUtf8AreRefused() throws IOException {
        Path vocabulary = Files.writeString(directory.resolve("vocab.json"), "{\"a\":0}");
        Path merges = Files.write(directory.resolve("merges.txt"), new byte[] {'a', ' ', (byte) 0xFF});
        assertEquals(
                merges + ": the file is not UTF-8",
                assertThrows(TokenizerException.class, () -> Tokenizer.read(vocabulary, merges))
                        .getMessage());
        assertThrows(TokenizerException.class, () -> Tokenizer.read(vocabulary, directory));
        assertThrows(TokenizerException.class, () -> Tokenizer.read(directory, merges));
    }

    @Property(tries = 300)
    void aMutatedFileIsReadOrRefused(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
        String interesting = "{}[]\",:\\0129-+.eE u\0\u00ff\u0080ntf_ab";
        for (int mutations = 1 + random.nextInt(4); mutations > 0; mutations--) {
            bytes[random.nextInt(bytes.length)] = (byte) interesting.charAt(random.nextInt(interesting.length()));
        }
        Path file = Files.write(Files.createTempFile("mutated", ".json"), bytes);
        try {
            Tokenizer tokenizer = Tokenizer.read(file);
            tokenizer.decode(tokenizer.encode("ab<e> _ab\u00e9"));
            assertNotNull(tokenizer.json());
        } catch (TokenizerException e) {
            assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        } finally {
            Files.delete(file);
        }
    }
}
