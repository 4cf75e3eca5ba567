package org.lilgatsby.kernel.x86;

/** The mask registers, in the order of their numbers; 0 in the place of a mask says that there is none. */
enum Mask {
    K0,
    K1,
    K2,
    K3,
    K4,
    K5,
    K6,
    K7;

    @Override
    public String toString() {
        return "k" + ordinal();
    }
}
