package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.api.Test;

class TokensTest {
    @Test
    void idsAscendAndTheComplementIsTheRest() {
        Tokens dead = Tokens.of(1, 3);
        assertEquals(Tokens.of(0, 2, 4), dead.complement(5));
        assertEquals(dead, dead.complement(5).complement(5));
        assertEquals(Tokens.all(5), Tokens.of().complement(5));
        var order = assertThrows(IllegalArgumentException.class, () -> Tokens.of(3, 1));
        assertEquals("token ids must not be negative and must ascend: 1 follows 3", order.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Tokens.of(2, 2));
        assertThrows(IllegalArgumentException.class, () -> Tokens.of(-1));
        assertThrows(IllegalArgumentException.class, () -> dead.complement(3));
    }

    @Test
    void aSplitCoversTheVocabularyOnce() {
        LiveDeadSplit split = LiveDeadSplit.ofDead(Tokens.of(1, 3), 5);
        assertEquals(Tokens.of(0, 2, 4), split.live());
        assertEquals(Tokens.all(5), split.all());
        var both = assertThrows(IllegalArgumentException.class, () -> new LiveDeadSplit(Tokens.of(0, 1), Tokens.of(1)));
        assertEquals("token 1 is in both sets of a vocabulary of 3 live and dead tokens", both.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new LiveDeadSplit(Tokens.of(0, 1), Tokens.of(3)));
    }
}
