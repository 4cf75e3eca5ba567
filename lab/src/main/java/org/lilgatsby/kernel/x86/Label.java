package org.lilgatsby.kernel.x86;

/** A place in the code of one {@link Assembler}, which makes it. */
final class Label {
    /** The position of a label that is not placed yet. */
    static final int NOWHERE = -1;

    final int number;
    int position = NOWHERE;

    Label(int number) {
        this.number = number;
    }

    @Override
    public String toString() {
        return ".L" + number;
    }
}
