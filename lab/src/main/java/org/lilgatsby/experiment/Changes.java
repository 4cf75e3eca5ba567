package org.lilgatsby.experiment;

import java.util.List;
import java.util.Set;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ConfigDifference;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.settings.Settings;
import tools.jackson.databind.JsonNode;

/**
 * How a configuration differs from that of the experiment it concludes. A repetition may choose its seed, its text and
 * its name; what it records, how often it prints a loss and which ids it calls rare decide no figure of it. Any other
 * difference makes it another experiment. That includes the number of steps, since the learning rate of every step
 * depends on it, and the instant of the recording, since that decides which state is the last.
 */
final class Changes {
    private static final Set<String> OF_A_REPETITION =
            Set.of("name", "title", "conclusion", "seed", "corpus.source", "corpus.rare", "training.log_every");

    private static final String RECORDING = "recording.";
    private static final String INSTANT = "recording.instant";

    private Changes() {}

    /** Such as {@code training.optimizer is sgd, not adamw}; none for a repetition, or without an experiment. */
    static List<String> of(ExperimentConfig config) {
        if (BuiltIn.find(config.conclusion()).isEmpty()) {
            return List.of();
        }
        return ConfigDifference.all(config, BuiltIn.load(config.conclusion(), List.of())).stream()
                .filter(found -> !OF_A_REPETITION.contains(found.key()))
                .filter(found -> !isOfTheRecording(found.key()))
                .map(found -> "%s is %s, not %s".formatted(found.key(), text(found.value()), text(found.other())))
                .toList();
    }

    private static boolean isOfTheRecording(String key) {
        return key.startsWith(RECORDING) && !key.equals(INSTANT);
    }

    /** A setting's value as reports write it; a group that a configuration does not print is none. */
    static String text(JsonNode value) {
        if (value.isIntegralNumber()) {
            return Figures.count(value.longValue());
        }
        if (value.isNumber()) {
            return Settings.plain(value.doubleValue());
        }
        if (value.isMissingNode()) {
            return "none";
        }
        return value.isValueNode() ? value.asString() : value.toString();
    }
}
