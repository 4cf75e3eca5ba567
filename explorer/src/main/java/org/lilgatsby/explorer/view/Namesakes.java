package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.explorer.library.Item;
import org.lilgatsby.explorer.library.Kind;
import org.lilgatsby.explorer.library.Library;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.settings.SettingException;

/**
 * Runs of the list that have the same name, as those of a sweep have.
 *
 * @param runs their ids
 * @param settings that are not the same in all, in the order of the configuration
 */
public record Namesakes(List<String> runs, List<RunDifferences.Setting> settings) {
    private record Run(String id, ExperimentConfig config) {}

    /** All of them, by name. A run that changed since it was listed, and cannot be read now, is none of them. */
    public static List<Namesakes> of(Library library) {
        Map<String, List<Run>> byName = new LinkedHashMap<>();
        for (Item item : library.items()) {
            if (item.fault() == null) {
                library.find(item.id())
                        .filter(place -> place.kind() == Kind.RUN)
                        .flatMap(place -> run(place, library))
                        .ifPresent(run -> byName.computeIfAbsent(item.name(), _ -> new ArrayList<>())
                                .add(run));
            }
        }
        return byName.values().stream()
                .filter(runs -> runs.size() > 1)
                .map(runs -> new Namesakes(
                        runs.stream().map(Run::id).toList(),
                        RunDifferences.settings(runs.stream().map(Run::config).toList())))
                .toList();
    }

    private static Optional<Run> run(Place place, Library library) {
        try {
            return Optional.of(new Run(place.id(), library.config(place)));
        } catch (IOException | SettingException e) {
            return Optional.empty();
        }
    }
}
