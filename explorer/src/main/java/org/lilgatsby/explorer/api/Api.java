package org.lilgatsby.explorer.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lilgatsby.explorer.http.Answer;
import org.lilgatsby.explorer.http.Query;
import org.lilgatsby.explorer.http.Refusal;
import org.lilgatsby.explorer.http.Site;
import org.lilgatsby.explorer.library.Item;
import org.lilgatsby.explorer.library.Kind;
import org.lilgatsby.explorer.library.Library;
import org.lilgatsby.explorer.library.OpenCheckpoints;
import org.lilgatsby.explorer.library.OpenRuns;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.explorer.view.Background;
import org.lilgatsby.explorer.view.Clouds;
import org.lilgatsby.explorer.view.CurveCatalog;
import org.lilgatsby.explorer.view.CurveStore;
import org.lilgatsby.explorer.view.Curves;
import org.lilgatsby.explorer.view.Namesakes;
import org.lilgatsby.explorer.view.Ribbon;
import org.lilgatsby.explorer.view.RunDescription;
import org.lilgatsby.explorer.view.RunDifferences;
import org.lilgatsby.explorer.view.Series;
import org.lilgatsby.explorer.view.SweepView;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;

/**
 * Answers requests of the page. An address names what it is about by an id that the list gave, never by a path, so that
 * nothing outside can be asked for.
 */
public final class Api implements Site.Api {
    private static final Pattern ONE = Pattern.compile("(runs|sweeps|checkpoints)/([0-9a-f]{16})(?:/([a-z]+))?");
    private static final int MOST_COMPARED = 64;

    private final Library library;
    private final OpenRuns runs;
    private final OpenCheckpoints checkpoints;
    private final Background background;
    private final Curves curves;
    private final Map<String, RunEndpoint> ofRuns;
    private final Map<String, CheckpointViews.Endpoint> ofCheckpoints;

    public Api(Library library, OpenRuns runs, OpenCheckpoints checkpoints, Background background) {
        this.library = library;
        this.runs = runs;
        this.checkpoints = checkpoints;
        this.background = background;
        this.curves = new Curves(new CurveStore(background));
        Clouds clouds = new Clouds();
        CurveCatalog catalog = new CurveCatalog();
        Map<String, RunEndpoint> all = new HashMap<>(RunViews.all(background, clouds));
        all.put("", (place, run, _) -> new Answer.Json(RunDescription.of(place, run, item(place), catalog)));
        all.put("curves", new CurvesEndpoint(curves));
        ofRuns = Map.copyOf(all);
        ofCheckpoints = CheckpointViews.all(clouds);
    }

    private record Items(List<String> roots, List<Item> items) {}

    @Override
    public Answer answer(String path, Query query) throws IOException {
        return switch (path) {
            case "items" -> {
                library.refresh();
                yield new Answer.Json(new Items(library.roots(), library.items()));
            }
            case "namesakes" -> new Answer.Json(Namesakes.of(library));
            case "compare" -> new Answer.Json(RunDifferences.of(background, runs, several(query), Choices.PATIENCE));
            case "ribbon" -> ribbon(query);
            default -> one(path, query);
        };
    }

    private Answer one(String path, Query query) throws IOException {
        Matcher address = ONE.matcher(path);
        if (!address.matches()) {
            throw unknown();
        }
        String view = address.group(3) == null ? "" : address.group(3);
        return switch (address.group(1)) {
            case "runs" -> {
                RunEndpoint endpoint = Optional.ofNullable(ofRuns.get(view)).orElseThrow(Api::unknown);
                Place place = place(address.group(2), Kind.RUN);
                yield begins(place)
                        ? new Answer.Json(Map.of("waiting", true, "begins", true))
                        : runs.with(place, Choices.asked(query), open -> endpoint.answer(place, open, query));
            }
            case "checkpoints" -> {
                CheckpointViews.Endpoint endpoint =
                        Optional.ofNullable(ofCheckpoints.get(view)).orElseThrow(Api::unknown);
                Place place = place(address.group(2), Kind.CHECKPOINT);
                yield checkpoints.with(place, open -> endpoint.answer(place, open, query));
            }
            default -> {
                if (!view.isEmpty()) {
                    throw unknown();
                }
                yield new Answer.Json(SweepView.of(place(address.group(2), Kind.SWEEP), library));
            }
        };
    }

    /** Whether a run is under way that has not recorded a state yet, so that there is nothing to open. */
    private static boolean begins(Place place) throws IOException {
        RunDirectory run = new RunDirectory(place.path());
        return RunLock.seen(run).isPresent()
                && (Recording.completeRows(run) == 0 || !Files.exists(run.manifest(), LinkOption.NOFOLLOW_LINKS));
    }

    private static Refusal unknown() {
        return Refusal.notFound("There is no such address in the explorer.");
    }

    private List<Place> several(Query query) throws IOException {
        List<Place> places = new ArrayList<>();
        for (String id : query.list("runs")) {
            places.add(place(id, Kind.RUN));
        }
        if (places.size() > MOST_COMPARED) {
            throw Refusal.wrong(
                    "%,d runs are too many to compare; choose at most %,d.".formatted(places.size(), MOST_COMPARED));
        }
        return places;
    }

    /** The curve of runs that have it; those that do not are named. */
    private Answer ribbon(Query query) throws IOException {
        String name = query.required("curve");
        int from = Choices.from(query);
        int to = Choices.to(query);
        int points = Choices.points(query);
        List<String> ids = query.list("runs");
        List<Series> found = new ArrayList<>();
        int waiting = 0;
        Map<String, String> without = new LinkedHashMap<>();
        long until = System.nanoTime() + Choices.PATIENCE * 1_000_000;
        for (String id : ids) {
            Place place = place(id, Kind.RUN);
            long left = Math.max(0, (until - System.nanoTime()) / 1_000_000);
            try {
                Optional<Series> series = runs.with(place, run -> curves.find(place, run, name, left));
                series.ifPresent(known -> found.add(known.between(from, to)));
                waiting += series.isPresent() ? 0 : 1;
            } catch (IOException | IllegalArgumentException e) {
                without.put(id, e.getMessage());
            }
        }
        return new Answer.Json(
                waiting > 0
                        ? Map.of("waiting", true, "ready", found.size(), "of", ids.size())
                        : Map.of("ribbon", Ribbon.of(found, points), "runs", found.size(), "without", without));
    }

    private Place place(String id, Kind kind) throws IOException {
        if (library.find(id).isEmpty()) {
            library.refresh();
        }
        return library.find(id)
                .filter(place -> place.kind() == kind)
                .orElseThrow(() -> Refusal.notFound("This %s no longer exists.".formatted(kind)));
    }

    private Item item(Place place) {
        return library.items().stream()
                .filter(item -> item.id().equals(place.id()))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("This %s no longer exists.".formatted(place.kind())));
    }
}
