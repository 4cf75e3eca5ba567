package org.lilgatsby.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.lilgatsby.files.DiskSpace;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.files.Text;

/**
 * Fills a file whose layout is known in full beforehand, in any order and from any thread.
 *
 * <p>The file has its final length and header from the instant it appears under its name, so every safetensors reader
 * opens it at any time. Bytes not yet written read as zeros; the caller keeps track of which rows are written. The file
 * is sparse where the file system supports that: it takes room only as it is filled.
 *
 * <p>Writing allocates nothing for direct buffers. An interrupt of a thread inside {@link #write} or {@link #force}
 * closes the file, as with every {@link FileChannel}.
 */
public final class SafetensorsWriter implements AutoCloseable {

    private final Path path;
    private final SafetensorsLayout layout;
    private final FileChannel channel;
    private volatile DirectChannel direct;

    private SafetensorsWriter(Path path, SafetensorsLayout layout, FileChannel channel) {
        this.path = path;
        this.layout = layout;
        this.channel = channel;
    }

    /** Supplies the bytes of a tensor when its turn comes. */
    @FunctionalInterface
    public interface TensorSource {
        /** All bytes of a tensor, from position to limit; the tensor's number is that of the layout. */
        ByteBuffer bytes(int tensor) throws IOException;
    }

    /** What a file holds from the instant it appears. */
    @FunctionalInterface
    public interface FirstBytes {
        /** Writes them. */
        void write(SafetensorsWriter writer) throws IOException;
    }

    /**
     * Makes a new file, all zeros behind its header. It is prepared as {@code NAME.partial} beside its place.
     *
     * @throws SafetensorsException with {@link Fault#ALREADY_EXISTS} or {@link Fault#READ_ONLY}
     */
    public static SafetensorsWriter create(Path path, SafetensorsLayout layout) throws IOException {
        return create(path, layout, writer -> {});
    }

