package org.lilgatsby.checkpoint;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.tokenizer.ByteAlphabet;

class VocabularyTest {
    @TempDir
    private Path directory;

    private Vocabulary read(String json) throws IOException {
        return TokenizerParser.read(Files.writeString(directory.resolve("tokenizer.json"), json));
    }

    @Test
    void byteLevelTokensAreDecoded() throws IOException {
        Vocabulary vocabulary = read("""
                {"version":"1.0","truncation":null,"added_tokens":[{"id":4,"content":"\u0120<|end|>","special":true}],
                 "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split",\
                "pattern":{"Regex":"x"}},{"type":"ByteLevel"}]},
                 "model":{"type":"BPE","merges":["\u0120 t",["a","b"]],"vocab":
                  {"\u0120the":0,"\u00c3\u00a9\u010a":1,"\u00e2\u0124":2,"a\u00e9\u00e9b":3,"x":4,"\u65e5":9,\
                "<b>":10}}}""");
        assertEquals(Optional.of("\u0120the"), vocabulary.token(0));
        assertEquals(Optional.of(" the"), vocabulary.display(0));
        assertEquals(Optional.of("\u00e9\\u{a}"), vocabulary.display(1), "bytes C3 A9 0A");
        assertEquals(Optional.of("\\x{e2}\\x{82}"), vocabulary.display(2), "the beginning of a character");
        assertEquals(Optional.of("a\\x{e9}\\x{e9}b"), vocabulary.display(3));
        assertEquals(Optional.of("\u0120<|end|>"), vocabulary.display(4), "added tokens are plain text and come first");
        assertEquals(Optional.of("\u65e5"), vocabulary.display(9), "not of the alphabet");
        assertEquals(Optional.of("<b>"), vocabulary.display(10));
        assertFalse(vocabulary.contains(5));
        assertEquals(Optional.empty(), vocabulary.token(5));
        assertEquals(Optional.empty(), vocabulary.display(-1));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 9, 10}, vocabulary.ids(), "each once");
    }

    @Test
    void everyByteHasItsCharacter() {
        StringBuilder all = new StringBuilder();
        int next = 256;
        for (int b = 0; b < 128; b++) {
            all.appendCodePoint(b > 32 && b < 127 ? b : next++);
        }
        StringBuilder expected = new StringBuilder();
        for (int b = 0; b < 128; b++) {
            expected.append(b >= 32 && b < 127 ? Character.toString(b) : "\\u{" + Integer.toHexString(b) + "}");
        }
        assertEquals(Optional.of(expected.toString()), ByteAlphabet.decode(all.toString()));
        assertEquals(Optional.of("\\x{80}\\x{a0}\\x{ad}\\x{ff}"), ByteAlphabet.decode("\u0122\u0142\u0143\u00ff"));
        assertEquals(Optional.empty(), ByteAlphabet.decode(" "));
        assertEquals(Optional.empty(), ByteAlphabet.decode("\u0144"));
        assertEquals(Optional.of(""), ByteAlphabet.decode(""));
    }

    @Test
    void unigramTokensAreNumberedInOrder() throws IOException {
        Vocabulary vocabulary = read("""
                {"model":{"type":"Unigram","unk_id":0,"vocab":[["<unk>",0.0],["\u2581the",-3.5],["\\u0007",-4]]},\
                "decoder":null}""");
        assertEquals(Optional.of("<unk>"), vocabulary.display(0));
        assertEquals(Optional.of("\u2581the"), vocabulary.display(1));
        assertEquals(Optional.of("\\u{7}"), vocabulary.display(2), "controls are shown");
        assertFalse(vocabulary.contains(3));
    }

    @Test
    void wordPieceTokensAreTakenAsTheyAre() throws IOException {
        Vocabulary vocabulary = read("""
                {"decoder":{"type":"WordPiece","prefix":"##"},\
                "model":{"type":"WordPiece","vocab":{"[PAD]":0,"##ing":7}}}""");
        assertEquals(Optional.of("##ing"), vocabulary.display(7));
    }
}
