package org.lilgatsby.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Disk space, checked before it is needed. */
public final class DiskSpace {
    /** A disk refuses writes a little before its last byte: blocks and bookkeeping take room too. */
    private static final long FULL_DISK_MARGIN = 1 << 20;

    /**
     * File systems without sparse files, by Java's names for their types: there a file takes all of its room when it is
     * created.
     */
    private static final Set<String> WITHOUT_SPARSE_FILES = Set.of("msdos", "vfat", "exfat", "fat", "fat32", "hfs");

    private DiskSpace() {}

    /** Whether a file takes room only as it is filled, on the disk of a directory. */
    public static boolean isSparse(Path directory) throws IOException {
        return !WITHOUT_SPARSE_FILES.contains(
                Files.getFileStore(directory).type().toLowerCase(Locale.ROOT));
    }

    /** Bytes that may still be written on the disk of a directory. */
    public static long available(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /**
     * Refuses to begin writing what cannot be finished.
     *
     * @param file what needs the room; named in the message, need not exist
     * @param bytes the room it needs
     * @throws NoSpaceException if the disk has less
     */
    public static void require(Path file, long bytes) throws IOException {
        long available = available(directoryOf(file));
        if (available < bytes) {
            throw noSpace(file, bytes, available, null);
        }
    }

    /**
     * The exception that reports a failed write. Java has no type for a full disk, and the text of the failure depends
     * on the system's language, so the free space is checked.
     *
     * @param file what was written
     * @param bytes what was still to be written
     * @return a failure that names the file: a {@link NoSpaceException} if the disk is full
     */
    public static IOException explain(Path file, long bytes, IOException failure) {
        try {
            long available = available(directoryOf(file));
            if (available < bytes + FULL_DISK_MARGIN) {
                return noSpace(file, bytes, available, failure);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure instanceof FileSystemException
                ? failure
                : new IOException(
                        Text.escape(file.toString()) + ": cannot be written: " + failure.getMessage(), failure);
    }

    /**
     * The same sentence whether a file was refused or a write failed: chance decides which of the two meets a full disk
     * first.
     */
    private static NoSpaceException noSpace(Path file, long bytes, long available, Throwable cause) {
        return new NoSpaceException(
                "%s: not enough disk space: %d bytes are needed, %d are free"
                        .formatted(Text.escape(file.toString()), bytes, available),
                cause);
    }

    public static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
