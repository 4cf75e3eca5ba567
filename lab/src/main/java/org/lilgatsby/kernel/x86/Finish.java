package org.lilgatsby.kernel.x86;

/** What happens to sums of a product before they are stored, r being the rounding to bfloat16. */
public enum Finish {
    /** Nothing. */
    NOTHING,
    /** r(sum). */
    ROUND,
    /** r(residual + r(sum)). */
    ROUND_WITH_RESIDUAL
}
