package org.lilgatsby.config;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.safetensors.FiniteJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a recording says about itself in the header of each of its files: texts, most of them JSON. Like the recording,
 * they depend only on configuration and corpus; they contain no name, path, time or machine.
 */
public final class RecordingDescription {
    /** Version of these texts. */
    static final String SCHEMA = "1";

    /** Has {@link #SCHEMA}; a recording without it was made before recordings described themselves. */
    public static final String SCHEMA_KEY = "recording_schema";

    private static final String KEY = "key";

    private static final String CONFIGURATION_KEY = "configuration";
    private static final JsonMapper MAPPER = FiniteJson.mapper().build();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RecordingDescription() {}

    /**
     * The texts by their keys.
     *
     * @param corpus what the run is trained on; only what its bytes determine is used
     */
    public static SortedMap<String, String> of(ExperimentConfig config, Manifest.CorpusFacts corpus, int arithmetic) {
        ObjectNode settings = RunKey.settings(config);
        return new TreeMap<>(Map.of(
                SCHEMA_KEY,
                SCHEMA,
                "arithmetic",
                Integer.toString(arithmetic),
                KEY,
                RunKey.of(settings, corpus.sha256(), arithmetic).sha256(),
                CONFIGURATION_KEY,
                settings.toString(),
                "corpus",
                JSON.objectNode()
                        .put("bytes", corpus.bytes())
                        .put("sha256", corpus.sha256())
                        .toString(),
                "live_token_ids",
                ids(corpus.live()),
                "dead_token_ids",
                ids(corpus.dead())));
    }

    /**
     * The first key, in alphabetical order, whose text differs from the run's. Of the configuration, only the settings
     * in the text are compared, since a later version may know more; the run's key, which follows from the
     * configuration, is not compared.
     */
    public static Optional<String> misfit(Map<String, String> found, SortedMap<String, String> expected) {
        return expected.keySet().stream()
                .filter(key -> !key.equals(KEY))
                .filter(key -> !fits(key, found.getOrDefault(key, ""), expected.get(key)))
                .findFirst();
    }

    private static boolean fits(String key, String found, String expected) {
        if (!key.equals(CONFIGURATION_KEY)) {
            return found.equals(expected);
        }
        try {
            return holds(MAPPER.readTree(expected), MAPPER.readTree(found));
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Whether every value of the part is in the whole, under the same keys. */
    private static boolean holds(JsonNode whole, JsonNode part) {
        if (whole == null || !whole.isObject() || !part.isObject()) {
            return part.equals(whole);
        }
        return part.propertyStream().allMatch(entry -> holds(whole.get(entry.getKey()), entry.getValue()));
    }

    private static String ids(int[] ids) {
        ArrayNode array = JSON.arrayNode();
        Arrays.stream(ids).forEach(array::add);
        return array.toString();
    }
}
