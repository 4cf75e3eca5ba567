package org.lilgatsby.experiment.analyses;

import java.util.List;
import java.util.stream.Stream;
import org.lilgatsby.settings.NearestName;
import org.lilgatsby.settings.SettingException;

/** All analyses, in the order in which one asks. */
public final class Analyses {
    private static final List<Analysis> ALL = Stream.of(
                    StructureAnalyses.all(), MotionAnalyses.all(), TokenAnalyses.all(), MechanismAnalyses.all())
            .flatMap(List::stream)
            .toList();

    private Analyses() {}

    /** All of them. */
    public static List<Analysis> all() {
        return ALL;
    }

    /**
     * The analysis of a name.
     *
     * @throws SettingException naming the nearest, and all, if there is none
     */
    public static Analysis named(String name) {
        List<String> names = ALL.stream().map(Analysis::name).toList();
        return ALL.stream()
                .filter(analysis -> analysis.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new SettingException(
                        "",
                        "unknown analysis '%s'; did you mean '%s'? The analyses are %s"
                                .formatted(name, NearestName.to(name, names), String.join(", ", names))));
    }
}
