package org.lilgatsby.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lilgatsby.settings.NearestName;
import org.lilgatsby.settings.SettingException;

/** The dotted keys of a configuration, in the order in which it is printed. */
public final class ConfigKeys {
    /** The group whose members are named by the user. */
    static final String TENSORS = "recording.tensors";

    /** What each member of {@link #TENSORS} says. */
    static final List<String> OF_A_TENSOR = List.of("observe", "format");

    private static final List<SettingComponent> COMPONENTS = SettingComponent.ALL.stream()
            .filter(component -> !component.key().equals(TENSORS))
            .toList();

    private static final List<String> SETTINGS =
            COMPONENTS.stream().map(SettingComponent::key).toList();

    private static final Set<String> GROUPS = groups();

    private ConfigKeys() {}

    /**
     * The settings that records are made of, but for those of {@link #TENSORS}: all but optional ones that are null.
     */
    static List<Given> complete(Map<String, Given> settings) {
        return COMPONENTS.stream()
                .filter(component -> !component.isOptional()
                        || settings.containsKey(component.key())
                                && !settings.get(component.key()).isMissingOrNull())
                .map(component -> settings.getOrDefault(component.key(), Given.missing(component.key())))
                .toList();
    }

    /** The names of the tensors that keys are about, in their order. */
    static List<String> tensors(Collection<String> keys) {
        String prefix = TENSORS + ".";
        return keys.stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length(), key.lastIndexOf('.')))
                .distinct()
                .toList();
    }

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
