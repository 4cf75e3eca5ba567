package org.lilgatsby.kernel.x86;

/** Where an operand lies in memory. */
sealed interface Address {
    /**
     * base + index*scale + displacement.
     *
     * @param index null for none
     * @param scale 1, 2, 4 or 8
     */
    record Indexed(Gpr base, Gpr index, int scale, int displacement) implements Address {
        public Indexed {
            if (index == Gpr.RSP) {
                throw new IllegalArgumentException("rsp cannot be an index");
            }
            if (Integer.bitCount(scale) != 1 || scale > 8) {
                throw new IllegalArgumentException("scale is " + scale + "; it can be 1, 2, 4 or 8");
            }
        }

        @Override
        public String toString() {
            String offset = displacement == 0 ? "" : (displacement < 0 ? "-" : "+") + Math.abs((long) displacement);
            return "[" + base + (index == null ? "" : "+" + index + "*" + scale) + offset + "]";
        }
    }

    /** A place in the code itself. */
    record Here(Label label) implements Address {
        @Override
        public String toString() {
            return "[rip+" + label + "]";
        }
    }

    /** [base]. */
    static Address at(Gpr base) {
        return at(base, 0);
    }

    /** [base + displacement]. */
    static Address at(Gpr base, int displacement) {
        return new Indexed(base, null, 1, displacement);
    }

    /** [base + index*scale]. */
    static Address at(Gpr base, Gpr index, int scale) {
        return new Indexed(base, index, scale, 0);
    }

    /** Where a label is placed. */
    static Address at(Label label) {
        return new Here(label);
    }
}
