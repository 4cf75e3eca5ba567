package org.lilgatsby.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of the kernel classes of the same loader: that of their {@link WidthLoader}, or else the processor's
 * preferred width, at most 512 bits. Constants, because vector code with a variable species is some fifty times slower.
 */
final class VectorWidth {
    static final VectorSpecies<Float> FLOATS = species();
    static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
    static final int LENGTH = FLOATS.length();

    /** Columns of the narrowest tile; scores and softmax take multiples of this many queries at a time. */
    static final int PAIR = 2 * LENGTH;

    /** Columns of a panel: as many as a tile has, so that the rows that a tile reads are contiguous. */
    static final int PANEL = (LENGTH == 16 ? 4 : 2) * LENGTH;

    private VectorWidth() {}

    private static VectorSpecies<Float> species() {
        int bits = VectorWidth.class.getClassLoader() instanceof WidthLoader loader
                ? loader.bits()
                : KernelChoice.preferredBits();
        return switch (bits) {
            case 512 -> FloatVector.SPECIES_512;
            case 256 -> FloatVector.SPECIES_256;
            case 128 -> FloatVector.SPECIES_128;
            default -> throw new IllegalStateException("no kernels for vectors of " + bits + " bits");
        };
    }
}
