package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process out of a run's directory. The operating system holds the lock, so that of a dead
 * process is no lock; the file names the process that holds it.
 */
public final class RunLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws IOException if another process has it, naming that process
     */
    public static RunLock take(RunDirectory directory) throws IOException {
        Path file = directory.root().resolve("run.lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(directory, file);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(directory, file);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(
                ("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return new RunLock(file, channel);
    }

    private static IOException inUse(RunDirectory directory, Path file) throws IOException {
        return new IOException("%s is in use by %s; wait for it, or give another directory with --out"
                .formatted(directory.root(), Files.readString(file, StandardCharsets.US_ASCII).strip()));
    }

    /** Gives the lock back and removes its file. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
