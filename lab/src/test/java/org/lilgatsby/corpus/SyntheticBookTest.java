package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.corpus.Texts.ascii;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SyntheticBookTest {
    /** The bytes that occur in the published training corpus. */
    private static final String ALPHABET =
            "\n !$()*,-.0123456789:;?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]abcdefghijklmnopqrstuvwxyz";

    private static Corpus load(Preparation preparation) {
        return new CorpusLoader(new CorpusCache(Path.of("unused")))
                .load(new CorpusConfig(null, preparation, false), 128);
    }

    private static String live(Corpus corpus) {
        int[] live = corpus.census().live();
        return new String(live, 0, live.length);
    }

    @Test
    void theTrainingCorpusHasThePublishedLengthAndLiveTokens() {
        Corpus corpus = load(Preparation.TRAINING_CORPUS);
        assertEquals(265_905, corpus.length());
        assertEquals(ALPHABET, live(corpus));
        assertEquals(77, corpus.census().live().length);
        assertEquals(51, corpus.census().dead().length);
        assertEquals(
                "9c7bb2b98a752355634fdeb92c2f92f89224091997b7ee16be8c2b472397b09e",
                corpus.sha256(),
                "runs on the default corpus stay comparable");
        assertTrue(corpus.isSynthetic());
        assertEquals("synthetic", corpus.name());
    }

    @Test
    void theCleanTextHasThePublishedLengthAndLiveTokens() {
        Corpus corpus = load(Preparation.GATSBY_CLEAN);
        assertEquals(268_928, corpus.length());
        assertEquals(ALPHABET.replace("!$", "!\"$'"), live(corpus));
        assertEquals(49, corpus.census().dead().length);
        assertEquals(
                "1ad0f37644aa3f0e92ee20b20977215e1ceea67d693072e61ed02a685bd69617",
                corpus.sha256(),
                "runs on the default corpus stay comparable");
    }

    @Test
    void withoutPreparationItIsTheTrainingCorpus() {
        assertEquals(
                load(Preparation.TRAINING_CORPUS).sha256(),
                load(Preparation.NONE).sha256());
    }

    @Test
    void itsLettersAreAsUnevenAsTheBooks() {
        Corpus corpus = load(Preparation.TRAINING_CORPUS);
        double entropy = 0;
        for (int id : corpus.census().live()) {
            double p = corpus.census().count(id) / (double) corpus.length();
            entropy -= p * Math.log(p);
        }
        assertEquals(3.0925, entropy, 0.02, "nats per byte: where the published losses have their plateau");
        assertEquals(' ', corpus.census().mostCommon(1).getFirst().id());
        assertEquals('e', corpus.census().mostCommon(2).getLast().id());
    }

    @Test
    void itIsLaidOutAsAWrappedBook() {
        String text = ascii(load(Preparation.TRAINING_CORPUS).bytes());
        assertTrue(text.startsWith("I\n\n"));
        assertTrue(text.lines().allMatch(line -> line.length() <= 70));
        assertFalse(text.contains("\n\n\n\n"));
    }
}
