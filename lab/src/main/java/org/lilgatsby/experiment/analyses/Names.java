package org.lilgatsby.experiment.analyses;

import java.util.Locale;

/** Names of choices as people read them. */
public final class Names {
    private Names() {}

    /** The name in lower case, words apart: {@code single axis hop}. */
    public static String of(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
