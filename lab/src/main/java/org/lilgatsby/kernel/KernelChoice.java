package org.lilgatsby.kernel;

import java.lang.reflect.Constructor;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import jdk.incubator.vector.FloatVector;

/**
 * Which implementation of {@link Kernels} and {@link AnalysisKernels} to use. The results do not depend on it.
 *
 * @param implementation scalar, vector or bf16; {@code auto} is bf16 where the machine can compute it, otherwise vector
 * @param vectorBits 128, 256 or 512, or {@link #PREFERRED}; scalar kernels ignore it
 */
public record KernelChoice(Implementation implementation, int vectorBits) {
    /** The vector width that the processor and the JVM prefer, at most 512 bits. */
    public static final int PREFERRED = 0;

    private static final String MODULE = "jdk.incubator.vector";
    private static final int LARGEST = 512;

    /** The implementations. */
    public enum Implementation {
        AUTO,
        SCALAR,
        VECTOR,
        /** Vectors, and the processor's own bfloat16 products. */
        BF16;

        /** Which one these kernels are of; never {@link #AUTO}. */
        public static Implementation of(Kernels kernels) {
            return switch (kernels) {
                case ScalarKernels _ -> SCALAR;
                case Bf16Kernels _ -> BF16;
                default -> VECTOR;
            };
        }

        /** The name in options: {@code auto}, {@code scalar}, {@code vector}, {@code bf16}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The default: the fastest that this machine can compute. */
    public static final KernelChoice AUTO = new KernelChoice(Implementation.AUTO, PREFERRED);

    /** Vectors of the preferred width, on every machine. */
    public static final KernelChoice VECTOR = new KernelChoice(Implementation.VECTOR, PREFERRED);

    /** @throws IllegalArgumentException if there are no kernels of this width */
    public KernelChoice {
        if (vectorBits != PREFERRED && vectorBits != 128 && vectorBits != 256 && vectorBits != LARGEST) {
            throw new IllegalArgumentException("vector width is " + vectorBits + " bits; it can be 128, 256 or 512");
        }
    }

    /**
     * Begins, on a thread of its own, to find out what the processor can: {@link #create} then waits for less. A
     * failure is that of {@code create}.
     */
    public void prepare() {
        if (implementation == Implementation.AUTO && hasModule()) {
            Thread.ofPlatform().daemon().name("kernels").start(Bf16Kernels::refusal);
        }
    }

    /**
     * The kernels of the training step.
     *
     * @throws IllegalStateException if the JVM was started without the vector module, or the processor has no vectors
     *     of the requested width, or bf16 was requested and the machine cannot compute it: nothing is silently replaced
     *     by something slower
     */
    public Kernels create() {
        if (implementation == Implementation.AUTO) {
            requireModule();
            if (isPreferredWidth() && Bf16Kernels.refusal().isEmpty()) {
                return new Bf16Kernels();
            }
        }
        if (implementation != Implementation.BF16) {
            return create(Kernels.class, ScalarKernels::new, VectorKernels::new, "VectorKernels");
        }
        requireModule();
        if (!isPreferredWidth()) {
            throw new IllegalStateException("the bf16 kernels need vectors of " + preferredBits() + " bits, but "
                    + vectorBits + " were asked for; omit the width, or choose vector, which gives the same results");
        }
        Optional<String> refusal = Bf16Kernels.refusal();
        if (refusal.isPresent()) {
            throw new IllegalStateException("the bf16 kernels cannot be used: " + refusal.get()
                    + "; choose auto or vector, which give the same results");
        }
        return new Bf16Kernels();
    }

    /**
     * The kernels that analyse recordings and matrices.
     *
     * @throws IllegalStateException as {@link #create}
     */
    public AnalysisKernels createAnalysisKernels() {
        return create(
                AnalysisKernels.class, ScalarAnalysisKernels::new, VectorAnalysisKernels::new, "VectorAnalysisKernels");
    }

    private <T> T create(Class<T> type, Supplier<T> scalar, Supplier<T> preferred, String vector) {
        if (implementation == Implementation.SCALAR) {
            return scalar.get();
        }
        requireModule();
        if (isPreferredWidth()) {
            return preferred.get();
        }
        int preferredBits = preferredBits();
        if (vectorBits > preferredBits) {
            throw new IllegalStateException("vectors of " + vectorBits
                    + " bits were asked for, but this processor and JVM have at most " + preferredBits + "; choose "
                    + preferredBits + " or less");
        }
        return load(type, vector, vectorBits);
    }

    /** Why this machine has no {@link Implementation#BF16}; empty if it has. */
    public static Optional<String> refusalOfBf16() {
        return Bf16Kernels.refusal();
    }

    private boolean isPreferredWidth() {
        return vectorBits == PREFERRED || vectorBits == preferredBits();
    }

    private static void requireModule() {
        if (!hasModule()) {
            throw new IllegalStateException("vector kernels need the module " + MODULE
                    + ": start java with --add-modules " + MODULE
                    + ", or choose the scalar kernels, which give the same results slowly");
        }
    }

    private static boolean hasModule() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    static int preferredBits() {
        return Math.min(LARGEST, FloatVector.SPECIES_PREFERRED.vectorBitSize());
    }

    /**
     * Kernels of any width; beyond the processor's own, the vector API works lane by lane, hundreds of times slower.
     */
    static <T> T load(Class<T> type, String vector, int vectorBits) {
        return load(
                type, vector, vectorBits, VectorWidth.hasManyRegisters(System.getProperty("os.arch"), vectorBits));
    }

    /** The same with the tiles for 32 vector registers, or those for 16, whatever the processor has. */
    static <T> T load(Class<T> type, String vector, int vectorBits, boolean manyRegisters) {
        try {
            String name = KernelChoice.class.getPackageName() + '.' + vector;
            Class<?> kernels = Class.forName(name, true, new WidthLoader(vectorBits, manyRegisters));
            Constructor<?> constructor = kernels.getDeclaredConstructor();
            constructor.setAccessible(true);
            return type.cast(constructor.newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot load the kernels for vectors of " + vectorBits + " bits", e);
        }
    }
}
