package org.lilgatsby.safetensors;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lilgatsby.files.Text;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Parses the JSON of a header:
 *
 * <pre>
 * {"__metadata__": {TEXT: TEXT, ...},
 *  NAME: {"dtype": TEXT, "shape": [INTEGER, ...], "data_offsets": [INTEGER, INTEGER]}, ...}
 * </pre>
 *
 * with nothing more and nothing less in an entry. Memory stays within a small multiple of the header's length, by the
 * limits below.
 */
final class HeaderParser {
    static final int MAX_TENSORS = 1 << 20;
    static final int MAX_METADATA_ENTRIES = 1 << 16;
    static final int MAX_NAME_LENGTH = 1 << 14;
    static final int MAX_STRING_LENGTH = 1 << 24;
    private static final int MAX_NESTING = 3;
    private static final int MAX_NUMBER_LENGTH = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            // A table of names would be shared between files and could be flooded with colliding ones.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final Path file;
    private final JsonParser json;
    private final List<Header.Entry> entries = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private Map<String, String> metadata;

    private HeaderParser(Path file, JsonParser json) {
        this.file = file;
        this.json = json;
    }

    /** Parses the bytes of a header, its padding included; {@code file} is named in messages. */
    static Header parse(Path file, ByteBuffer utf8) throws SafetensorsException {
        CharBuffer text = decode(file, utf8);
        if (text.isEmpty() || text.get(0) != '{') {
            throw SafetensorsException.of(Fault.MALFORMED_JSON, file, "the header does not begin with '{'");
        }
        try (JsonParser json =
                JSON.createParser(ObjectReadContext.empty(), text.array(), text.arrayOffset(), text.length())) {
            return new HeaderParser(file, json).header();
        } catch (StreamConstraintsException e) {
            throw SafetensorsException.of(
                    Fault.LIMIT_EXCEEDED, file, "header: " + Text.escape(e.getOriginalMessage()), e);
        } catch (JacksonException e) {
            throw SafetensorsException.of(
                    Fault.MALFORMED_JSON, file, "header: " + Text.escape(e.getOriginalMessage()), e);
        }
    }

