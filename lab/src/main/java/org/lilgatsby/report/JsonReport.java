package org.lilgatsby.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.safetensors.FiniteJson;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/**
 * Writes findings as one JSON document: the keys are the names of {@link Findings} in snake case, numbers are written
 * so that they read back exactly, and a number that is not finite is null, as JSON has none.
 */
public final class JsonReport {
    private static final JsonMapper JSON = FiniteJson.mapper()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private static final JsonMapper WITHOUT_LISTS = JSON.rebuild()
            .addModule(new SimpleModule().setSerializerModifier(new ListsLeftOut()))
            .build();

    private JsonReport() {}

    /** Leaves properties out that are arrays or collections. */
    private static final class ListsLeftOut extends ValueSerializerModifier {
        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription.Supplier type, List<BeanPropertyWriter> properties) {
            return properties.stream()
                    .filter(property -> !property.getType().isArrayType()
                            && !property.getType().isCollectionLikeType())
                    .toList();
        }
    }

    /** Any record or map, indented, by the same rules, with a line feed at the end. */
    public static String indented(Object document) {
        return JSON.writeValueAsString(document).replace("\r\n", "\n") + "\n";
    }

    /** Any record on one line, by the same rules. */
    public static String compact(Object record) {
        return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(record);
    }

    /** Writes the document to a file, UTF-8. */
    public static void write(Findings findings, Path file) throws IOException {
        DurableFiles.write(file, text(findings).getBytes(StandardCharsets.UTF_8));
    }

    /** Any record as a tree, by the same rules. */
    public static JsonNode tree(Object record) {
        return JSON.valueToTree(record);
    }

    /** The same without lists of any kind, which are long where there are many tokens. */
    public static JsonNode treeWithoutLists(Object record) {
        return WITHOUT_LISTS.valueToTree(record);
    }

    /** The document, indented, with a line feed at its end. */
    public static String text(Findings findings) {
        return indented(findings);
    }
}
