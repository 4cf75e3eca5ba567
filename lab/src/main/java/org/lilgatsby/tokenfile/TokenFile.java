package org.lilgatsby.tokenfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.files.Text;
import org.lilgatsby.safetensors.DType;
import org.lilgatsby.safetensors.SafetensorsException;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.safetensors.TensorView;

/**
 * A file of token ids, mapped into memory: opened without reading the ids, whatever their number.
 *
 * <p>The file must not be shortened while it is open: the JVM reports a read beyond the new end as an
 * {@link InternalError}.
 */
public final class TokenFile implements TokenSequence, AutoCloseable {
    private final Path path;
    private final TokenFormat format;
    private final ElementType type;
    private final List<Long> shape;
    private final long length;
    private final MemorySegment ids;
    private final Runnable closing;

    /**
     * How a file is to be read where its name and its first bytes do not tell, or tell wrongly.
     *
     * @param format empty to go by the name and the first bytes
     * @param tensor of a safetensors file; empty if it has only one of whole numbers
     */
    public record Reading(Optional<TokenFormat> format, Optional<String> tensor) {
        /** By the name and the first bytes. */
        public static final Reading BY_NAME = new Reading(Optional.empty(), Optional.empty());
    }

    private TokenFile(Path path, TokenFormat format, Elements elements, MemorySegment ids, Runnable closing) {
        this.path = path;
        this.format = format;
        this.type = elements.type;
        this.shape = elements.shape;
        this.length = elements.length;
        this.ids = ids;
        this.closing = closing;
    }

    private record Elements(ElementType type, List<Long> shape, long length) {
        static Elements of(Path file, ElementType type, List<Long> shape) throws TokenFileException {
            long length = 1;
            try {
                for (long dimension : shape) {
                    length = Math.multiplyExact(length, dimension);
                }
                Math.multiplyExact(length, type.bytes());
            } catch (ArithmeticException e) {
                throw new TokenFileException(file, "an array of %s ids is too large".formatted(shape), e);
            }
            return new Elements(type, List.copyOf(shape), length);
        }
    }

