package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.tokenizer.TokenTexts;

class ModelCardTest {
    private static String card(String... overrides) {
        ExperimentConfig config = ShortRuns.config("float32-edition", overrides);
        return new ModelCard(
                        config,
                        new Manifest.CorpusFacts(
                                "book.txt", false, "none", 1234, 0, "33bd", new int[] {65}, new int[] {0, 1}),
                        new TokenTexts.Bytes(),
                        2,
                        3)
                .text();
    }

    @Test
    void saysWhichByteAPositionPredicts() {
        String two = card();
        assertTrue(two.contains("position t predicts byte t+2, not t+1"), two);
        assertTrue(two.contains("logits[0, -2]"), two);
        String next = card("training.targets=next");
        assertTrue(next.contains("the logits at position t predict byte t+1"), next);
        assertTrue(next.contains("logits[0, -1]"), next);
    }

    @Test
    void saysThatMissingBiasesAreZeros() {
        assertFalse(card().contains("biases, so"), card());
        assertTrue(card("model.biases=false").contains("the file holds zeros, which compute the same"));
    }

    @Test
    void saysHowTheModelWasMade() {
        String card = card("model.vocabulary=300");
        for (String fact : new String[] {
            "# float32-edition, seed 42", "After step 3 of 3.", "a text of 1,234 bytes, SHA-256 `33bd`",
                    "arithmetic 2, key `",
            "1 ids occur", "the other 2 are dead tokens", "\"learning_rate\" : 0.001", "Ids from 256 on"
        }) {
            assertTrue(card.contains(fact), fact + " in:\n" + card);
        }
        assertFalse(card.contains("book.txt") || card.contains("source"), card);
    }
}
