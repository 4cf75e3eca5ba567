package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Rounding and exp of a vector, lane by lane {@link org.lilgatsby.bf16.Bf16#round} and {@link Exp#exp}. Small enough to be
 * inlined into loops of a few operations; the tiles of matrix products, which fill the JIT's budget for
 * inlining, do not call them.
 */
final class VectorMath {
    private static final FloatVector ZERO = FloatVector.zero(FLOATS);
    private static final FloatVector INFINITY = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);

    private VectorMath() {}

    static FloatVector round(FloatVector value) {
        IntVector bits = value.reinterpretAsInts();
        IntVector half = bits.lanewise(VectorOperators.LSHR, 16).and(1).add(0x7FFF);
        VectorMask<Integer> nan = value.test(VectorOperators.IS_NAN).cast(INTS);
        IntVector rounded = bits.add(half).blend(bits.or(0x0040_0000), nan).and(0xFFFF_0000);
        return rounded.reinterpretAsFloats();
    }

    static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(FloatVector.broadcast(FLOATS, Exp.LOG2_E), FloatVector.broadcast(FLOATS, Exp.TO_EXPONENT));
        FloatVector n = shifted.sub(Exp.TO_EXPONENT);
        FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -Exp.LN2_HIGH), x);
        r = n.fma(FloatVector.broadcast(FLOATS, -Exp.LN2_LOW), r);
        FloatVector y = r.fma(FloatVector.broadcast(FLOATS, Exp.C6), FloatVector.broadcast(FLOATS, Exp.C5));
        y = y.fma(r, FloatVector.broadcast(FLOATS, Exp.C4));
        y = y.fma(r, FloatVector.broadcast(FLOATS, Exp.C3));
        y = y.fma(r, FloatVector.broadcast(FLOATS, Exp.C2));
        y = y.fma(r, FloatVector.broadcast(FLOATS, 1f));
        y = y.fma(r, FloatVector.broadcast(FLOATS, 1f));
        y = y.mul(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
        y = y.blend(ZERO, x.compare(VectorOperators.LT, Exp.LOWEST));
        return y.blend(INFINITY, x.compare(VectorOperators.GT, Exp.HIGHEST));
    }
}
