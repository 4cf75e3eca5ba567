package org.lilgatsby.settings;

/** Something that configurations and the command line refer to by name, found in a {@link Catalog}. */
public interface Named {
    /** The name, in lower case, such as {@code unit-noise} or {@code mean_hidden}. */
    String name();
}
