package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.tokenizer.Recipe;
import org.lilgatsby.tokenizer.TrainingOptions;

/** Made-up ids as a corpus, in place of a text. */
class ZipfCorpusTest {
    @TempDir
    private Path folder;

    private Corpus load(TokenSource tokens, int vocabulary) {
        CorpusConfig config = new CorpusConfig(
                CorpusLoader.ZIPF, Preparation.NONE, false, tokens, WindowConfig.USUAL, DeadConfig.ABSENT);
        return new CorpusLoader(new CorpusCache(folder)).load(config, vocabulary);
    }

    private static TokenSource trained(int vocabulary, String endToken) {
        TrainingOptions options = TrainingOptions.of(vocabulary, List.of());
        return new TokenSource.Encoded(
                new TokenSource.TokenizerChoice.Trained(Recipe.WHITESPACE, options), endToken, null);
    }

    @Test
    void asManyIdsAreLiveAsTheTokenizerWouldHave() {
        Corpus corpus = load(trained(50, null), 80);
        assertTrue(corpus.isSynthetic(), "reports say that it is not a text");
        assertEquals("zipf", corpus.name());
        assertArrayEquals(IntStream.range(50, 80).toArray(), corpus.dead());
        assertEquals(1 << 20, corpus.length());
        ZipfTokens made = new ZipfTokens(50, 1 << 20);
        for (long position : new long[] {0, 1, 777_777, (1 << 20) - 1}) {
            assertEquals(made.token(position), corpus.token(position));
        }
        assertEquals(corpus.sha256(), load(trained(50, null), 90).sha256(), "from the cache");
    }

    @Test
    void whatHasNoNumberOfIdsOrMoreThanTheModelIsRefused() {
        String bytes = assertThrows(CorpusException.class, () -> load(new TokenSource.Bytes(), 128))
                .getMessage();
        assertTrue(bytes.contains("corpus.train.vocabulary"), bytes);
        assertThrows(CorpusException.class, () -> load(trained(50, "<end>"), 80));
        assertThrows(
                CorpusException.class,
                () -> load(
                        new TokenSource.Encoded(new TokenSource.TokenizerChoice.Named("tokenizer.json"), null, null),
                        80));
        assertThrows(CorpusException.class, () -> load(trained(50, null), 49));
    }
}
