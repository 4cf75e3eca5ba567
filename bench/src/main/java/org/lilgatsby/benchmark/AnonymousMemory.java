package org.lilgatsby.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of this process that is not backed by files, including its heap, sampled every few milliseconds: RssAnon
 * on Linux, elsewhere the committed heap.
 */
final class AnonymousMemory implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "RssAnon:";
    private static final long INTERVAL_MILLIS = 5;

    private final Thread watcher;
    private volatile long most;
    private volatile boolean closed;

    private AnonymousMemory() {
        most = now();
        watcher = Thread.ofPlatform().daemon().name("memory").start(this::look);
    }

    /** Begins to sample. */
    static AnonymousMemory watch() {
        return new AnonymousMemory();
    }

    private void look() {
        while (!closed) {
            most = Math.max(most, now());
            try {
                Thread.sleep(INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** The peak so far, in bytes. */
    long most() {
        return Math.max(most, now());
    }

    private static long now() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(FIELD)) {
                    return Long.parseLong(line.substring(FIELD.length())
                                    .replace("kB", "")
                                    .strip())
                            * 1024;
                }
            }
        } catch (IOException e) {
            // not Linux
        }
        return Runtime.getRuntime().totalMemory();
    }

    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
    }
}
