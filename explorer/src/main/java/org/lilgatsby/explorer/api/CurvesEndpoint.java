package org.lilgatsby.explorer.api;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.lilgatsby.cli.Failures;
import org.lilgatsby.explorer.http.Answer;
import org.lilgatsby.explorer.http.Query;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.explorer.view.Curve;
import org.lilgatsby.explorer.view.Curves;
import org.lilgatsby.explorer.view.Series;

/** {@code curves?names=…&from=&to=&points=&axis=}. */
final class CurvesEndpoint implements RunEndpoint {
    /** A request waits this long for all its curves together, in milliseconds. */
    private static final long PATIENCE = 1_000;

    private final Curves curves;

    CurvesEndpoint(Curves curves) {
        this.curves = curves;
    }

    private record Found(int from, int to, Map<String, Object> curves) {}

    @Override
    public Answer answer(Place place, OpenRun run, Query query) {
        int from = Choices.from(query);
        int to = Choices.to(query);
        int points = Choices.points(query);
        boolean logarithmic = Choices.logarithmic(query);
        Map<String, Object> found = new LinkedHashMap<>();
        long until = System.nanoTime() + PATIENCE * 1_000_000;
        for (String name : query.list("names")) {
            long left = Math.max(0, (until - System.nanoTime()) / 1_000_000);
            found.put(
                    name,
                    curve(place, run, name, left, series -> Curve.of(series.between(from, to), points, logarithmic)));
        }
        int[] steps = run.archive().recording().steps();
        return new Answer.Json(new Found(from, Math.min(to, steps[steps.length - 1]), found));
    }

    /** An analysis that fails does not take the other curves with it. */
    private Object curve(Place place, OpenRun run, String name, long patience, Function<Series, Curve> drawn) {
        try {
            Optional<Series> series = curves.find(place, run, name, patience);
            return series.<Object>map(drawn::apply).orElse(Map.of("waiting", true));
        } catch (IOException e) {
            return Map.of("error", Failures.sentence(e));
        }
    }
}
