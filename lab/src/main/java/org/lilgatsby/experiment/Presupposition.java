package org.lilgatsby.experiment;

import java.util.Arrays;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A setting without which a run says nothing about a hypothesis.
 *
 * @param key its dotted key
 * @param demand the required value, in words that follow the key
 * @param met whether a value meets the demand
 */
public record Presupposition(String key, String demand, Predicate<JsonNode> met) {
    /** Dead rows move through the tied head; an untied embedding of a dead token has no gradient. */
    public static final Presupposition TIED = oneOf("model.tied", "true");

    /** Steps whose size hardly depends on the size of the gradient. */
    public static final Presupposition ADAMW = oneOf("training.optimizer", "adamw");

    /** Without it nothing moves. */
    public static final Presupposition LEARNING = above("training.learning_rate", 0);

    /** A lattice coarse enough for rows to meet, or to stay, on it. */
    public static final Presupposition STORED_IN_BF16 = oneOf("precision.parameters", "bf16");

    /** All rows start at one point. */
    public static final Presupposition NO_NOISE = oneOf("initialization.sigma", "0");

    /** The rows start apart. */
    public static final Presupposition NOISE = above("initialization.sigma", 0);

    /** A setting that must have one of these values, as reports write them. */
    public static Presupposition oneOf(String key, String... values) {
        return new Presupposition(
                key, String.join(" or ", values), value -> Arrays.asList(values).contains(Changes.text(value)));
    }

    /** A number that must be larger than a bound. */
    public static Presupposition above(String key, int bound) {
        return new Presupposition(key, "above " + bound, value -> value.doubleValue() > bound);
    }

    /**
     * Whether a configuration has what the hypothesis needs.
     *
     * @param settings the configuration as a tree
     */
    boolean heldBy(JsonNode settings) {
        return met.test(valueIn(settings));
    }

    /**
     * What is required, and what a configuration has instead.
     *
     * @param settings the configuration as a tree
     */
    String contradictedBy(JsonNode settings) {
        return "%s %s, but it is %s".formatted(key, demand, Changes.text(valueIn(settings)));
    }

    private JsonNode valueIn(JsonNode settings) {
        return settings.requiredAt("/" + key.replace('.', '/'));
    }
}
