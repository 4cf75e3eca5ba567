package org.lilgatsby.kernel.x86;

/**
 * A vector register of 512 bits.
 *
 * @param number 0 to 31
 */
record Zmm(int number) {
    Zmm {
        if (number < 0 || number > 31) {
            throw new IllegalArgumentException("there is no vector register " + number + "; they are 0 to 31");
        }
    }

    @Override
    public String toString() {
        return "zmm" + number;
    }
}
