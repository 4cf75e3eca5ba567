package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.corpus.Texts.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lilgatsby.corpus.CorpusCensus.TokenCount;

class CorpusTest {
    private static Corpus of(byte[] bytes, int vocabulary, boolean dropUnknown) {
        return Corpus.of("text.txt", "dir/text.txt", bytes, vocabulary, dropUnknown);
    }

    @Test
    void bytesAreTokens() {
        byte[] text = utf8("abba");
        Corpus corpus = of(text, 128, false);
        text[0] = 'z';
        corpus.bytes()[1] = 'z';
        assertEquals("abba", ascii(corpus.bytes()));
        assertEquals(4, corpus.length());
        assertEquals('b', corpus.token(1));
        int[] ids = {0, 0, 0, 0};
        corpus.copy(2, ids, 1, 2);
        assertArrayEquals(new int[] {0, 'b', 'a', 0}, ids);
        assertThrows(IndexOutOfBoundsException.class, () -> corpus.copy(3, ids, 0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> corpus.copy(0, ids, 3, 2));
        assertFalse(corpus.isSynthetic());
        assertEquals("text.txt", corpus.name());
        assertEquals("dir/text.txt", corpus.source());
        // FIPS 180-4's example "abc"
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                of(utf8("abc"), 128, false).sha256());
    }

    @Test
    void theCensusCountsEveryId() {
        CorpusCensus census = of(utf8("cabbbcd"), 128, false).census();
        assertEquals(128, census.vocabulary());
        assertArrayEquals(new int[] {'a', 'b', 'c', 'd'}, census.live());
        assertEquals(124, census.dead().length);
        assertEquals(127, census.dead()[123]);
        assertEquals(3, census.count('b'));
        assertEquals(0, census.count('e'));
        assertEquals(
                List.of(new TokenCount('b', 3), new TokenCount('c', 2), new TokenCount('a', 1)), census.mostCommon(3));
        assertEquals(List.of(new TokenCount('a', 1), new TokenCount('d', 1)), census.leastCommon(2));
        assertEquals(4, census.mostCommon(99).size());
    }

    @Test
    void aByteOutsideTheVocabularyIsNamed() {
        byte[] text = utf8("one\r\ntwo\rthree\u00E9");
        String message =
                assertThrows(CorpusException.class, () -> of(text, 128, false)).getMessage();
        assertTrue(
                message.startsWith("dir/text.txt: byte 0xC3 at offset 14, line 3 is outside the vocabulary of 128 ids"),
                message);
        String prepared = assertThrows(
                        CorpusException.class, () -> Corpus.of("training_corpus", "book.txt", utf8("a z"), 120, false))
                .getMessage();
        assertTrue(prepared.startsWith("book.txt as training_corpus: byte 0x7A at offset 2, line 1 is"), prepared);
    }

    @Test
    void unknownBytesAreDroppedOnRequestAndCounted() {
        Corpus corpus = of(utf8("\u00E9a\u00E9\u00E9b"), 128, true);
        assertEquals("ab", ascii(corpus.bytes()));
        assertEquals(6, corpus.leftOut());
        assertEquals(of(utf8("ab"), 128, false).sha256(), corpus.sha256());
    }

    @Test
    void allBytesAreTokensOfAVocabularyOf256OrMore() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        Corpus corpus = of(all, 256, false);
        assertEquals(255, corpus.token(255));
        assertEquals(0, corpus.census().dead().length);
        assertEquals(0, corpus.leftOut());
        assertEquals(4096 - 256, of(all, 4096, false).census().dead().length);
    }

    @Test
    void nothingLeftIsAnError() {
        assertThrows(CorpusException.class, () -> of(new byte[0], 128, false));
        assertThrows(CorpusException.class, () -> of(utf8("\u00E9"), 128, true));
    }
}
