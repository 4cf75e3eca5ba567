package org.lilgatsby.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * Loads the kernel classes once more, for another vector width than the processor's preferred one. The JIT
 * needs the width as a static constant, so a second width is a second set of classes; only the types that
 * callers see are shared with the rest of the program. Public because those classes, of another loader, are
 * in another run-time package.
 */
public final class WidthLoader extends ClassLoader {
    private static final String PACKAGE = WidthLoader.class.getPackageName() + '.';
    private static final Set<String> SHARED = Set.of(
            Kernels.class.getName(), PackedMatrix.class.getName(), AdamWStep.class.getName(),
            AnalysisKernels.class.getName(), WordPairs.class.getName(), RowMoves.class.getName(),
            RowMoves.Figure.class.getName(), WidthLoader.class.getName());

    private final int bits;
    private final boolean manyRegisters;

    WidthLoader(int bits, boolean manyRegisters) {
        super("vector-" + bits, WidthLoader.class.getClassLoader());
        this.bits = bits;
        this.manyRegisters = manyRegisters;
    }

    /** Bits of a vector in the classes that this loader defines. */
    public int bits() {
        return bits;
    }

    /** Whether the classes that this loader defines use 32 vector registers, or 16. */
    public boolean hasManyRegisters() {
        return manyRegisters;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PACKAGE) || SHARED.contains(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
