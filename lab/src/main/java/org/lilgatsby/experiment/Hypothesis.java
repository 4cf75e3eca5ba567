package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What an experiment supposes.
 *
 * @param sentence one sentence
 * @param presupposes settings that a run must have to say anything about the hypothesis
 */
public record Hypothesis(String sentence, List<Presupposition> presupposes) {
    /** Copies the list. */
    public Hypothesis {
        presupposes = List.copyOf(presupposes);
    }

    /** A hypothesis with its presuppositions, the most important first. */
    public static Hypothesis of(String sentence, Presupposition... presupposes) {
        return new Hypothesis(sentence, List.of(presupposes));
    }

    /**
     * Why a run of a configuration cannot test it; empty if it can.
     *
     * @param settings the configuration as a tree
     */
    Optional<String> contradiction(JsonNode settings) {
        List<Presupposition> missing =
                presupposes.stream().filter(p -> !p.heldBy(settings)).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(missing.stream()
                        .map(p -> p.contradictedBy(settings))
                        .collect(Collectors.joining("; ", "the hypothesis presupposes ", "")));
    }
}
