package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Figures of tokens by their distinct rows against those of the tokens one by one. */
class DistinctRowsTest {
    /** Components of one size, of many sizes, and any bits, so that some sums are exact and others are not. */
    private enum Components {
        NEAR,
        FAR,
        ANY
    }

    @Property(tries = 300)
    void figuresAreThoseOfTheTokensOneByOne(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Components components = Components.values()[random.nextInt(3)];
        int columns = 1 + random.nextInt(4);
        int distinct = 1 + random.nextInt(12);
        short[] rows = new short[distinct * columns];
        for (int i = 0; i < rows.length; i++) {
            int any = random.nextInt(1 << 16);
            rows[i] = (short)
                    switch (components) {
                        case NEAR -> any & 0x8083 | 0x3F00;
                        case FAR -> any & 0xBFFF;
                        case ANY -> random.nextInt(6) == 0 ? 0x7F80 | any & 0x8001 : any & 0x8001;
                    };
        }
        short[] bits = new short[40 * columns];
        for (int row = 0; row < 40; row++) {
            System.arraycopy(rows, random.nextInt(distinct) * columns, bits, row * columns, columns);
        }
        Matrix matrix = Matrix.ofBits(bits, 40, columns);
        DistinctRows all = DistinctRows.of(matrix, Tokens.all(40));
        check(all);
        Tokens some = Tokens.of(
                IntStream.range(0, 40).filter(_ -> random.nextBoolean()).toArray());
        check(all.of(some));
        check(DistinctRows.of(matrix, some).of(Tokens.of()));
    }

    private static void check(DistinctRows rows) {
        Matrix matrix = rows.matrix();
        Tokens tokens = rows.tokens();
        Centroid centroid = Centroid.of(matrix, tokens);
        Census census = Census.of(matrix, tokens);
        assertEquals(census, Census.of(rows));
        assertArrayEquals(
                IntStream.of(census.representatives()).sorted().toArray(),
                rows.rows().toArray());
        assertArrayEquals(
                centroid.position().toArray(), rows.centroid().position().toArray());
        Summary norms = RowNorms.of(matrix, tokens).norms();
        assertEquals(new RowGraph.Extremes(norms.min(), norms.mean(), norms.max()), RowNorms.extremes(rows));
        assertEquals(Radius.of(matrix, tokens, centroid), Radius.of(rows));
        assertEquals(Quantization.of(matrix, tokens), Quantization.of(rows));
        assertEquals(CellExtent.within(matrix, tokens), CellExtent.within(matrix, rows.rows()));
        assertEquals(LargestGap.of(matrix, tokens), LargestGap.of(matrix, rows.rows()));
    }

    @Test
    void aTokenOfNoGroupIsRefused() {
        DistinctRows rows = DistinctRows.of(Matrices.crowded(1, 5, 2), Tokens.of(1, 3));
        assertThrows(IllegalArgumentException.class, () -> rows.of(Tokens.of(2)));
        assertThrows(IllegalArgumentException.class, () -> rows.of(Tokens.of(4)));
    }

    /** 2^53 + 1 is no double, so the order of three such components decides their sum. */
    @Test
    void sumsThatDependOnTheOrderAreMadeInOrder() {
        Matrix matrix = Matrix.ofFloats(new float[] {1, 0x1p53f, 1, 1, 0x1p53f, 1}, 6, 1);
        DistinctRows rows = DistinctRows.of(matrix, Tokens.all(6));
        assertEquals(Centroid.of(matrix, Tokens.all(6)), rows.centroid());
    }
}
