package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps a second process out of a run's directory. The operating system holds the lock, so a dead process leaves none;
 * the file names the process that holds it. The file is never deleted: a process that had it open would then lock a
 * file that no longer exists.
 */
public final class RunLock implements AutoCloseable {
    /**
     * Files locked by this process. On POSIX systems a process loses its locks on a file as soon as it closes the file,
     * even if it still has it open elsewhere. So a file in this set is not opened again, and no thread adds a file that
     * another thread has open because it was not in the set.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    /** A reader that asks for the holder has the lock for an instant. */
    private static final int ATTEMPTS = 5;

    private static final long PAUSE_MILLIS = 20;

    private static final Pattern PROCESS = Pattern.compile("process ([0-9]{1,18})");

    private static final int MOST_BYTES_OF_A_NAME = 100;

    /** The clock of a file system may be behind that of the processes. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

    private final Path key;
    private final FileChannel channel;

    private RunLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws IOException if a process holds it, naming that process, or if the directory holds a symbolic link
     */
    public static RunLock take(RunDirectory directory) throws IOException {
        directory.requireNoLinks();
        Path key = key(directory);
        synchronized (OWN) {
            if (!OWN.add(key)) {
                throw inUse(directory, thisProcess());
            }
        }
        try {
            FileChannel channel = FileChannel.open(
                    directory.lock(), StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS);
            try {
                lock(directory, channel);
                name(channel);
                return new RunLock(key, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            OWN.remove(key);
            throw e;
        }
    }

    /**
     * Writes who holds the lock. A full disk prevents that; the lock holds nevertheless, and later writes will report
     * it.
     */
    private static void name(FileChannel channel) throws IOException {
        channel.truncate(0);
        try {
            channel.write(ByteBuffer.wrap((thisProcess() + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException full) {
            channel.truncate(0);
        }
    }

    private static void lock(RunDirectory directory, FileChannel channel) throws IOException {
        for (int attempt = 1; channel.tryLock() == null; attempt++) {
            if (attempt == ATTEMPTS) {
                throw inUse(directory, named(directory.lock()));
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + directory.lock(), e);
            }
        }
    }

    /** The process that works on a run, in words; empty if none does. */
    public static Optional<String> holder(RunDirectory directory) throws IOException {
        Path key = key(directory);
        synchronized (OWN) {
            return OWN.contains(key) ? Optional.of(thisProcess()) : otherHolder(directory);
        }
    }

    private static Optional<String> otherHolder(RunDirectory directory) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(directory.lock(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null ? Optional.of(named(directory.lock())) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * The process that a run's lock file names, in words, if it is alive. The lock itself is not touched, so that
     * nobody who wants it has to wait; a process that does not run on this machine is not seen.
     */
    public static Optional<String> seen(RunDirectory directory) throws IOException {
        Path key = key(directory);
        synchronized (OWN) {
            if (OWN.contains(key)) {
                return Optional.of(thisProcess());
            }
            if (!Files.isRegularFile(directory.lock(), LinkOption.NOFOLLOW_LINKS)
                    || Files.size(directory.lock()) > MOST_BYTES_OF_A_NAME) {
                return Optional.empty();
            }
            String name = Files.readString(directory.lock(), StandardCharsets.ISO_8859_1)
                    .strip();
            Instant written = Files.getLastModifiedTime(directory.lock()).toInstant();
            return Optional.of(name).filter(process -> wasAlive(process, written));
        }
    }

    /** Whether the process lives, and is not a later one of the same number. */
    private static boolean wasAlive(String process, Instant written) {
        Matcher number = PROCESS.matcher(process);
        return number.matches()
                && ProcessHandle.of(Long.parseLong(number.group(1)))
                        .flatMap(handle -> handle.info().startInstant())
                        .filter(started -> started.minus(CLOCKS_DIFFER).isBefore(written))
                        .isPresent();
    }

    private static Path key(RunDirectory directory) throws IOException {
        return directory.root().toRealPath().resolve(directory.lock().getFileName());
    }

    private static String thisProcess() {
        return "process " + ProcessHandle.current().pid();
    }

    /** What the file says of the other process that holds it. */
    private static String named(Path file) throws IOException {
        String name = Files.readString(file, StandardCharsets.US_ASCII).strip();
        return name.isEmpty() ? "another process" : name;
    }

    private static IOException inUse(RunDirectory directory, String holder) {
        return new IOException("%s is in use by %s; wait until it is done".formatted(directory.root(), holder));
    }

    /** Releases the lock and empties its file. */
    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
        } finally {
            OWN.remove(key);
        }
    }
}
