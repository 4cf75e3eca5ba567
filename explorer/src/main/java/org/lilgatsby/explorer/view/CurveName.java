package org.lilgatsby.explorer.view;

import java.util.Arrays;
import java.util.Optional;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;

/**
 * Which column of which analysis, and of whose rows: {@code census.distinct.dead}.
 *
 * @param analysis its name on the command line
 * @param column its name in a CSV
 */
public record CurveName(Analysis analysis, String column, Group group) {
    /** The curve of a name; empty if no analysis has it. */
    public static Optional<CurveName> parse(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        Optional<Analysis> analysis = Analyses.all().stream()
                .filter(each -> each.name().equals(parts[0]) && each.scope() == Analysis.Scope.OVER_TIME)
                .findFirst();
        Optional<Group> group = Arrays.stream(Group.values())
                .filter(each -> each.toString().equals(parts[2]))
                .findFirst();
        return analysis.isPresent() && group.isPresent()
                ? Optional.of(new CurveName(analysis.get(), parts[1], group.get()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "%s.%s.%s".formatted(analysis.name(), column, group);
    }
}
