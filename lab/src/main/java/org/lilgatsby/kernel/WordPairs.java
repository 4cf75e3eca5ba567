package org.lilgatsby.kernel;

import java.util.Arrays;

/**
 * Words of several rows before and after a step, transposed: word k of the row at place i is at k*ld + i, so that a
 * vector holds words of neighbouring rows. Rows may have different numbers of words; what follows them is unspecified.
 * The arrays are live.
 */
public final class WordPairs {
    /**
     * Added to the distance between two words of a row, so that they do not all fall into the same sets of the cache.
     */
    private static final int PADDING = 16;

    private final int ld;
    private final int[] after;
    private final int[] before;
    private final int[] words; // [place]: of the row

    /** Room for a number of rows of at most as many words. */
    public WordPairs(int rows, int words) {
        ld = rows + PADDING;
        after = new int[Math.multiplyExact(ld, words)];
        before = new int[after.length];
        this.words = new int[rows];
    }

    /** Sets word k of the row at a place. */
    public void put(int k, int place, int later, int earlier) {
        after[k * ld + place] = later;
        before[k * ld + place] = earlier;
    }

    /** Empties the rows at a range of places. */
    public void clear(int from, int to) {
        Arrays.fill(words, from, to, 0);
    }

    /** Sets how many words the row at a place has. */
    public void end(int place, int count) {
        words[place] = count;
    }

    /** How many words each row has. */
    public int[] words() {
        return words;
    }

    /** Later words. */
    public int[] after() {
        return after;
    }

    /** Earlier words. */
    public int[] before() {
        return before;
    }

    /** From a word of a row to its next one. */
    public int ld() {
        return ld;
    }
}
