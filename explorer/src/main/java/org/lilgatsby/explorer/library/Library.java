package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;
import org.lilgatsby.sweep.SweepDirectory;

/**
 * Everything below the directories that the explorer was given. It is looked through again when somebody asks, but an
 * item is read again only if one of its files changed.
 */
public final class Library {
    private final List<Path> roots;
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final SmallFiles files = new SmallFiles();
    private List<Item> items = List.of();

    /**
     * An item as it was read.
     *
     * @param files of what its files are
     * @param alive whether a process worked on it
     * @param rows how far it was then
     */
    private record Known(String files, boolean alive, int rows, Item item) {}

    /** @param roots directories; one that does not exist yet is empty */
    public Library(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** The directories, as given. */
    public List<String> roots() {
        return roots.stream().map(Path::toString).toList();
    }

    /** Whether a directory, named absolutely, lies below one of those given. */
    public boolean serves(Path directory) {
        return roots.stream().anyMatch(root -> directory.startsWith(real(root)));
    }

    private static Path real(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            return root.toAbsolutePath().normalize();
        }
    }

    /**
     * Looks through the directories.
     *
     * @return whether anything differs from the last time
     * @throws IOException if a directory cannot be read
     */
    public synchronized boolean refresh() throws IOException {
        Map<Path, Place> found = new LinkedHashMap<>();
        for (Path root : roots) {
            Search.below(root).forEach(found::putIfAbsent);
        }
        Map<String, Place> byId = new LinkedHashMap<>();
        List<Item> now = new ArrayList<>();
        for (Place place : found.values()) {
            String id = place.id();
            byId.put(id, place);
            now.add(item(id, place));
        }
        places.putAll(byId);
        places.keySet().retainAll(byId.keySet());
        known.keySet().retainAll(byId.keySet());
        boolean changed = !now.equals(items);
        items = List.copyOf(now);
        return changed;
    }

    /** The items found the last time. */
    public synchronized List<Item> items() {
        return items;
    }

    /** A place by its id, of those found the last time. */
    public Optional<Place> find(String id) {
        return Optional.ofNullable(places.get(id));
    }

    /**
     * How far a run is.
     *
     * @throws IOException if one of its files is damaged, or a symbolic link
     */
    public RunState runState(Place place) throws IOException {
        return RunState.of(new RunDirectory(place.path()), files);
    }

    /**
     * The configuration of a run.
     *
     * @throws IOException if its file cannot be read, is none, or is a symbolic link
     */
    public ExperimentConfig config(Place place) throws IOException {
        Path file = new RunDirectory(place.path()).config();
        if (Files.isSymbolicLink(file)) {
            throw new IOException(file + ": is a symbolic link; a run's directory holds its files themselves");
        }
        return files.configuration(file);
    }

    /** The ids of runs by the name of the folder that they lie in: in the store of a sweep, the key of the run. */
    public Map<String, String> runsByFolder() {
        Map<String, String> runs = new HashMap<>();
        for (Place place : places.values()) {
            Path folder = place.path().getParent();
            if (place.kind() == Kind.RUN && folder != null && folder.getFileName() != null) {
                runs.put(folder.getFileName().toString(), place.id());
            }
        }
        return runs;
    }

    private Item item(String id, Place place) throws IOException {
        Known before = known.get(id);
        String now = files(place);
        boolean same = before != null && before.files().equals(now);
        RunDirectory run = new RunDirectory(place.path());
        // who takes a lock writes to its file: a run that nobody worked on then is as it was
        boolean alive = place.kind() == Kind.RUN && !(same && !before.alive()) && alive(run);
        int rows = alive ? rows(run) : 0;
        if (same && before.alive() == alive && before.rows() == rows) {
            return before.item();
        }
        Item item = Items.of(place, files);
        known.put(id, new Known(now, alive, rows, item));
        return item;
    }

    /** Changes whenever a file changes of which a summary tells. */
    private static String files(Place place) throws IOException {
        RunDirectory run = new RunDirectory(place.path());
        SweepDirectory sweep = new SweepDirectory(place.path());
        List<Path> files = switch (place.kind()) {
            case RUN ->
                List.of(run.config(), run.manifest(), run.progress(), run.reportJson(), run.recording(), run.lock());
            case SWEEP -> List.of(sweep.definition(), sweep.runs(), sweep.page());
            case CHECKPOINT -> List.of(place.path().resolve("config.json"));
        };
        StringBuilder state = new StringBuilder();
        for (Path file : files) {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                state.append(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS))
                        .append(' ')
                        .append(attributes.size());
            } catch (NoSuchFileException e) {
                state.append('-');
            }
            state.append('\n');
        }
        return state.toString();
    }

    /** How far a run under way is: two changes of a file within a tick of the clock leave it the same size and time. */
    private static int rows(RunDirectory run) {
        try {
            return Recording.completeRows(run);
        } catch (IOException e) {
            return 0;
        }
    }

    private static boolean alive(RunDirectory run) {
        try {
            return RunLock.seen(run).isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
