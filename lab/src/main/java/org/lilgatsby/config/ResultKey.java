package org.lilgatsby.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.lilgatsby.files.Sha256;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The identity of what a run computes: equal keys are equal parameters, losses and figures, bit for bit. It is the
 * SHA-256 of a JSON text: an array of the arithmetic's version, the corpus's SHA-256, and the resolved configuration
 * with the keys of the YAML, in their order, without those that {@link #ignores} names. A {@link RunKey} identifies
 * what a run writes; it also distinguishes how the same results are recorded.
 *
 * <p>{@code recording.steps}, {@code every}, {@code until} and {@code instant} are included, since figures depend on
 * which states are recorded; {@code training.log_every}, since a logged loss is a mean over that many steps; and
 * {@code conclusion}, since an experiment has figures of its own.
 *
 * @param sha256 64 lower-case hexadecimal digits
 */
public record ResultKey(String sha256) {
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
    private static final List<String> LABELS = List.of("name", "title");
    private static final List<String> NOT_IN_THE_KEY = List.of("name", "title", "corpus");
    private static final List<String> OF_THE_WINDOWS = List.of("windows", "starts", "last_block", "order", "data_seed");
    private static final List<String> OF_THE_RECORDING =
            List.of("tensors", "constants", "tokens", "checkpoints", "layout");

    /** @throws IllegalArgumentException if it is not 64 lower-case hexadecimal digits */
    public ResultKey {
        if (!isKey(sha256)) {
            throw new IllegalArgumentException("a key is 64 lower-case hexadecimal digits, not " + sha256);
        }
    }

    /**
     * The key of a run's results.
     *
     * @param config its resolved configuration
     * @param corpusSha256 SHA-256 of the prepared corpus, in hexadecimal
     * @param arithmetic version of the arithmetic that computes it
     */
    public static ResultKey of(ExperimentConfig config, String corpusSha256, int arithmetic) {
        return of(ConfigYaml.toJson(config), corpusSha256, arithmetic);
    }

    /**
     * As {@link #of(ExperimentConfig, String, int)}.
     *
     * @param settings the resolved configuration as {@link ConfigYaml#toJson} gives it; not modified
     * @throws IllegalArgumentException if it is not a configuration
     */
    public static ResultKey of(ObjectNode settings, String corpusSha256, int arithmetic) {
        if (!(settings.get("recording") instanceof ObjectNode recording)) {
            throw new IllegalArgumentException("a configuration has a group recording");
        }
        ObjectNode deciding = without(NOT_IN_THE_KEY, settings);
        deciding.set("recording", without(OF_THE_RECORDING, recording));
        ObjectNode windows = deciding.objectNode();
        OF_THE_WINDOWS.stream()
                .filter(name -> settings.path("corpus").has(name))
                .forEach(name -> windows.set(name, settings.get("corpus").get(name)));
        if (!windows.isEmpty()) {
            deciding.set("corpus", windows);
        }
        if (settings.get("initialization") instanceof ObjectNode initialization) {
            deciding.set("initialization", without(List.of("file"), initialization));
        }
        return new ResultKey(hash(arithmetic, corpusSha256, deciding));
    }

    /**
     * The SHA-256 of what makes a run. Where updates round at random and the order of windows continues with the run's
     * generator, the array has a fourth element: such runs have drawn otherwise under the same version of the
     * arithmetic.
     *
     * @param settings those that decide, as {@link ConfigYaml#toJson} gives them
     */
    static String hash(int arithmetic, String corpusSha256, ObjectNode settings) {
        ArrayNode identity =
                settings.arrayNode().add(arithmetic).add(corpusSha256).add(settings);
        if (settings.at("/corpus/order").asString("").equals("global-generator")
                && settings.at("/precision/update").asString("").equals("stochastic")) {
            identity.add("updates draw from a generator of their own");
        }
        return Sha256.of(identity.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The members of an object in their order, without some. */
    private static ObjectNode without(List<String> names, ObjectNode object) {
        ObjectNode rest = object.objectNode();
        object.forEachEntry((name, value) -> {
            if (!names.contains(name)) {
                rest.set(name, value);
            }
        });
        return rest;
    }

    /**
     * Whether no value of a setting changes a result: names, and what is recorded and how. Settings under
     * {@code corpus} change results only through the ids of the corpus, its windows and their order.
     *
     * @param key a dotted key, such as {@code recording.layout}
     */
    public static boolean ignores(String key) {
        return LABELS.contains(key)
                || OF_THE_RECORDING.stream()
                        .map("recording."::concat)
                        .anyMatch(ignored -> key.equals(ignored) || key.startsWith(ignored + "."));
    }

    /** Whether a text can be a key. */
    public static boolean isKey(String text) {
        return text != null && DIGITS.matcher(text).matches();
    }
}
