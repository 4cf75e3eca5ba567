package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.Place;

/** Genealogies of runs. */
public final class Genealogies {
    private final Background background;

    public Genealogies(Background background) {
        this.background = background;
    }

    /**
     * The genealogy of a group's tokens.
     *
     * @param most bands
     * @return empty if it is still being computed
     * @throws IOException if the run does not know W
     */
    public Optional<Genealogy> find(Place place, OpenRun run, Group group, int most, long patience) throws IOException {
        return GroupCourse.find(background, place, run, group, patience).map(course -> Genealogy.of(course, most));
    }
}
