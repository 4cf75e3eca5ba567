package org.lilgatsby.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on the disk, asked for before it is needed. */
public final class DiskSpace {
    private DiskSpace() {}

    /** Bytes that may still be written on the disk of a directory. */
    public static long available(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /**
     * Refuses to begin what cannot be finished.
     *
     * @param file what needs the room; named in the message, need not exist
     * @param bytes the room it needs
     * @throws SafetensorsException with {@link Fault#NO_SPACE} if the disk has less
     */
    public static void require(Path file, long bytes) throws IOException {
        long available = available(directoryOf(file));
        if (available < bytes) {
            throw noSpace(file, bytes, available, null);
        }
    }

    static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    static SafetensorsException noSpace(Path file, long needed, long available, IOException cause) {
        return SafetensorsException.of(Fault.NO_SPACE, file,
                "%d bytes are needed, but the disk has room for %d".formatted(needed, available), cause);
    }
}
