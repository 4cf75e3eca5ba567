package org.lilgatsby.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads many files at the same time. */
final class Parallel {
    private Parallel() {}

    /** What is made of one thing. */
    @FunctionalInterface
    interface Reading<T, R> {
        R of(T thing) throws IOException;
    }

    /**
     * What is made of each thing, in their order.
     *
     * @throws IOException if one cannot be read
     */
    static <T, R> List<R> map(List<T> things, Reading<T, R> reading) throws IOException {
        try {
            return things.parallelStream()
                    .map(thing -> {
                        try {
                            return reading.of(thing);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
