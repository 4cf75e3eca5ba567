package org.lilgatsby.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Settings that follow from others unless they are given. */
final class FollowingSettings {
    private static final Pattern MULTIPLE = Pattern.compile("[0-9]{1,6}x");
    private static final Pattern UNITS = Pattern.compile("[-+]?[0-9]{1,40}");

    private FollowingSettings() {}

    /** The settings with those that follow from one other: horizon and width of the MLP. */
    static Map<String, Given> of(Map<String, Given> settings) {
        Map<String, Given> all = new HashMap<>(settings);
        follow(all, "training.horizon", "training.steps");
        mlp(all);
        return all;
    }

    private static void follow(Map<String, Given> all, String key, String other) {
        if (all.getOrDefault(key, Given.missing(key)).isMissingOrNull() && all.containsKey(other)) {
            all.put(key, new Given(key, all.get(other).where(), all.get(other).node()));
        }
    }

    /** Hidden units, or a multiple of the width such as {@code 4x}. */
    private static void mlp(Map<String, Given> all) {
        Given ffn = all.getOrDefault("model.ffn", Given.missing("model.ffn"));
        Optional<String> text = ffn.isMissingOrNull() ? Optional.empty() : ffn.textOrNull();
        if (text.isPresent() && MULTIPLE.matcher(text.get()).matches()) {
            Given width = all.getOrDefault("model.width", Given.missing("model.width"));
            long times = Long.parseLong(text.get().substring(0, text.get().length() - 1));
            all.put(ffn.key(), ffn.with(Math.multiplyExact(times, width.whole(Integer.MAX_VALUE))));
        } else {
            ffn.matching(UNITS, "a number of hidden units, or a multiple of the width such as 4x", units -> units);
        }
    }

    /** The tensors of a recording. One that is named after an observable holds it in the run's format. */
    static ArrayNode tensors(Map<String, Given> settings, PrecisionConfig precision) {
        ArrayNode tensors = JsonNodeFactory.instance.arrayNode();
        for (String name : ConfigKeys.tensors(settings.keySet())) {
            String key = ConfigKeys.TENSORS + "." + name;
            Given observe = settings.getOrDefault(
                    key + ".observe",
                    Observables.ALL.find(name).isPresent()
                            ? Given.following(key + ".observe", name)
                            : Given.missing(key + ".observe"));
            Observable observable = observe.named(Observables.ALL);
            Given format = settings.getOrDefault(
                    key + ".format",
                    Given.following(
                            key + ".format", observable.format(precision).toString()));
            ObjectNode tensor = tensors.addObject();
            tensor.putPOJO("name", Given.following(key, name));
            tensor.putPOJO("observe", observe);
            tensor.putPOJO("format", format);
        }
        return tensors;
    }
}
