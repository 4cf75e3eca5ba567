package org.lilgatsby.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lilgatsby.settings.NearestName;
import org.lilgatsby.settings.SettingException;

/** The dotted keys of a configuration, in the order in which it is printed. */
public final class ConfigKeys {
    /** The group whose members are named by the user. */
    static final String TENSORS = "recording.tensors";

    /** What each member of {@link #TENSORS} says. */
    static final List<String> OF_A_TENSOR = List.of("observe", "format");

    private static final List<String> SETTINGS = List.of(
            "name",
            "title",
            "conclusion",
            "seed",
            "corpus.source",
            "corpus.preparation",
            "corpus.drop_unknown",
            "corpus.tokenizer",
            "corpus.train.recipe",
            "corpus.train.vocabulary",
            "corpus.train.min_frequency",
            "corpus.train.special_tokens",
            "corpus.train.initial_alphabet",
            "corpus.train.limit_alphabet",
            "corpus.train.max_token_length",
            "corpus.tokens",
            "corpus.tensor",
            "corpus.format",
            "corpus.renumber",
            "corpus.end_token",
            "corpus.windows",
            "corpus.starts",
            "corpus.last_block",
            "corpus.order",
            "corpus.data_seed",
            "corpus.dead",
            "corpus.rare",
            "model.vocabulary",
            "model.width",
            "model.layers",
            "model.heads",
            "model.context",
            "model.norm",
            "model.tied",
            "model.activation",
            "model.ffn",
            "model.biases",
            "initialization.mode",
            "initialization.scale",
            "initialization.sigma",
            "initialization.blocks",
            "initialization.positions",
            "initialization.file",
            "initialization.tensor",
            "initialization.sha256",
            "training.steps",
            "training.batch",
            "training.accumulation",
            "training.optimizer",
            "training.learning_rate",
            "training.schedule",
            "training.horizon",
            "training.warmup",
            "training.warmup_from",
            "training.floor",
            "training.weight_decay",
            "training.decayed",
            "training.beta1",
            "training.beta2",
            "training.epsilon",
            "training.clip",
            "training.targets",
            "training.loss_scale",
            "training.log_every",
            "perturbation.sigma",
            "perturbation.every",
            "perturbation.tensors",
            "precision.parameters",
            "precision.gradients",
            "precision.moments",
            "precision.compute",
            "precision.update",
            "precision.view",
            "recording.constants",
            "recording.tokens",
            "recording.steps",
            "recording.every",
            "recording.until",
            "recording.checkpoints",
            "recording.instant",
            "recording.layout");

    private static final Set<String> GROUPS = groups();

    private ConfigKeys() {}

    /** Whether the dotted key has a value, such as {@code training.batch}. */
    public static boolean isSetting(String key) {
        return SETTINGS.contains(key) || isOfATensor(key);
    }

    /** Whether the key has further keys below it. */
    static boolean isGroup(String key) {
        return GROUPS.contains(key) || isTensor(key);
    }

    /** A setting within a group. */
    static String oneOf(String group) {
        return isTensor(group)
                ? group + "." + OF_A_TENSOR.getFirst()
                : SETTINGS.stream()
                        .filter(key -> key.startsWith(group + "."))
                        .findFirst()
                        .orElse(group + ".NAME." + OF_A_TENSOR.getFirst());
    }

    /** The error for a key that is neither. */
    static SettingException unknown(String where, String key) {
        List<String> candidates = new ArrayList<>(SETTINGS);
        candidates.addAll(GROUPS);
        if (key.startsWith(TENSORS + ".")) {
            String tensor = key.substring(0, key.indexOf('.', TENSORS.length() + 1));
            OF_A_TENSOR.forEach(last -> candidates.add(tensor + "." + last));
        }
        return new SettingException(
                key,
                "%s: unknown key %s; did you mean %s?"
                        .formatted(where, YamlNode.printable(key), NearestName.to(key, candidates)));
    }

    private static boolean isTensor(String key) {
        return key.startsWith(TENSORS + ".") && key.indexOf('.', TENSORS.length() + 1) < 0;
    }

    private static boolean isOfATensor(String key) {
        int lastDot = key.lastIndexOf('.');
        return lastDot > 0 && isTensor(key.substring(0, lastDot)) && OF_A_TENSOR.contains(key.substring(lastDot + 1));
    }

    private static Set<String> groups() {
        Set<String> groups = new LinkedHashSet<>();
        for (String key : SETTINGS) {
            for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
                groups.add(key.substring(0, dot));
            }
        }
        groups.add(TENSORS);
        return groups;
    }
}