    private static CharBuffer decode(Path file, ByteBuffer utf8) throws SafetensorsException {
        ByteBuffer bytes = utf8.slice();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw SafetensorsException.of(
                    Fault.INVALID_UTF8, file, "the header is not UTF-8 at its byte " + bytes.position(), e);
        }
    }

    private Header header() throws SafetensorsException {
        json.nextToken();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            if (name.equals(TensorSpec.METADATA_KEY)) {
                if (metadata != null) {
                    throw SafetensorsException.of(Fault.DUPLICATE_NAME, file, "two entries " + TensorSpec.METADATA_KEY);
                }
                metadata = metadata();
            } else {
                if (!names.add(name)) {
                    throw tensorFault(Fault.DUPLICATE_NAME, name, "two entries of this name");
                }
                requireLimit(names.size(), MAX_TENSORS, "tensors");
                entries.add(entry(name));
            }
        }
        if (json.nextToken() != null) {
            throw SafetensorsException.of(Fault.MALFORMED_JSON, file, "the header continues after its JSON object");
        }
        return new Header(entries, metadata == null ? Map.of() : Collections.unmodifiableMap(metadata));
    }

    private Map<String, String> metadata() throws SafetensorsException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw metadataFault(Fault.WRONG_TYPE, "an object is needed, not " + found());
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw metadataFault(
                        Fault.WRONG_TYPE, "the value of " + Text.quote(key) + " must be text, not " + found());
            }
            String value = json.getString();
            if (!Text.isEncodable(value)) { // Jackson looks at names only
                throw metadataFault(
                        Fault.INVALID_UTF8, "the value of " + Text.quote(key) + " has an unpaired surrogate");
            }
            if (texts.put(key, value) != null) {
                throw metadataFault(Fault.DUPLICATE_KEY, "two values of " + Text.quote(key));
            }
            requireLimit(texts.size(), MAX_METADATA_ENTRIES, "metadata entries");
        }
        return texts;
    }

    private Header.Entry entry(String name) throws SafetensorsException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw tensorFault(Fault.WRONG_TYPE, name, "an object is needed, not " + found());
        }
        DType dtype = null;
        long[] shape = null;
        long[] offsets = null;
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            json.nextToken();
            switch (key) {
                case "dtype" -> {
                    requireFirst(name, key, dtype);
                    dtype = dtype(name);
                }
                case "shape" -> {
                    requireFirst(name, key, shape);
                    shape = integers(name, key, Shape.MAX_RANK);
                }
                case "data_offsets" -> {
                    requireFirst(name, key, offsets);
                    offsets = integers(name, key, 2);
                }
                default -> throw tensorFault(Fault.UNKNOWN_KEY, name, "unknown key " + Text.quote(key));
            }
        }
        requirePresent(name, "dtype", dtype);
        requirePresent(name, "shape", shape);
        requirePresent(name, "data_offsets", offsets);
        if (offsets.length != 2) {
            throw tensorFault(Fault.MISSING_KEY, name, "data_offsets must have 2 numbers, not " + offsets.length);
        }
        return new Header.Entry(spec(name, dtype, shape), offsets[0], offsets[1]);
    }

    private TensorSpec spec(String name, DType dtype, long[] dimensions) throws SafetensorsException {
        try {
            Shape shape = Shape.of(dimensions);
            if (TensorSpec.bits(dtype, shape) % Byte.SIZE != 0) {
                throw tensorFault(
                        Fault.PARTIAL_BYTE, name, shape + " elements of " + dtype + " do not fill whole bytes");
            }
            return new TensorSpec(name, dtype, shape);
        } catch (ArithmeticException e) {
            throw tensorFault(Fault.SIZE_OVERFLOW, name, e.getMessage());
        }
    }

    private DType dtype(String name) throws SafetensorsException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw tensorFault(Fault.WRONG_TYPE, name, "dtype must be text, not " + found());
        }
        String text = json.getString();
        return DType.named(text)
                .orElseThrow(() -> tensorFault(Fault.UNKNOWN_DTYPE, name, "unknown dtype " + Text.quote(text)));
    }

    private long[] integers(String name, String key, int most) throws SafetensorsException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw tensorFault(Fault.WRONG_TYPE, name, key + " must be an array, not " + found());
        }
        long[] numbers = new long[4];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count == most) {
                throw tensorFault(Fault.LIMIT_EXCEEDED, name, key + " has more than " + most + " numbers");
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = integer(name, key);
        }
        return Arrays.copyOf(numbers, count);
    }

    private long integer(String name, String key) throws SafetensorsException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw tensorFault(Fault.WRONG_TYPE, name, key + " must hold whole numbers, not " + found());
        }
        if (json.getStringCharacters()[json.getStringOffset()] == '-') {
            throw tensorFault(Fault.NEGATIVE_NUMBER, name, key + " holds " + json.getString());
        }
        return switch (json.getNumberType()) {
            case INT, LONG -> json.getLongValue();
            default ->
                throw tensorFault(Fault.SIZE_OVERFLOW, name, key + " holds " + json.getString() + ", above 2^63-1");
        };
    }

    private void requireFirst(String name, String key, Object earlier) throws SafetensorsException {
        if (earlier != null) {
            throw tensorFault(Fault.DUPLICATE_KEY, name, "two values of " + key);
        }
    }

    private void requirePresent(String name, String key, Object value) throws SafetensorsException {
        if (value == null) {
            throw tensorFault(Fault.MISSING_KEY, name, key + " is missing");
        }
    }

    private void requireLimit(int count, int most, String what) throws SafetensorsException {
        if (count > most) {
            throw SafetensorsException.of(Fault.LIMIT_EXCEEDED, file, "the header has more than " + most + " " + what);
        }
    }

    private String found() {
        return switch (json.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getString();
            case VALUE_TRUE, VALUE_FALSE -> "a truth value";
            case VALUE_NULL -> "null";
            default -> "nothing";
        };
    }

    private SafetensorsException metadataFault(Fault fault, String problem) {
        return SafetensorsException.of(fault, file, TensorSpec.METADATA_KEY + ": " + problem);
    }

    private SafetensorsException tensorFault(Fault fault, String name, String problem) {
        return SafetensorsException.ofTensor(fault, file, name, problem);
    }
}
