package org.lilgatsby.safetensors;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Writes around the operating system's page cache: whole blocks of the file, from memory that is aligned to blocks too.
 * This costs the processor next to nothing, but each write waits for the disk.
 */
final class DirectChannel implements AutoCloseable {
    /** With fewer bytes, waiting for the disk costs more than copying. */
    private static final int FEWEST_BYTES = 256 * 1024;

    private final FileChannel channel;
    private final int block;

    private DirectChannel(FileChannel channel, int block) {
        this.channel = channel;
        this.block = block;
    }

    /** Opens an existing file; empty if the file system cannot bypass its cache. */
    static Optional<DirectChannel> open(Path path) {
        try {
            long block = Files.getFileStore(path).getBlockSize();
            if (Long.bitCount(block) != 1 || block > FEWEST_BYTES) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(
                    path, Set.of(StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT, LinkOption.NOFOLLOW_LINKS));
            return Optional.of(new DirectChannel(channel, (int) block));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** Bytes of a block, a power of two. */
    int block() {
        return block;
    }

    /** Bytes from a position of the file to the next whole block. */
    int head(long position) {
        return (int) (-position & block - 1);
    }

    /**
     * Bytes of the whole blocks among the buffer's remaining bytes; 0 if they are few, or aligned differently in memory
     * than in the file.
     */
    int wholeBlocks(ByteBuffer bytes, long position) {
        int whole = bytes.remaining() - head(position) & -block;
        boolean alike = bytes.isDirect() && bytes.alignmentOffset(bytes.position(), block) == (position & block - 1);
        return alike && whole >= FEWEST_BYTES ? whole : 0;
    }

    /**
     * Writes bytes of whole blocks to the beginning of a block, as far as the file system takes them; the buffer's
     * position tells how far.
     *
     * @throws IOException if it does not take them; writing them through the page cache then tells why, or succeeds
     */
    void write(ByteBuffer bytes, long position) throws IOException {
        int start = bytes.position();
        while (bytes.remaining() >= block) {
            int before = bytes.position();
            channel.write(bytes, position + before - start);
            bytes.position(before + (bytes.position() - before & -block));
            if (bytes.position() == before) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
