package org.lilgatsby.experiment.analyses;

import java.util.List;
import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.SettingException;

/** All analyses, in the order in which one asks. */
public final class Analyses {
    private static final Catalog<Analysis> ALL = Catalog.of("analysis", Analysis.class);

    private Analyses() {}

    /** All of them. */
    public static List<Analysis> all() {
        return ALL.all();
    }

    /**
     * The analysis of a name.
     *
     * @throws SettingException naming the nearest, and all, if there is none
     */
    public static Analysis named(String name) {
        return ALL.get("", name);
    }
}
