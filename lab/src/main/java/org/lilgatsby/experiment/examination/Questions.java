package org.lilgatsby.experiment.examination;

import java.util.List;
import java.util.stream.Stream;
import org.lilgatsby.experiment.Nearest;
import org.lilgatsby.model.SettingException;

/** All analyses, in the order in which one asks. */
public final class Questions {
    private static final List<Question> ALL = Stream.of(
                    StructureQuestions.all(), MotionQuestions.all(), MechanismQuestions.all())
            .flatMap(List::stream)
            .toList();

    private Questions() {}

    /** All of them. */
    public static List<Question> all() {
        return ALL;
    }

    /**
     * The analysis of a name.
     *
     * @throws SettingException naming the nearest, and all, if there is none
     */
    public static Question named(String name) {
        List<String> names = ALL.stream().map(Question::name).toList();
        return ALL.stream().filter(question -> question.name().equals(name)).findFirst().orElseThrow(() -> new SettingException(
                "", "unknown analysis '%s'; did you mean '%s'? The analyses are %s"
                        .formatted(name, Nearest.to(name, names), String.join(", ", names))));
    }
}
