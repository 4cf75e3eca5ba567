package org.lilgatsby.kernel;

/**
 * Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"): 64
 * random bits from a key and a counter of 64 bits each, so that every element has its own, whoever asks in which order.
 */
public final class Threefry {
    static final int ROUNDS = 20;

    /** Elements that 16 counters serve, with 16 bits each. */
    static final int GROUP = 64;

    private static final int PARITY = 0x1BD1_1BDA;
    private static final int[] ROTATIONS = {13, 15, 26, 6, 17, 29, 16, 24};
    private static final int FOURTH = 4;

    private Threefry() {}

    /** What word 0, 1 or 2 of the extended key is. */
    static int key(int word, int key0, int key1) {
        return switch (word) {
            case 0 -> key0;
            case 1 -> key1;
            default -> PARITY ^ key0 ^ key1;
        };
    }

    /** By how many places round {@code round}, from 0, rotates. */
    static int rotation(int round) {
        return ROTATIONS[round % ROTATIONS.length];
    }

    /** 64 bits: the first word in the lower half, the second in the upper. */
    static long bits(int key0, int key1, int counter0, int counter1) {
        int x0 = counter0 + key0;
        int x1 = counter1 + key1;
        for (int round = 0; round < ROUNDS; round++) {
            x0 += x1;
            x1 = Integer.rotateLeft(x1, rotation(round)) ^ x0;
            if (round % FOURTH == FOURTH - 1) {
                int times = round / FOURTH + 1;
                x0 += key(times % 3, key0, key1);
                x1 += key((times + 1) % 3, key0, key1) + times;
            }
        }
        return Integer.toUnsignedLong(x1) << 32 | Integer.toUnsignedLong(x0);
    }

    /**
     * The 16 bits of an element of a tensor. Element 64g + 16q + l, with l &lt; 16, has bits 16q to 16q+15 of the
     * counter (16g + l, tensor): at every vector width, a vector of neighbours takes the same part of a vector of
     * counters.
     *
     * @param tensor what tells this tensor from others
     */
    public static int ofElement(int key0, int key1, int element, int tensor) {
        int counter = element / GROUP * 16 + element % 16;
        int quarter = element % GROUP / 16;
        return (int) (bits(key0, key1, counter, tensor) >>> 16 * quarter) & 0xFFFF;
    }
}
