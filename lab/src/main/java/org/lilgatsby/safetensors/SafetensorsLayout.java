package org.lilgatsby.safetensors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.lilgatsby.files.Text;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The layout of a file to be written: its header, byte for byte, and the place of every tensor. Equal tensors and
 * metadata give equal bytes.
 *
 * <p>Tensors are placed by falling element size, in the given order among equals, so that each begins at a multiple of
 * its element size. The header holds the metadata first, sorted by key, then the tensors in the order of their data,
 * and is padded with spaces so that the data begins at a multiple of 64 bytes; {@link #inBlocks} differs.
 */
public final class SafetensorsLayout {
    /** The data begins at a multiple of this many bytes. */
    public static final int DATA_ALIGNMENT = 64;

    /** Bytes of a block in most file systems. */
    private static final int BLOCK = 4096;

    private static final JsonFactory JSON = new JsonFactory();

    private final List<TensorSpec> tensors;
    private final SortedMap<String, String> metadata;
    private final Map<String, Integer> indices;
    private final long[] offsets; // from the beginning of the file, by tensor
    private final byte[] header; // the 8 bytes of its length included
    private final long fileBytes;

    private SafetensorsLayout(
            List<TensorSpec> tensors, Map<String, String> metadata, Predicate<TensorSpec> first, int alignment) {
        this.tensors = List.copyOf(tensors);
        this.metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        this.indices = indices(this.tensors);
        this.offsets = new long[tensors.size()];
        int[] order = IntStream.range(0, tensors.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> !first.test(tensors.get(i)))
                        .thenComparingInt(i -> -tensors.get(i).dtype().bits()))
                .mapToInt(Integer::intValue)
                .toArray();
        long dataBytes = 0;
        for (int i : order) {
            offsets[i] = dataBytes;
            dataBytes = Math.addExact(dataBytes, tensors.get(i).bytes());
        }
        this.header = header(order, alignment);
        for (int i : order) {
            offsets[i] += header.length;
        }
        this.fileBytes = Math.addExact(dataBytes, header.length);
    }

    /**
     * Lays out a file.
     *
     * @param tensors in the order in which they are numbered
     * @param metadata free texts for the header; may be empty
     * @throws IllegalArgumentException if two tensors have one name, a text has an unpaired surrogate, or the header
     *     exceeds what the format allows
     * @throws ArithmeticException if the file has more than 2^63-1 bytes
     */
    public static SafetensorsLayout of(List<TensorSpec> tensors, Map<String, String> metadata) {
        return new SafetensorsLayout(tensors, metadata, tensor -> false, DATA_ALIGNMENT);
    }

    /**
     * As {@link #of}, but tensors whose rows fill whole blocks come first, and if there are any, the data begins with a
     * block, and so does each of their rows.
     */
    public static SafetensorsLayout inBlocks(List<TensorSpec> tensors, Map<String, String> metadata) {
        boolean any = tensors.stream().anyMatch(SafetensorsLayout::fillsBlocks);
        return new SafetensorsLayout(tensors, metadata, SafetensorsLayout::fillsBlocks, any ? BLOCK : DATA_ALIGNMENT);
    }

    private static boolean fillsBlocks(TensorSpec tensor) {
        long rows = tensor.shape().rank() == 0 ? 0 : tensor.shape().dimension(0);
        return rows > 0 && tensor.bytes() > 0 && tensor.bytes() % rows == 0 && tensor.bytes() / rows % BLOCK == 0;
    }

    private static Map<String, Integer> indices(List<TensorSpec> tensors) {
        Map<String, Integer> indices = HashMap.newHashMap(tensors.size());
        for (int i = 0; i < tensors.size(); i++) {
            String name = tensors.get(i).name();
            if (indices.put(name, i) != null) {
                throw new IllegalArgumentException("two tensors are named " + Text.quote(name));
            }
        }
        return indices;
    }

    private byte[] header(int[] order, int alignment) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), json)) {
            generator.writeStartObject();
            writeMetadata(generator);
            for (int i : order) {
                writeEntry(generator, tensors.get(i), offsets[i]);
            }
            generator.writeEndObject();
        }
        long unpadded = Header.LENGTH_BYTES + (long) json.size();
        long padded = Math.ceilDiv(unpadded, alignment) * alignment;
        if (padded - Header.LENGTH_BYTES > Header.MAX_BYTES) {
            throw new IllegalArgumentException("the header takes %d bytes; at most %d are possible"
                    .formatted(padded - Header.LENGTH_BYTES, Header.MAX_BYTES));
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded - Header.LENGTH_BYTES).put(json.toByteArray());
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.array();
    }

    private void writeMetadata(JsonGenerator generator) {
        if (metadata.isEmpty()) {
            return;
        }
        generator.writeName(TensorSpec.METADATA_KEY);
        generator.writeStartObject();
        metadata.forEach((key, value) -> {
            if (!Text.isEncodable(key) || !Text.isEncodable(value)) {
                throw new IllegalArgumentException("metadata " + Text.quote(key) + " holds an unpaired surrogate");
            }
            generator.writeStringProperty(key, value);
        });
        generator.writeEndObject();
    }

    private static void writeEntry(JsonGenerator generator, TensorSpec spec, long begin) {
        generator.writeName(spec.name());
        generator.writeStartObject();
        generator.writeStringProperty("dtype", spec.dtype().name());
        generator.writeName("shape");
        generator.writeStartArray();
        for (int axis = 0; axis < spec.shape().rank(); axis++) {
            generator.writeNumber(spec.shape().dimension(axis));
        }
        generator.writeEndArray();
        generator.writeName("data_offsets");
        generator.writeStartArray();
        generator.writeNumber(begin);
        generator.writeNumber(begin + spec.bytes());
        generator.writeEndArray();
        generator.writeEndObject();
    }

    /** The tensors, in the order in which they were given and are numbered. */
    public List<TensorSpec> tensors() {
        return tensors;
    }

    /** The free texts of the header, sorted by key. */
    public SortedMap<String, String> metadata() {
        return metadata;
    }

    /**
     * The number of the tensor of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public int indexOf(String name) {
        Integer index = indices.get(name);
        if (index == null) {
            throw new IllegalArgumentException("no tensor is named " + Text.quote(name));
        }
        return index;
    }

    /** The first byte of a tensor, counted from the beginning of the file. */
    public long offset(int tensor) {
        return offsets[tensor];
    }

    /** The beginning of the file up to the data: the header's length, the header, its padding. */
    public ByteBuffer header() {
        return ByteBuffer.wrap(header).asReadOnlyBuffer();
    }

    /** Bytes of the whole file. */
    public long fileBytes() {
        return fileBytes;
    }
}
