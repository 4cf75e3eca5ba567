package org.lilgatsby.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * All implementations of one kind, found by name. A kind is a service: to add an implementation, write its class and
 * list it in {@code META-INF/services}, in this library or in another jar on the class path.
 *
 * @param <T> the kind
 */
public final class Catalog<T extends Named> {
    private final String kind;
    private final Map<String, T> things = new LinkedHashMap<>();

    private Catalog(String kind) {
        this.kind = kind;
    }

    /**
     * Every implementation of a kind on the class path, in the order in which it is listed there.
     *
     * @param kind what messages call an implementation, such as {@code optimizer}
     * @throws IllegalStateException if there is none, or two have the same name
     */
    public static <T extends Named> Catalog<T> of(String kind, Class<T> service) {
        Catalog<T> catalog = new Catalog<>(kind);
        for (T thing : ServiceLoader.load(service, service.getClassLoader())) {
            T other = catalog.things.put(thing.name(), thing);
            if (other != null) {
                throw new IllegalStateException("two %ss are called %s: %s and %s"
                        .formatted(
                                kind,
                                thing.name(),
                                other.getClass().getName(),
                                thing.getClass().getName()));
            }
        }
        if (catalog.things.isEmpty()) {
            throw new IllegalStateException(
                    "no %s is listed in META-INF/services/%s".formatted(kind, service.getName()));
        }
        return catalog;
    }

    /** All of them. */
    public List<T> all() {
        return List.copyOf(things.values());
    }

    /** Their names. */
    public List<String> names() {
        return List.copyOf(things.keySet());
    }

    /** The one with this name. */
    public Optional<T> find(String name) {
        return Optional.ofNullable(things.get(name));
    }

    /**
     * The one with this name.
     *
     * @param key the setting or option that names it; empty if none does
     * @throws SettingException naming the nearest name if none matches
     */
    public T get(String key, String name) {
        return find(name).orElseThrow(() -> new SettingException(key, unknown(name)));
    }

    private String unknown(String name) {
        return "unknown %s '%s'%s %s are %s"
                .formatted(
                        kind,
                        name,
                        NearestName.near(name, names())
                                .map("; did you mean '%s'? The"::formatted)
                                .orElse("; the"),
                        kind.endsWith("sis") ? kind.substring(0, kind.length() - 2) + "es" : kind + "s",
                        String.join(", ", names()));
    }
}
