package org.lilgatsby.config;

import java.util.Map;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.safetensors.FiniteJson;
import org.lilgatsby.settings.SettingException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns settings by dotted key into the records. Jackson builds the records from a tree whose leaves are the settings
 * as they were given, so that the error of a value knows its key and its place.
 */
final class ConfigBinder {
    private static final JsonMapper MAPPER = FiniteJson.mapper()
            .annotationIntrospector(new SettingAnnotations())
            .addModule(SettingTypes.module())
            .propertyNamingStrategy(SettingComponent.NAMES)
            .disable(DeserializationFeature.WRAP_EXCEPTIONS)
            .build();

    private ConfigBinder() {}

    /** @throws SettingException for a setting that is missing, of the wrong type, or out of its range */
    static ExperimentConfig bind(Map<String, Given> settings) {
        try {
            ObjectNode tree = tree(FollowingSettings.of(settings));
            PrecisionConfig precision = MAPPER.treeToValue(tree.get("precision"), PrecisionConfig.class);
            tree.withObject("recording").set("tensors", FollowingSettings.tensors(settings, precision));
            return MAPPER.treeToValue(tree, ExperimentConfig.class);
        } catch (JacksonException e) {
            throw placed(refusal(e), settings);
        } catch (SettingException e) {
            throw placed(e, settings);
        }
    }

    /** A node for each group, a leaf for each setting. */
    private static ObjectNode tree(Map<String, Given> settings) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (Given given : ConfigKeys.complete(settings)) {
            String key = given.key();
            ObjectNode group = tree;
            int from = 0;
            for (int dot; (dot = key.indexOf('.', from)) >= 0; from = dot + 1) {
                group = group.withObjectProperty(key.substring(from, dot));
            }
            group.putPOJO(key.substring(from), given);
        }
        return tree;
    }

    /** What a record refused; Jackson by itself finds no fault with such a tree. */
    private static SettingException refusal(JacksonException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingException refusal) {
                return refusal;
            }
        }
        throw e;
    }

    /** Records know keys, but not where they were written. */
    private static SettingException placed(SettingException e, Map<String, Given> settings) {
        Given culprit = settings.get(e.key());
        return culprit == null || e.getMessage().startsWith(culprit.where())
                ? e
                : new SettingException(e.key(), culprit.where() + ": " + e.getMessage());
    }
}
