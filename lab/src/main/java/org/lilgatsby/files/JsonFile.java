package org.lilgatsby.files;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** A JSON file from anywhere, read as a stream: one object, no duplicate keys, nothing after it. */
public final class JsonFile {
    private static final int MAX_NESTING = 64;
    private static final int MAX_STRING_LENGTH = 1 << 20;
    private static final int MAX_NAME_LENGTH = 1 << 16;
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // A table of names would be shared between files and could be flooded with colliding ones.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final Path path;
    private final Refusal refusal;
    private final JsonParser json;

    private JsonFile(Path path, Refusal refusal, JsonParser json) {
        this.path = path;
        this.refusal = refusal;
        this.json = json;
    }

    /** The exception of those who read a file. */
    @FunctionalInterface
    public interface Refusal {
        /**
         * Makes the exception.
         *
         * @param cause may be null
         */
        IOException of(Path file, String problem, Throwable cause);
    }

    /** Reads the value of a key; the parser is at its first token, and afterwards at its last. */
    @FunctionalInterface
    public interface Member {
        void read(String key) throws IOException;
    }

    /** Reads the file's object; the parser is at its first token, and afterwards at its last. */
    @FunctionalInterface
    public interface Content<T> {
        T read(JsonFile json) throws IOException;
    }

    /**
     * Reads a file.
     *
     * @param maxBytes longer files are refused
     * @param refusal what is thrown if it is too long, is not one JSON object, or its content is refused
     */
    public static <T> T read(Path path, long maxBytes, Refusal refusal, Content<T> content) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw refusal.of(path, "not a regular file", null);
        }
        long bytes = Files.size(path);
        if (bytes > maxBytes) {
            throw refusal.of(path, "the file has %d bytes; at most %d are read".formatted(bytes, maxBytes), null);
        }
        try (Reader text = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            return read(text, path, refusal, content);
        }
    }

    /**
     * Reads text that is in memory already.
     *
     * @param path what messages call it
     * @param refusal what is thrown if it is not one JSON object, or its content is refused
     */
    public static <T> T parse(String text, Path path, Refusal refusal, Content<T> content) throws IOException {
        return read(new StringReader(text), path, refusal, content);
    }

    private static <T> T read(Reader text, Path path, Refusal refusal, Content<T> content) throws IOException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            JsonFile file = new JsonFile(path, refusal, parser);
            parser.nextToken();
            T result = content.read(file);
            if (parser.nextToken() != null) {
                throw refusal.of(path, "the file continues after its JSON object", null);
            }
            return result;
        } catch (JacksonIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw refusal.of(path, "the file is not UTF-8", e);
            }
            throw e.getCause();
        } catch (JacksonException e) {
            throw refusal.of(path, Text.escape(e.getOriginalMessage()), e);
        }
    }

    /** Passes each key of the current object to {@code member}. */
    public void object(String what, Member member) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(what, "an object");
        }
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            json.nextToken();
            member.read(key);
        }
    }

    /** Passes each element of the current array to {@code member}, under the name of the array. */
    public void array(String what, Member member) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(what, "an array");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            member.read(what);
        }
    }

    /** Whether the parser is at the beginning of an object. */
    public boolean isObject() {
        return json.currentToken() == JsonToken.START_OBJECT;
    }

    /** Whether the parser is at the beginning of an array. */
    public boolean isArray() {
        return json.currentToken() == JsonToken.START_ARRAY;
    }

    /** Whether the parser is at a null. */
    public boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Whether the parser is at a text. */
    public boolean isText() {
        return json.currentToken() == JsonToken.VALUE_STRING;
    }

    /** The text at which the parser is. */
    public String text(String what) throws IOException {
        if (!isText()) {
            throw wrong(what, "text");
        }
        return json.getString();
    }

    /** The truth value at which the parser is. */
    public boolean truth(String what) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong(what, "true or false");
        };
    }

    /** A whole number in [0, 2^31-1]. */
    public int natural(String what) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() != JsonParser.NumberType.INT
                || json.getIntValue() < 0) {
            throw wrong(what, "a whole number in [0, 2147483647]");
        }
        return json.getIntValue();
    }

    /** Moves to the end of the value at which the parser is. */
    public void skip() {
        json.skipChildren();
    }

    /** The exception that says what is wrong with the content. */
    public IOException fault(String problem) {
        return refusal.of(path, problem, null);
    }

    /**
     * The value at which the parser is, whole: a {@code Map} in the file's order, {@code List}, {@code String},
     * {@code Boolean}, {@code Long}, {@code Double} or null.
     */
    public Object value(String what) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                object(what, key -> members.put(key, value(key)));
                yield Collections.unmodifiableMap(members);
            }
            case START_ARRAY -> {
                List<Object> elements = new ArrayList<>();
                array(what, _ -> elements.add(value(what)));
                yield Collections.unmodifiableList(elements);
            }
            case VALUE_STRING -> json.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> {
                if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    throw wrong(what, "a number below 2^63");
                }
                yield json.getLongValue();
            }
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case null, default -> throw wrong(what, "a value");
        };
    }

    private IOException wrong(String what, String needed) {
        JsonToken found = json.currentToken();
        String shown =
                found == null ? "nothing" : found.isScalarValue() ? Text.quote(json.getString()) : found.asString();
        return fault(what + " must be " + needed + ", not " + shown);
    }
}
