package org.lilgatsby.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.ResultKey;

/**
 * One run of a sweep.
 *
 * @param config its resolved configuration
 * @param settings the varied settings, by dotted key in the order of the axes, as the resolved configuration prints
 *     them
 * @param key the identity of its results
 */
public record Point(ExperimentConfig config, SequencedMap<String, String> settings, ResultKey key) {
    public Point {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
    }

    /** The settings for a message, such as {@code seed 42, training.batch 64}. */
    @Override
    public String toString() {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
    }
}
