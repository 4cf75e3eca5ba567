package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lilgatsby.settings.SettingException;

class TokenChoiceTest {
    private static final int[] LIVE = {0, 2, 3};
    private static final int[] DEAD = {1, 4};

    private static int[] ids(String text) {
        return TokenChoice.parse(text).ids(5, LIVE, DEAD);
    }

    @Test
    void groupsAreThoseOfTheRun() {
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, ids("all"));
        assertArrayEquals(LIVE, ids("live"));
        assertArrayEquals(DEAD, ids("dead"));
        assertEquals(
                "recording.tokens is dead, but every token occurs in the corpus; record all",
                assertThrows(
                                SettingException.class,
                                () -> TokenChoice.parse("dead").ids(3, new int[] {0, 1, 2}, new int[0]))
                        .getMessage());
    }

    @Test
    void idsAreListedOneByOneAndInRanges() {
        TokenChoice choice = new TokenChoice.Listed(
                List.of(TokenChoice.Range.parse("0"), TokenChoice.Range.parse("2-3"), TokenChoice.Range.parse("4")));
        assertArrayEquals(new int[] {0, 2, 3, 4}, choice.ids(5, LIVE, DEAD));
        assertEquals(List.of("0", "2-3", "4"), choice.items());
        assertEquals(
                "recording.tokens names token 4, but model.vocabulary is 4",
                assertThrows(SettingException.class, () -> choice.requireWithin(4))
                        .getMessage());
        for (String wrong : List.of("", "-1", "1-", "3-2", "x", "1 - 2", "9999999999")) {
            assertThrows(SettingException.class, () -> TokenChoice.Range.parse(wrong), wrong);
        }
        assertThrows(
                SettingException.class,
                () -> new TokenChoice.Listed(List.of(TokenChoice.Range.parse("2-3"), TokenChoice.Range.parse("3"))));
        assertThrows(SettingException.class, () -> new TokenChoice.Listed(List.of()));
    }

    /** The expected ids are those of {@code sorted(torch.randperm(V, generator=g)[:n].tolist())}, torch 2.13. */
    @Test
    void randomTokensAreThoseThatPyTorchDraws() {
        assertArrayEquals(
                new int[] {0, 19, 39, 47, 99},
                TokenChoice.parse("random 5 seed 7").ids(128, LIVE, DEAD));
        assertArrayEquals(
                new int[] {1917, 2890, 6044, 9399},
                TokenChoice.parse("random 4").ids(10_000, LIVE, DEAD));
        assertEquals("random 5 seed 7", TokenChoice.parse("random 5 seed 7").toString());
        for (String wrong : List.of("random", "random 0", "random -1", "random 5 seed", "Dead", "some")) {
            assertThrows(SettingException.class, () -> TokenChoice.parse(wrong), wrong);
        }
        assertThrows(SettingException.class, () -> TokenChoice.parse("random 6").requireWithin(5));
    }
}
