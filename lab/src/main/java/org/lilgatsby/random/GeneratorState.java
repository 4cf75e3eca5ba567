package org.lilgatsby.random;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Everything that decides what a {@link TorchGenerator} draws next.
 *
 * @param words the Mersenne twister's state, [624] (the record keeps and hands out copies)
 * @param position words of the present block already used, in [0, 624]; at 624 the next draw generates a new block
 * @param cachedNormal the second value of the last pair of the scalar normal path, if it has not been returned yet
 */
public record GeneratorState(int[] words, int position, OptionalDouble cachedNormal) {
    /** @throws IllegalArgumentException for a wrong number of words or a position outside the block */
    public GeneratorState {
        if (words.length != TorchGenerator.WORDS) {
            throw new IllegalArgumentException(
                    "a generator's state has " + TorchGenerator.WORDS + " words, not " + words.length);
        }
        if (position < 0 || position > TorchGenerator.WORDS) {
            throw new IllegalArgumentException(
                    "a generator's position is in [0, " + TorchGenerator.WORDS + "], not " + position);
        }
        words = words.clone();
    }

    @Override
    public int[] words() {
        return words.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GeneratorState that
                && position == that.position
                && cachedNormal.equals(that.cachedNormal)
                && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(words) + position) + cachedNormal.hashCode();
    }

    @Override
    public String toString() {
        return "GeneratorState[position=" + position + ", cachedNormal=" + cachedNormal + "]";
    }
}
