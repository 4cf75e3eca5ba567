package org.lilgatsby.config;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.lilgatsby.recording.TokenChoice;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.Written;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;

/**
 * A setting as the records of a configuration have it: what Jackson binds to a component of a record, or to an argument
 * of the factory that stands for its constructor.
 *
 * @param key its dotted key
 * @param isOptional whether it may be missing
 * @param reason what a printed configuration says of it; empty if that depends on values
 * @param path accessors from the configuration to its value; empty if no chain of accessors leads there
 */
record SettingComponent(String key, boolean isOptional, String reason, Optional<List<Method>> path) {
    /** How a component's name becomes a part of a key. */
    static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    /** All settings, in the order of the records. */
    static final List<SettingComponent> ALL = all();

    /** Its value; null if there is none, or no accessors lead to it. */
    Object value(ExperimentConfig config) {
        Object value = path.isEmpty() ? null : config;
        for (Method accessor : path.orElse(List.of())) {
            try {
                value = accessor.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return value;
    }

    private static List<SettingComponent> all() {
        SequencedMap<String, SettingComponent> all = new LinkedHashMap<>();
        add(all, ExperimentConfig.class, "", Optional.of(List.of()));
        List<SettingComponent> printed = new ArrayList<>(all.values());
        // Printed before the steps, and so in the keys of runs, though the record has it after them.
        SettingComponent tokens = all.get(TokenChoice.KEY);
        printed.remove(tokens);
        printed.add(printed.indexOf(all.get("recording.steps")), tokens);
        return List.copyOf(printed);
    }

    private static void add(
            Map<String, SettingComponent> all, Class<?> type, String prefix, Optional<List<Method>> path) {
        Optional<Method> factory = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Written.class))
                .findFirst();
        if (factory.isPresent()) {
            for (Parameter part : factory.get().getParameters()) {
                Setting said = part.getAnnotation(Setting.class);
                add(all, said, part.getParameterizedType(), prefix + said.name(), path(path, type, said.name()));
            }
        } else {
            for (RecordComponent part : type.getRecordComponents()) {
                Setting said = part.getAccessor().getAnnotation(Setting.class);
                String name = said == null || said.name().isEmpty()
                        ? NAMES.nameForField(null, null, part.getName())
                        : said.name();
                add(all, said, part.getGenericType(), prefix + name, path(path, type, part.getName()));
            }
        }
    }

    private static void add(
            Map<String, SettingComponent> all, Setting said, Type type, String key, Optional<List<Method>> path) {
        Class<?> raw = raw(type);
        Class<?> inner = raw == Optional.class ? raw(((ParameterizedType) type).getActualTypeArguments()[0]) : raw;
        if (said != null && said.inline()) {
            add(all, raw, key.substring(0, key.lastIndexOf('.') + 1), path);
        } else if (inner.isRecord()) {
            add(all, inner, key + ".", path);
        } else {
            boolean optional = raw.getSimpleName().startsWith("Optional") || said != null && said.optional();
            all.put(key, new SettingComponent(key, optional, said == null ? "" : said.value(), path));
        }
    }

    /** With one accessor more; empty where the type has none of this name. */
    private static Optional<List<Method>> path(Optional<List<Method>> path, Class<?> type, String name) {
        return path.flatMap(accessors -> Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 0)
                .findFirst()
                .map(next -> Stream.concat(accessors.stream(), Stream.of(next)).toList()));
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }
}
