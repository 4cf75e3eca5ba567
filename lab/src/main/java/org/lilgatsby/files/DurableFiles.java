package org.lilgatsby.files;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that survive a loss of power, whole. */
public final class DurableFiles {
    /** Windows cannot open a directory, and need not force one. */
    private static final boolean DIRECTORIES_CAN_BE_FORCED = File.separatorChar == '/';

    /** The suffix of a file that is being written. */
    public static final String UNFINISHED_SUFFIX = ".partial";

    private DurableFiles() {}

    /**
     * Writes a file in place of an earlier one, prepared as {@code NAME.partial} beside it: at any instant one of the
     * two is whole under the name, and when this returns the new one is on the disk.
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + UNFINISHED_SUFFIX);
        create(partial, bytes);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(DiskSpace.directoryOf(file));
    }

    /**
     * Writes a file under a name that nobody reads yet: its bytes are on the disk when this returns, but its name is
     * only after {@link #forceDirectory}.
     */
    public static void create(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            throw DiskSpace.explain(file, bytes.length, e);
        }
    }

    /** Returns when a file's bytes are on the disk. */
    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
    }

    /** Returns when a directory's names are on the disk: a file forced on its own may be there without its name. */
    public static void forceDirectory(Path directory) throws IOException {
        if (DIRECTORIES_CAN_BE_FORCED) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
