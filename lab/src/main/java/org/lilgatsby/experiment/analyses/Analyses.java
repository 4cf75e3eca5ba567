package org.lilgatsby.experiment.analyses;

import java.util.List;
import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.SettingException;

/** All analyses, in reading order. */
public final class Analyses {
    private static final Catalog<Analysis> ALL = Catalog.of("analysis", Analysis.class);

    private Analyses() {}

    /** All analyses. */
    public static List<Analysis> all() {
        return ALL.all();
    }

    /**
     * The analysis of this name.
     *
     * @throws SettingException naming the closest name and all names if there is none
     */
    public static Analysis named(String name) {
        return ALL.get("", name);
    }
}
