package org.lilgatsby.checkpoint;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lilgatsby.files.Text;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** A JSON file of a model directory, read as a stream: one object, no duplicate keys, nothing after it. */
final class JsonFile {
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
    private final JsonParser json;

    private JsonFile(Path path, JsonParser json) {
        this.path = path;
        this.json = json;
    }

    /** Reads the value of a key; the parser is at its first token, and afterwards at its last. */
    @FunctionalInterface
    interface Member {
        void read(String key) throws IOException;
    }

    /** Reads the file's object; the parser is at its first token, and afterwards at its last. */
    @FunctionalInterface
    interface Content<T> {
        T read(JsonFile json) throws IOException;
    }

    /**
     * Reads a file.
     *
     * @param maxBytes longer files are refused
     * @throws CheckpointException if it is too long, is not one JSON object, or its content is refused
     */
    static <T> T read(Path path, long maxBytes, Content<T> content) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException(path, "not a regular file");
        }
        long bytes = Files.size(path);
        if (bytes > maxBytes) {
            throw new CheckpointException(
                    path, "the file has %d bytes, at most %d are read".formatted(bytes, maxBytes));
        }
        try (Reader text = Files.newBufferedReader(path, StandardCharsets.UTF_8);
                JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            JsonFile file = new JsonFile(path, parser);
            parser.nextToken();
            T result = content.read(file);
            if (parser.nextToken() != null) {
                throw new CheckpointException(path, "the file goes on after its JSON object");
            }
            return result;
        } catch (JacksonIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new CheckpointException(path, "the file is not UTF-8", e);
            }
            throw e.getCause();
        } catch (JacksonException e) {
            throw new CheckpointException(path, Text.escape(e.getOriginalMessage()), e);
        }
    }

    /** Passes each key of the current object to {@code member}. */
    void object(String what, Member member) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(what, "an object");
        }
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            json.nextToken();
            member.read(key);
        }
    }

    /** Passes each element of the current array to {@code member}, under the name of the array. */
    void array(String what, Member member) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(what, "an array");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            member.read(what);
        }
    }

    boolean isObject() {
        return json.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isArray() {
        return json.currentToken() == JsonToken.START_ARRAY;
    }

    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    boolean isText() {
        return json.currentToken() == JsonToken.VALUE_STRING;
    }

    String text(String what) throws CheckpointException {
        if (!isText()) {
            throw wrong(what, "text");
        }
        return json.getString();
    }

    boolean truth(String what) throws CheckpointException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong(what, "true or false");
        };
    }

    /** A whole number in [0, 2^31-1]. */
    int natural(String what) throws CheckpointException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() != JsonParser.NumberType.INT
                || json.getIntValue() < 0) {
            throw wrong(what, "a whole number in [0, 2147483647]");
        }
        return json.getIntValue();
    }

    void skip() {
        json.skipChildren();
    }

    CheckpointException fault(String problem) {
        return new CheckpointException(path, problem);
    }

    private CheckpointException wrong(String what, String needed) {
        JsonToken found = json.currentToken();
        String shown =
                found == null ? "nothing" : found.isScalarValue() ? Text.quote(json.getString()) : found.asString();
        return fault(what + " must be " + needed + ", not " + shown);
    }
}
