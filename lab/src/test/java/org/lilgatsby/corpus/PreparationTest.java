package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.corpus.Texts.ascii;

import org.junit.jupiter.api.Test;

class PreparationTest {
    @Test
    void theTrainingCorpusKeepsEveryAsciiCharacter() {
        assertEquals(
                "He didnt say\nany more wait.\n\n  caf\t~",
                ascii(Preparation.TRAINING_CORPUS
                        .prepare("\u201CHe didn\u2019t say\nany more\u2014\u200A wait.\u201D\n\n  "
                                + "caf\u00E9\t~\uD83D\uDE00")
                        .bytes()));
    }

    @Test
    void theCleanTextHasOneTransliteratedLineAParagraph() {
        assertEquals(
                "\"He didn't say any more-- wait.\"\ncafe francais...\n* * *",
                ascii(Preparation.GATSBY_CLEAN
                        .prepare("\u201CHe didn\u2019t say\n   any more\u2014 \nwait.\u201D\n\n \t\n\n"
                                + "  caf\u00E9\nfran\u00E7ais\u2026\n\n* * *")
                        .bytes()));
    }

    @Test
    void everyCharacterThatIsLeftOutIsCounted() {
        assertEquals(
                3,
                Preparation.TRAINING_CORPUS
                        .prepare("a\u201Cb\u00E9\uD83D\uDE00c")
                        .leftOut());
        assertEquals(0, Preparation.GATSBY_CLEAN.prepare("a\u201Cb\u00E9c").leftOut());
    }

    @Test
    void whateverTheCharactersTheResultIsAscii() {
        StringBuilder everything = new StringBuilder();
        for (int c = 1; c <= Character.MAX_CODE_POINT; c += c < 0x10000 ? 1 : 0x101) {
            everything.appendCodePoint(c);
        }
        for (Preparation preparation : new Preparation[] {Preparation.TRAINING_CORPUS, Preparation.GATSBY_CLEAN}) {
            for (byte b : preparation.prepare(everything.toString()).bytes()) {
                assertTrue(b >= 0);
            }
        }
    }

    @Test
    void namesAreThoseOfTheConfiguration() {
        assertEquals("none", Preparation.NONE.toString());
        assertEquals("training_corpus", Preparation.TRAINING_CORPUS.toString());
        assertEquals("gatsby_clean", Preparation.GATSBY_CLEAN.toString());
    }

    @Test
    void asItIsIsNoPreparation() {
        assertThrows(IllegalStateException.class, () -> Preparation.NONE.prepare("x"));
    }
}
