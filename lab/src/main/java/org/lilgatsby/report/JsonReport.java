package org.lilgatsby.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.safetensors.DurableFiles;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes findings as one JSON document: the keys are the names of {@link Findings} in snake case, numbers are written so
 * that they read back as they are, and a number that is not finite is null, as JSON has none.
 */
public final class JsonReport {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SimpleModule("finite")
                    .addSerializer(Double.class, new Finite())
                    .addSerializer(double.class, new Finite()))
            .build();

    private JsonReport() {}

    /** A number, or null if it is not finite. */
    private static final class Finite extends StdSerializer<Double> {
        Finite() {
            super(Double.class);
        }

        @Override
        public void serialize(Double number, JsonGenerator json, SerializationContext context) {
            if (Double.isFinite(number)) {
                json.writeNumber(number);
            } else {
                json.writeNull();
            }
        }
    }

    /** Any record or map, indented, under the same rules, with a line feed at its end. */
    static String indented(Object document) {
        return JSON.writeValueAsString(document).replace("\r\n", "\n") + "\n";
    }

    /** Any record on one line, under the same rules. */
    static String compact(Object record) {
        return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(record);
    }

    /** Writes the document to a file, UTF-8. */
    public static void write(Findings findings, Path file) throws IOException {
        DurableFiles.write(file, text(findings).getBytes(StandardCharsets.UTF_8));
    }

    /** The document, indented, with a line feed at its end. */
    public static String text(Findings findings) {
        return indented(findings);
    }
}
