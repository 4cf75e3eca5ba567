package org.lilgatsby.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.files.Text;
import org.lilgatsby.safetensors.FiniteJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code run.json}. */
final class StoredRunFile {
    static final String NAME = "run.json";

    private static final JsonMapper JSON = FiniteJson.strictMapper()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private StoredRunFile() {}

    static byte[] bytes(StoredRun run) {
        return (JSON.writeValueAsString(run) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a run and checks that its key is that of its configuration.
     *
     * @param file what messages call the bytes
     * @throws IOException if they are not a run that this version understands
     */
    static StoredRun parse(byte[] bytes, Path file) throws IOException {
        try {
            StoredRun run = run(bytes, file);
            String key = ResultKey.of(run.configuration(), run.corpusSha256(), run.arithmetic())
                    .sha256();
            if (!key.equals(run.key())) {
                throw new IOException(
                        "%s: its key is %s, but that of its configuration is %s".formatted(file, run.key(), key));
            }
            return run;
        } catch (JacksonException e) {
            throw new IOException("%s: not a run: %s".formatted(file, Text.escape(e.getOriginalMessage())), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("%s: not a run: %s".formatted(file, Text.escape(e.getMessage())), e);
        }
    }

    /** Reads the bytes once; only those that are not a run of this version are read again for their schema. */
    private static StoredRun run(byte[] bytes, Path file) throws IOException {
        try {
            StoredRun run = JSON.readValue(bytes, StoredRun.class);
            if (run != null && run.schema() == StoredRun.SCHEMA) {
                return run;
            }
            throw anotherSchema(run == null ? "none" : Integer.toString(run.schema()), file);
        } catch (JacksonException e) {
            JsonNode schema = JSON.readTree(bytes).path("schema");
            if (schema.asInt(0) != StoredRun.SCHEMA) {
                throw anotherSchema(schema.asString("none"), file);
            }
            throw e;
        }
    }

    private static IOException anotherSchema(String schema, Path file) {
        return new IOException(
                "%s: has schema %s; this version reads %d".formatted(file, Text.quote(schema), StoredRun.SCHEMA));
    }
}
