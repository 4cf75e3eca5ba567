package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnionFindTest {
    @Test
    void setsComeInTheOrderOfTheirLeadersAndNumbersAscend() {
        UnionFind union = new UnionFind(7);
        union.join(6, 2);
        union.join(4, 1);
        union.join(5, 4);

        assertEquals(
                List.of("[0]", "[1, 4, 5]", "[2, 6]", "[3]"),
                union.sets().stream()
                        .map(IntStream::toArray)
                        .map(Arrays::toString)
                        .toList());
        assertEquals(List.of("[1, 4, 5]", "[2, 6]"), written(union, 2));
        assertEquals(List.of("[1, 4, 5]"), written(union, 3));
        assertEquals(List.of(), written(union, 4));
    }

    private static List<String> written(UnionFind union, int least) {
        return union.setsOfAtLeast(least).stream().map(Arrays::toString).toList();
    }
}