    /**
     * Opens a file and checks its header and its length.
     *
     * @throws TokenFileException if it is not a file of token ids, or has none
     * @throws NoSuchFileException if there is none
     */
    public static TokenFile open(Path path, Reading reading) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isRegularFile(path)) {
            // Opening a pipe would wait for its writer.
            throw new TokenFileException(path, "not a regular file");
        }
        TokenFile file;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer start = start(channel, LlmcHeader.BYTES);
            TokenFormat format = reading.format().isPresent() ? reading.format().get() : format(path, start);
            file = switch (format) {
                case SAFETENSORS -> openSafetensors(path, reading.tensor());
                case NPY -> openNpy(path, channel, start);
                case UINT16 -> openPlain(path, channel);
                case LLMC_UINT16 -> openLlmc(path, channel, start, LlmcHeader.GPT2);
                case LLMC_UINT32 -> openLlmc(path, channel, start, LlmcHeader.LLAMA3);
            };
        }
        if (file.length == 0) {
            file.close();
            throw new TokenFileException(path, "has no token ids");
        }
        return file;
    }

    private static ByteBuffer start(FileChannel channel, int most) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
        while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {}
        return start.flip();
    }

    private static TokenFormat format(Path path, ByteBuffer start) throws TokenFileException {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".safetensors")) {
            return TokenFormat.SAFETENSORS;
        }
        if (name.endsWith(".npy")) {
            return TokenFormat.NPY;
        }
        if (name.endsWith(".bin")) {
            return LlmcHeader.of(start).map(LlmcHeader::format).orElse(TokenFormat.UINT16);
        }
        throw new TokenFileException(
                path,
                "its name does not tell the format of its token ids; end it in .safetensors, .npy or .bin, or "
                        + "name the format");
    }

    private static TokenFile openSafetensors(Path path, Optional<String> wanted) throws IOException {
        SafetensorsFile file;
        try {
            file = SafetensorsFile.open(path);
        } catch (SafetensorsException e) {
            throw new TokenFileException(path, withoutFile(path, e), e);
        }
        try {
            TensorSpec spec = tensor(path, file, wanted);
            ElementType type = ElementType.ofSafetensors(spec.dtype().name())
                    .orElseThrow(() -> new TokenFileException(
                            path,
                            "tensor %s is %s; token ids are whole numbers, such as I32 or U16"
                                    .formatted(Text.quote(spec.name()), spec.dtype())));
            TensorView view = file.tensor(spec.name());
            List<Long> shape = IntStream.range(0, spec.shape().rank())
                    .mapToObj(axis -> spec.shape().dimension(axis))
                    .toList();
            return new TokenFile(
                    path, TokenFormat.SAFETENSORS, Elements.of(path, type, shape), view.data(), file::close);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static String withoutFile(Path path, SafetensorsException e) {
        String prefix = Text.escape(path.toString()) + ": ";
        return e.getMessage().startsWith(prefix) ? e.getMessage().substring(prefix.length()) : e.getMessage();
    }

    private static TensorSpec tensor(Path path, SafetensorsFile file, Optional<String> wanted)
            throws TokenFileException {
        Map<Boolean, List<TensorSpec>> found = file.tensors().stream()
                .filter(spec -> wanted.isPresent()
                        ? spec.name().equals(wanted.get())
                        : ElementType.ofSafetensors(spec.dtype().name()).isPresent())
                .collect(Collectors.partitioningBy(spec -> spec.dtype() != DType.BOOL));
        List<TensorSpec> candidates = found.get(!found.get(true).isEmpty());
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        String names = file.tensors().stream()
                .limit(10)
                .map(spec -> Text.quote(spec.name()) + " " + spec.dtype())
                .collect(Collectors.joining(", "));
        throw new TokenFileException(
                path,
                wanted.isPresent()
                        ? "no tensor %s; it has %s"
                                .formatted(Text.quote(wanted.get()), names.isEmpty() ? "none" : names)
                        : "has %d tensors of whole numbers; name one of %s"
                                .formatted(candidates.size(), names.isEmpty() ? "none" : names));
    }

    private static TokenFile openNpy(Path path, FileChannel channel, ByteBuffer start) throws IOException {
        int startBytes = NpyHeader.startBytes(path, start);
        int headerBytes = NpyHeader.length(path, start, startBytes);
        ByteBuffer whole = headerBytes + startBytes <= start.limit() ? start : start(channel, startBytes + headerBytes);
        if (whole.limit() < startBytes + headerBytes) {
            throw new TokenFileException(path, "ends inside the header");
        }
        NpyHeader.Array array =
                NpyHeader.parse(path, whole.slice(startBytes, headerBytes), start.get(NpyHeader.MAGIC.length));
        if (array.shape().isEmpty()) {
            throw new TokenFileException(path, "the array is a single number; save one of one or more dimensions");
        }
        Elements elements = Elements.of(path, array.type(), array.shape());
        return map(path, TokenFormat.NPY, channel, startBytes + (long) headerBytes, elements);
    }

    private static TokenFile openPlain(Path path, FileChannel channel) throws IOException {
        long bytes = channel.size();
        if (bytes % 2 != 0) {
            throw new TokenFileException(
                    path, "has %d bytes, an odd number, but ids of 16 bits take two each".formatted(bytes));
        }
        return map(path, TokenFormat.UINT16, channel, 0, Elements.of(path, ElementType.U16, List.of(bytes / 2)));
    }

    private static TokenFile openLlmc(Path path, FileChannel channel, ByteBuffer start, LlmcHeader header)
            throws IOException {
        long count = header.count(path, start, channel.size());
        return map(path, header.format(), channel, LlmcHeader.BYTES, Elements.of(path, header.type(), List.of(count)));
    }

    private static TokenFile map(Path path, TokenFormat format, FileChannel channel, long offset, Elements elements)
            throws IOException {
        long bytes = elements.length * elements.type.bytes();
        long present = channel.size() - offset;
        if (present != bytes) {
            throw new TokenFileException(
                    path,
                    "%d ids of %d bytes take %d bytes, but %d follow the header"
                            .formatted(elements.length, elements.type.bytes(), bytes, present));
        }
        Arena arena = Arena.ofShared();
        try {
            MemorySegment ids = channel.map(FileChannel.MapMode.READ_ONLY, offset, bytes, arena);
            return new TokenFile(path, format, elements, ids, arena::close);
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /** The path of the file. */
    public Path path() {
        return path;
    }

    /** Its format. */
    public TokenFormat format() {
        return format;
    }

    /** How an id is stored. */
    public ElementType type() {
        return type;
    }

    /** The shape of the array, of which the ids are taken in row-major order; one dimension where the file has none. */
    public List<Long> shape() {
        return shape;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void copy(long position, int[] target, int at, int count) {
        Objects.checkFromIndexSize(position, (long) count, length);
        Objects.checkFromIndexSize(at, count, target.length);
        int good = type.copy(ids, position, target, at, count);
        if (good < count) {
            throw new UncheckedIOException(new TokenFileException(
                    path,
                    "id %d is %s; ids are whole numbers from 0 to %d"
                            .formatted(position + good, type.shown(ids, position + good), Integer.MAX_VALUE - 1)));
        }
    }

    @Override
    public String place(long position) {
        return Text.escape(path.toString()) + ": id " + position;
    }

    /** Unmaps the file, which must not be used any more. */
    @Override
    public void close() {
        closing.run();
    }
}
