package org.lilgatsby.corpus;

import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.Arrays;
import org.lilgatsby.tokenfile.TokenSequence;

/**
 * Made-up token ids where an experiment needs more of them than a text at hand has: every id below a number occurs, as
 * often as words do, and none above. Each id is a function of its position alone, so that all machines and threads see
 * the same sequence.
 *
 * <p>The share of the id of rank r, from 1, is about that of 1 / (r + 1.7) (Zipf's law as corrected by Mandelbrot,
 * 1953); ids are not in the order of their ranks. Ids come in phrases of eight, as common as the ids themselves, of
 * which one id in four is replaced by one drawn alone: there is something to learn beyond frequencies. At even
 * distances every id stands once, so that none is missing. All draws are those of SplitMix64 (Steele, Lea and Flood,
 * 2014) at the number of the draw.
 */
public final class ZipfTokens implements TokenSequence {
    /** Raised when the same numbers give other ids. */
    static final int VERSION = 1;

    private static final double FLATTENED = 1.7;
    private static final int PHRASE = 8;
    private static final int ALONE = 4; // one id in so many
    private static final int DRAWS = Draw.values().length;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    /** What a draw is for; each has numbers of its own. */
    private enum Draw {
        PHRASE,
        MEMBER,
        WHETHER_ALONE,
        ALONE
    }

    private final int live;
    private final long length;
    private final double[] sums; // of the weights of the ranks up to each
    private final int stride; // from the id of one rank to that of the next

    /**
     * A sequence.
     *
     * @param live number of ids, all of which occur
     * @param length ids in all
     * @throws org.lilgatsby.settings.SettingException if there is no id, or the sequence is shorter than their number
     */
    public ZipfTokens(int live, long length) {
        requireWithin("live", live, 1, 1 << 24);
        requireWithin("length", length, live, 1L << 38);
        this.live = live;
        this.length = length;
        sums = new double[live];
        double sum = 0;
        for (int i = 0; i < live; i++) {
            sum += 1 / (i + 1 + FLATTENED);
            sums[i] = sum;
        }
        stride = stride(live);
    }

    /** The first number from 5/8 of the ids on that has no divisor in common with them. */
    private static int stride(int ids) {
        int candidate = Math.max(1, (int) (5L * ids / 8));
        while (divisor(candidate, ids) != 1) {
            candidate++;
        }
        return candidate;
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void copy(long position, int[] target, int at, int count) {
        if (position < 0 || count < 0 || count > length - position) {
            throw new IndexOutOfBoundsException("ids %d to %d of %d".formatted(position, position + count, length));
        }
        for (int i = 0; i < count; i++) {
            target[at + i] = at(position + i);
        }
    }

    @Override
    public String place(long position) {
        return "id %d of the synthetic ids".formatted(position);
    }

    private int at(long position) {
        long turn = (position * live + length - 1) / length;
        if (turn < live && turn * length / live == position) {
            return (int) turn;
        }
        if (Long.remainderUnsigned(bits(Draw.WHETHER_ALONE, position), ALONE) == 0) {
            return id(rank(Draw.ALONE, position));
        }
        int phrase = rank(Draw.PHRASE, position / PHRASE);
        return id(rank(Draw.MEMBER, (long) phrase * PHRASE + position % PHRASE));
    }

    private int id(int rank) {
        return (int) ((long) rank * stride % live);
    }

    /** A rank, from 0, drawn by its weight. */
    private int rank(Draw draw, long number) {
        double uniform = (bits(draw, number) >>> 11) * 0x1p-53;
        int found = Arrays.binarySearch(sums, uniform * sums[live - 1]);
        return Math.min(found < 0 ? -found - 1 : found + 1, live - 1);
    }

    /** 64 bits of a draw. */
    private static long bits(Draw draw, long number) {
        long z = (number * DRAWS + draw.ordinal() + 1) * GOLDEN;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        return z ^ z >>> 31;
    }
}
