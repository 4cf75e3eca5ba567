package org.lilgatsby.benchmark;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.lilgatsby.kernel.Kernels;

/** Kernels that record the duration of each call; for one thread. The times include the reflective call. */
final class KernelClock implements InvocationHandler {
    private final Kernels kernels;
    private final LongSupplier clock;
    private StepPart[] parts = new StepPart[1024];
    private double[] micros = new double[1024];
    private int calls;

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    KernelClock(Kernels kernels, LongSupplier clock) {
        this.kernels = kernels;
        this.clock = clock;
    }

    /** The kernels, timed by this clock. */
    Kernels timed() {
        return (Kernels) Proxy.newProxyInstance(Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, this);
    }

    /** Discards all calls. */
    void restart() {
        calls = 0;
    }

    /** The part of each call since the last {@link #restart}, in order. */
    StepPart[] parts() {
        return Arrays.copyOf(parts, calls);
    }

    /** Microseconds of each call, in order. */
    double[] micros() {
        return Arrays.copyOf(micros, calls);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        StepPart part = StepPart.of(method.getName());
        long began = clock.getAsLong();
        Object result;
        try {
            result = method.invoke(kernels, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (part != null) {
            note(part, (clock.getAsLong() - began) / 1e3);
        }
        return result;
    }

    private void note(StepPart part, double time) {
        if (calls == micros.length) {
            parts = Arrays.copyOf(parts, 2 * calls);
            micros = Arrays.copyOf(micros, 2 * calls);
        }
        parts[calls] = part;
        micros[calls++] = time;
    }
}
