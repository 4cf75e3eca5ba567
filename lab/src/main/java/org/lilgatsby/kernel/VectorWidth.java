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

    /** Whether there are 32 vector registers, enough for tiles of 6 rows and 4 vectors; otherwise there are 16. */
    static final boolean MANY_REGISTERS = VectorWidth.class.getClassLoader() instanceof WidthLoader loader
            ? loader.hasManyRegisters()
            : hasManyRegisters(System.getProperty("os.arch"), FLOATS.vectorBitSize());

    /** Columns of a panel: as many as a tile has, so that the rows that a tile reads are contiguous. */
    static final int PANEL = (MANY_REGISTERS ? 4 : 2) * LENGTH;

    private VectorWidth() {}

    /**
     * ARM's 64-bit processors have 32 vector registers of any width. On x86 they came with 512 bits; narrower vectors
     * are for processors that have 16.
     *
     * @param architecture as the system property {@code os.arch} names it
     */
    static boolean hasManyRegisters(String architecture, int bits) {
        return bits == 512 || architecture.equals("aarch64");
    }

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
