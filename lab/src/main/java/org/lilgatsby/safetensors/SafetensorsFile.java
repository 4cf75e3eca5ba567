package org.lilgatsby.safetensors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file, mapped into memory, its structure checked in full before any of it can be read:
 *
 * <ol>
 *   <li>8 bytes: N, the length of the header, unsigned little-endian, at most 100,000,000;
 *   <li>N bytes: the header, JSON in UTF-8 (see {@link HeaderParser}), white space at its end;
 *   <li>the tensors' bytes, little-endian, one right after the other to the end of the file.
 * </ol>
 *
 * <p>The file must not be shortened while it is open: the JVM reports a read beyond the new end as an
 * {@link InternalError}. A file that a {@link SafetensorsWriter} fills never changes its length.
 */
public final class SafetensorsFile implements AutoCloseable {
    private final Path path;
    private final Arena arena;
    private final MemorySegment mapped;
    private final long dataStart;
    private final List<TensorSpec> tensors;
    private final Map<String, Header.Entry> entries;
    private final Map<String, String> metadata;

    private SafetensorsFile(
            Path path,
            Arena arena,
            MemorySegment mapped,
            long dataStart,
            List<Header.Entry> ordered,
            Map<String, String> metadata) {
        this.path = path;
        this.arena = arena;
        this.mapped = mapped;
        this.dataStart = dataStart;
        this.tensors = ordered.stream().map(Header.Entry::spec).toList();
        this.entries = HashMap.newHashMap(ordered.size());
        this.metadata = metadata;
        for (Header.Entry entry : ordered) {
            entries.put(entry.spec().name(), entry);
        }
    }

    /**
     * Opens a file and checks its header and its length; the tensors' bytes are not read.
     *
     * @throws SafetensorsException if the file is not a legal safetensors file
     * @throws NoSuchFileException if there is none
     */
    public static SafetensorsFile open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isRegularFile(path)) {
            // Opening a pipe would wait for its writer.
            throw SafetensorsException.of(Fault.NOT_A_FILE, path, "not a regular file");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long fileBytes = channel.size();
            ByteBuffer bytes = readHeader(path, channel, fileBytes);
            long dataStart = Header.LENGTH_BYTES + (long) bytes.limit();
            Header header = HeaderParser.parse(path, bytes);
            List<Header.Entry> ordered = Spans.inOrder(path, header.entries(), fileBytes - dataStart);
            Arena arena = Arena.ofShared();
            try {
                MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, fileBytes, arena);
                return new SafetensorsFile(path, arena, mapped, dataStart, ordered, header.metadata());
            } catch (IOException | RuntimeException | Error e) {
                arena.close();
                throw e;
            }
        }
    }

    private static ByteBuffer readHeader(Path path, FileChannel channel, long fileBytes) throws IOException {
        if (fileBytes < Header.LENGTH_BYTES) {
            throw SafetensorsException.of(
                    Fault.TOO_SHORT,
                    path,
                    "the file has " + fileBytes + " bytes, but the header's length alone takes " + Header.LENGTH_BYTES);
        }
        ByteBuffer length = ByteBuffer.allocate(Header.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(path, channel, length, 0);
        long headerBytes = length.getLong(0);
        if (Long.compareUnsigned(headerBytes, Header.MAX_BYTES) > 0) {
            throw SafetensorsException.of(
                    Fault.HEADER_TOO_LARGE,
                    path,
                    "the header's length is %s bytes; at most %d are possible"
                            .formatted(Long.toUnsignedString(headerBytes), Header.MAX_BYTES));
        }
        if (headerBytes > fileBytes - Header.LENGTH_BYTES) {
            throw SafetensorsException.of(
                    Fault.HEADER_OUT_OF_FILE,
                    path,
                    "the header's length is %d bytes, but only %d follow"
                            .formatted(headerBytes, fileBytes - Header.LENGTH_BYTES));
        }
        ByteBuffer header = ByteBuffer.allocate((int) headerBytes);
        readFully(path, channel, header, Header.LENGTH_BYTES);
        return header.flip();
    }

    private static void readFully(Path path, FileChannel channel, ByteBuffer target, long position) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position()) < 0) {
                throw SafetensorsException.of(
                        Fault.HEADER_OUT_OF_FILE, path, "the file was shortened while it was opened");
            }
        }
    }

    /** The path of the file. */
    public Path path() {
        return path;
    }

    /** All tensors, in the order of their data. */
    public List<TensorSpec> tensors() {
        return tensors;
    }

    /** The free texts of the header, in its order; empty if it has none. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Whether there is a tensor of this name. */
    public boolean contains(String name) {
        return entries.containsKey(name);
    }

    /**
     * The tensor of this name.
     *
     * @throws SafetensorsException with {@link Fault#NO_SUCH_TENSOR} if there is none
     */
    public TensorView tensor(String name) throws SafetensorsException {
        Header.Entry entry = entries.get(name);
        if (entry == null) {
            throw SafetensorsException.ofTensor(
                    Fault.NO_SUCH_TENSOR, path, name, "no tensor of this name among the file's " + tensors.size());
        }
        return new TensorView(entry.spec(), mapped.asSlice(dataStart + entry.begin(), entry.end() - entry.begin()));
    }

    /** Unmaps the file; its views must not be used any more. */
    @Override
    public void close() {
        arena.close();
    }
}