    /**
     * As {@link #create(Path, SafetensorsLayout)}, but with some bytes written before the file appears under its name.
     */
    public static SafetensorsWriter create(Path path, SafetensorsLayout layout, FirstBytes first) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw SafetensorsException.of(Fault.ALREADY_EXISTS, path, "already exists and is not overwritten");
        }
        DiskSpace.require(path, layout.fileBytes());
        Path partial = partial(path);
        SafetensorsWriter writer = new SafetensorsWriter(path, layout, openPartial(partial, path));
        try {
            if (layout.fileBytes() > layout.header().limit()) {
                writer.writeFully(ByteBuffer.allocate(1), layout.fileBytes() - 1);
            }
            writer.writeFully(layout.header(), 0);
            first.write(writer);
            writer.force();
            Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.forceDirectory(DiskSpace.directoryOf(path));
            return writer;
        } catch (IOException | RuntimeException | Error e) {
            abandon(writer.channel, partial, e);
            throw e;
        }
    }

    /**
     * Opens a file made by {@link #create} to continue writing.
     *
     * @throws SafetensorsException with {@link Fault#LAYOUT_DIFFERS} if its header or length is not that of the layout,
     *     {@link Fault#NOT_A_FILE} for a symbolic link or anything else that is not a regular file,
     *     {@link Fault#READ_ONLY}
     * @throws NoSuchFileException if there is none
     */
    public static SafetensorsWriter resume(Path path, SafetensorsLayout layout) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw SafetensorsException.of(
                    Fault.NOT_A_FILE, path, "not a regular file, or a symbolic link; it is not written to");
        }
        FileChannel channel =
                open(path, path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try {
            requireLayout(path, layout, channel);
            return new SafetensorsWriter(path, layout, channel);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static void requireLayout(Path path, SafetensorsLayout layout, FileChannel channel) throws IOException {
        if (channel.size() != layout.fileBytes()) {
            throw SafetensorsException.of(
                    Fault.LAYOUT_DIFFERS,
                    path,
                    "the file has %d bytes, but the layout needs %d".formatted(channel.size(), layout.fileBytes()));
        }
        ByteBuffer expected = layout.header();
        ByteBuffer found = ByteBuffer.allocate(expected.limit());
        while (found.hasRemaining() && channel.read(found, found.position()) >= 0) {
            // A read may give less than was asked for.
        }
        int difference = expected.mismatch(found.flip());
        if (difference >= 0) {
            throw SafetensorsException.of(
                    Fault.LAYOUT_DIFFERS, path, "the header differs from the layout's, first at byte " + difference);
        }
    }

    /**
     * Writes a whole file at once: it appears under its name when it is complete, in place of an earlier one (which
     * some file systems do ten times slower than making a new one). Not forced to the disk: after a loss of power it
     * may be missing.
     *
     * @throws IllegalArgumentException if a buffer does not have the size of its tensor
     * @throws SafetensorsException with {@link Fault#READ_ONLY}
     */
    public static void writeWhole(Path path, SafetensorsLayout layout, TensorSource source) throws IOException {
        writeWhole(path, layout, source, false);
    }

    private static void writeWhole(Path path, SafetensorsLayout layout, TensorSource source, boolean durable)
            throws IOException {
        Path partial = partial(path);
        FileChannel channel = openPartial(partial, path);
        try {
            SafetensorsWriter writer = new SafetensorsWriter(path, layout, channel);
            writer.writeFully(layout.header(), 0);
            for (int i = 0; i < layout.tensors().size(); i++) {
                ByteBuffer bytes = source.bytes(i);
                if (bytes.remaining() != layout.tensors().get(i).bytes()) {
                    throw new IllegalArgumentException("tensor %s takes %d bytes, but %d were given"
                            .formatted(
                                    Text.quote(layout.tensors().get(i).name()),
                                    layout.tensors().get(i).bytes(),
                                    bytes.remaining()));
                }
                writer.write(i, 0, bytes);
            }
            if (durable) {
                writer.force();
            }
            channel.close();
            Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException | Error e) {
            abandon(channel, partial, e);
            throw e;
        }
    }

    /** As {@link #writeWhole(Path, SafetensorsLayout, TensorSource)}, from one buffer per tensor. */
    public static void writeWhole(Path path, SafetensorsLayout layout, List<ByteBuffer> data) throws IOException {
        requireOneEach(layout, data);
        writeWhole(path, layout, data::get, false);
    }

    /**
     * As {@link #writeWhole(Path, SafetensorsLayout, List)}, but on the disk when this returns: after a loss of power
     * either the earlier file or this one is whole under the name.
     */
    public static void writeDurably(Path path, SafetensorsLayout layout, List<ByteBuffer> data) throws IOException {
        requireOneEach(layout, data);
        writeWhole(path, layout, data::get, true);
        DurableFiles.forceDirectory(DiskSpace.directoryOf(path));
    }

    private static void requireOneEach(SafetensorsLayout layout, List<ByteBuffer> data) {
        if (data.size() != layout.tensors().size()) {
            throw new IllegalArgumentException("%d buffers were given for %d tensors"
                    .formatted(data.size(), layout.tensors().size()));
        }
    }

    private static Path partial(Path path) {
        return path.resolveSibling(path.getFileName() + DurableFiles.UNFINISHED_SUFFIX);
    }

    private static FileChannel openPartial(Path partial, Path path) throws IOException {
        return open(
                partial,
                path,
                Set.of(
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.SPARSE,
                        LinkOption.NOFOLLOW_LINKS));
    }

    private static FileChannel open(Path opened, Path named, Set<OpenOption> options) throws IOException {
        try {
            return FileChannel.open(opened, options);
        } catch (AccessDeniedException | ReadOnlyFileSystemException e) {
            throw SafetensorsException.of(Fault.READ_ONLY, named, "may not be written: " + e.getMessage(), e);
        }
    }

    private static void abandon(FileChannel channel, Path partial, Throwable cause) {
        try {
            channel.close();
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** The layout of the file. */
    public SafetensorsLayout layout() {
        return layout;
    }

    /**
     * Writes part of a tensor: the buffer's bytes from position to limit, to {@code byteOffset} in the tensor.
     *
     * @param tensor its number in the layout
     * @throws IndexOutOfBoundsException if the range lies outside the tensor
     * @throws org.lilgatsby.files.NoSpaceException if the disk is full
     */
    public void write(int tensor, long byteOffset, ByteBuffer bytes) throws IOException {
        TensorSpec spec = layout.tensors().get(tensor);
        if (byteOffset < 0 || byteOffset > spec.bytes() - bytes.remaining()) {
            throw new IndexOutOfBoundsException("bytes [%d, %d + %d) of tensor %s, which has %d"
                    .formatted(byteOffset, byteOffset, bytes.remaining(), Text.quote(spec.name()), spec.bytes()));
        }
        writeFully(bytes, layout.offset(tensor) + byteOffset);
    }

    /**
     * Writes slices along a tensor's first axis.
     *
     * @param tensor its number in the layout
     * @param rows whole rows, the first for index {@code firstRow}
     * @throws IllegalArgumentException if the buffer does not hold a whole number of rows, or the tensor has none
     * @throws IndexOutOfBoundsException if the rows lie outside the tensor
     */
    public void writeRows(int tensor, long firstRow, ByteBuffer rows) throws IOException {
        TensorSpec spec = layout.tensors().get(tensor);
        long rowBytes = spec.rowBytes();
        if (rowBytes == 0 ? rows.hasRemaining() : rows.remaining() % rowBytes != 0) {
            throw new IllegalArgumentException("%d bytes are not a whole number of rows of tensor %s of %d bytes"
                    .formatted(rows.remaining(), Text.quote(spec.name()), rowBytes));
        }
        Objects.checkIndex(firstRow, spec.shape().dimension(0));
        write(tensor, firstRow * rowBytes, rows);
    }

    /**
     * From now on writes whole blocks around the operating system's page cache, if there are many and the buffer has
     * the same alignment to blocks as the file's bytes. Otherwise, and where the file system cannot do so, nothing
     * changes. Readers see the same either way.
     */
    public void openDirect() {
        direct = DirectChannel.open(path).orElse(null);
    }

    /** Goes back to writing through the page cache. */
    public void closeDirect() {
        DirectChannel closing = direct;
        direct = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (IOException e) {
                // everything was written; force and close of the other channel report a failing disk
            }
        }
    }

    /** Whether blocks are written around the page cache. */
    public boolean isDirect() {
        return direct != null;
    }

    /** Bytes of a block, a power of two; 1 if blocks make no difference. */
    public int block() {
        DirectChannel around = direct;
        return around == null ? 1 : around.block();
    }

    private void writeFully(ByteBuffer bytes, long position) throws IOException {
        DirectChannel around = direct;
        int whole = around == null ? 0 : around.wholeBlocks(bytes, position);
        if (whole == 0) {
            writeCached(bytes, position);
            return;
        }
        int start = bytes.position();
        int limit = bytes.limit();
        int head = around.head(position);
        writeCached(bytes.limit(start + head), position);
        try {
            around.write(bytes.limit(start + head + whole), position + head);
        } catch (IOException e) {
            // the file system gives no useful reason; writing through the cache reports what is wrong with the disk
            closeDirect();
        }
        writeCached(bytes.limit(limit), position + bytes.position() - start);
    }

    private void writeCached(ByteBuffer bytes, long position) throws IOException {
        int start = bytes.position();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, position + bytes.position() - start);
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw DiskSpace.explain(path, bytes.remaining(), e);
        }
    }

    /** Returns when everything written so far is on the disk. */
    public void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        closeDirect();
        channel.close();
    }
}
