package org.lilgatsby.explorer.api;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lilgatsby.explorer.http.Answer;
import org.lilgatsby.explorer.http.Query;
import org.lilgatsby.explorer.http.Refusal;
import org.lilgatsby.explorer.http.Site;
import org.lilgatsby.explorer.library.Item;
import org.lilgatsby.explorer.library.Kind;
import org.lilgatsby.explorer.library.Library;
import org.lilgatsby.explorer.library.OpenRuns;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.explorer.view.Background;
import org.lilgatsby.explorer.view.CurveCatalog;
import org.lilgatsby.explorer.view.CurveStore;
import org.lilgatsby.explorer.view.Curves;
import org.lilgatsby.explorer.view.RunDescription;

/**
 * Answers requests of the page. An address names what it is about by an id that the list gave, never by a path, so that
 * nothing outside can be asked for.
 */
public final class Api implements Site.Api {
    private static final Pattern RUN = Pattern.compile("runs/([0-9a-f]{16})(?:/([a-z]+))?");

    private final Library library;
    private final OpenRuns runs;
    private final Map<String, RunEndpoint> endpoints;

    public Api(Library library, OpenRuns runs, Background background) {
        this.library = library;
        this.runs = runs;
        CurveCatalog catalog = new CurveCatalog();
        Map<String, RunEndpoint> all = new HashMap<>(RunViews.all(background));
        all.put("", (place, run, _) -> new Answer.Json(RunDescription.of(place, run, item(place), catalog)));
        all.put("curves", new CurvesEndpoint(new Curves(new CurveStore(background))));
        endpoints = Map.copyOf(all);
    }

    /** {@code /api/items}. */
    private record Items(Object roots, int reading, Object items) {}

    @Override
    public Answer answer(String path, Query query) throws IOException {
        if (path.equals("items")) {
            library.refresh();
            return new Answer.Json(new Items(library.roots(), 0, library.items()));
        }
        Matcher run = RUN.matcher(path);
        if (run.matches()) {
            RunEndpoint endpoint = endpoints.get(run.group(2) == null ? "" : run.group(2));
            if (endpoint != null) {
                Place place = place(run.group(1), Kind.RUN);
                return runs.with(place, open -> endpoint.answer(place, open, query));
            }
        }
        throw Refusal.notFound("The explorer has no such request.");
    }

    private Place place(String id, Kind kind) throws IOException {
        if (library.find(id).isEmpty()) {
            library.refresh();
        }
        return library.find(id)
                .filter(place -> place.kind() == kind)
                .orElseThrow(() -> Refusal.notFound("There is no such %s any more.".formatted(kind)));
    }

    private Item item(Place place) {
        return library.items().stream()
                .filter(item -> item.id().equals(place.id()))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("There is no such %s any more.".formatted(place.kind())));
    }
}
