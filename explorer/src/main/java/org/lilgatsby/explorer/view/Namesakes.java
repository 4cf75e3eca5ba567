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

/**
 * Runs of the list that have the same name, as those of a sweep have.
 *
 * @param runs their ids
 * @param settings that are not the same in all, in the order of the configuration
 */
public record Namesakes(List<String> runs, List<RunDifferences.Setting> settings) {
    /**
     * All of them, by name.
     *
     * @throws IOException if a configuration cannot be read
     */
    public static List<Namesakes> of(Library library) throws IOException {
        Map<String, List<Place>> byName = new LinkedHashMap<>();
        for (Item item : library.items()) {
            Optional<Place> place = library.find(item.id());
            if (item.fault() == null && place.isPresent() && place.get().kind() == Kind.RUN) {
                byName.computeIfAbsent(item.name(), _ -> new ArrayList<>()).add(place.get());
            }
        }
        byName.values().removeIf(places -> places.size() < 2);
        List<Namesakes> found = new ArrayList<>();
        for (List<Place> places : byName.values()) {
            List<ExperimentConfig> configs = new ArrayList<>();
            for (Place place : places) {
                configs.add(library.config(place));
            }
            found.add(new Namesakes(places.stream().map(Place::id).toList(), RunDifferences.settings(configs)));
        }
        return found;
    }
}
