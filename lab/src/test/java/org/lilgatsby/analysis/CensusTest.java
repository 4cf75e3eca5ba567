package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CensusTest {
    private static final Matrix SEVEN =
            Matrices.bf16(row(1, 2), row(3, 4), row(1, 2), row(0f, 1), row(-0f, 1), row(3, 4), row(3, 4));

    @Test
    void countsGroupsOfEqualRows() {
        Census census = Census.of(SEVEN, Tokens.all(7));
        assertEquals(List.of(new BlackHole(Tokens.of(1, 5, 6)), new BlackHole(Tokens.of(0, 2))), census.blackHoles());
        assertEquals(Tokens.of(3, 4), census.singletonTokens(), "-0 and +0 are different bits");
        assertEquals(4, census.distinct());
        assertEquals(2, census.blackHoleCount());
        assertEquals(5, census.tokensInBlackHoles());
        assertEquals(2, census.singletons());
        assertEquals(3, census.largest());
        assertArrayEquals(new int[] {3, 2, 1, 1}, census.populations());
        assertArrayEquals(new int[] {1, 0, 3, 4}, census.representatives());
        assertEquals((9 + 4 + 1 + 1) / 49.0, census.concentration());
    }

    @Test
    void namesTokensOfASubsetByTheirIds() {
        Census census = Census.of(SEVEN, Tokens.of(2, 4, 5, 6));
        assertEquals(List.of(new BlackHole(Tokens.of(5, 6))), census.blackHoles());
        assertEquals(Tokens.of(2, 4), census.singletonTokens());
    }

    @Test
    void nothingAndOneAreCountedToo() {
        Census none = Census.of(SEVEN, Tokens.of());
        assertEquals(0, none.distinct() + none.largest() + none.tokens());
        assertTrue(Double.isNaN(none.concentration()));
        Census one = Census.of(SEVEN, Tokens.of(6));
        assertEquals(1, one.distinct());
        assertEquals(1, one.largest());
        assertEquals(1.0, one.concentration());
        assertThrows(IllegalArgumentException.class, () -> Census.of(SEVEN, Tokens.of(7)));
        assertThrows(IllegalArgumentException.class, () -> new BlackHole(Tokens.of(4)));
    }

    @Property(tries = 200)
    void everyTokenIsCountedOnceWithThoseEqualToIt(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int rows) {
        Matrix matrix = Matrices.crowded(seed, rows, 3);
        Census census = Census.of(matrix, Tokens.all(rows));
        assertEquals(rows, census.tokens());
        assertEquals(rows, IntStream.of(census.populations()).sum());
        assertEquals(census.distinct(), census.populations().length);
        for (BlackHole hole : census.blackHoles()) {
            for (int token = 0; token < rows; token++) {
                assertEquals(hole.tokens().contains(token), matrix.sameRow(hole.representative(), token));
            }
        }
    }

    @Property(tries = 100)
    void collidingHashesCannotChangeTheGroups(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int rows) {
        Matrix matrix = Matrices.crowded(seed, rows, 3);
        Tokens tokens = Tokens.all(rows);
        Census expected = Census.of(matrix, tokens);
        assertEquals(expected, Census.of(RowGroups.of(matrix, tokens, (m, row) -> 7), tokens));
        assertEquals(expected, Census.of(RowGroups.of(matrix, tokens, (m, row) -> m.bits(row, 0) << 32), tokens));
    }

    @Test
    void aMatrixThatSeveralThreadsHashHasTheSameGroupsByAnyHash() {
        int rows = 300;
        int columns = 40_000; // 24 MB: several shares
        short[] bits = new short[rows * columns];
        for (int row = 0; row < rows; row++) {
            bits[row * columns + columns - 1 - row % 7] =
                    (short) (row % 7 == 0 ? 0 : row % 60); // 0: a group of its own
        }
        Matrix matrix = Matrix.ofBits(bits, rows, columns);
        Tokens tokens = Tokens.all(rows);
        Census census = Census.of(matrix, tokens);
        for (BlackHole hole : census.blackHoles()) {
            for (int token = 0; token < rows; token++) {
                assertEquals(hole.tokens().contains(token), matrix.sameRow(hole.representative(), token));
            }
        }
        assertEquals(rows, census.tokens());
        assertEquals(census, Census.of(RowGroups.of(matrix, tokens, (m, row) -> 7), tokens));
        assertEquals(
                census, Census.of(RowGroups.of(matrix, tokens, (m, row) -> m.bits(row, columns - 1) << 32), tokens));
    }
}
