package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.Place;

/** Every curve of a run by its name. */
public final class Curves {
    private final CurveStore store;

    public Curves(CurveStore store) {
        this.store = store;
    }

    /**
     * A curve, as far as it is known.
     *
     * @param patience how long to wait if it must be computed, in milliseconds
     * @return empty if it is still being computed
     * @throws IllegalArgumentException if no run has a curve of that name
     * @throws IOException if it cannot be computed, saying why
     */
    public Optional<Series> find(Place place, OpenRun run, String name, long patience) throws IOException {
        Optional<CurveName> ofAnalysis = CurveName.parse(name);
        if (ofAnalysis.isPresent()) {
            return store.find(place, run, ofAnalysis.get(), patience);
        }
        Optional<Series> scalar = Scalars.read(run, name);
        if (scalar.isEmpty()) {
            throw new IllegalArgumentException("the run has no curve of this name");
        }
        return scalar;
    }
}
