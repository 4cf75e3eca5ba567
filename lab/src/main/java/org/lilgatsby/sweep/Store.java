package org.lilgatsby.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.files.Sha256;

/**
 * Runs by their key, in a directory that any number of processes and machines may share:
 *
 * <pre>
 * arithmetic-2/7f/7f83b165…/figures/    run.json, SHA256SUMS
 *                           series/     the same, and series.csv
 *                           recording/  the same, and all that a single run writes
 *                           failed-1/   run.json with the reason
 *                           work-PID-1/ what a worker is at, or was when it died
 *                           work-PID-1.alive
 * </pre>
 *
 * <p>An entry is written under {@code work-…} and renamed once all of it is on the disk, so a named entry is always
 * complete. An existing name is never overwritten: a worker that comes second has the same result and discards its own.
 * There is no lock; two workers on one run waste time and nothing else. Each version of the arithmetic has its own
 * folder.
 */
public final class Store {
    private static final String ARITHMETIC = "arithmetic-";
    private static final Pattern OF_AN_ARITHMETIC = Pattern.compile(ARITHMETIC + "([0-9]{1,9})");
    private static final String WORK = "work-";
    private static final String FAILED = "failed-";
    private static final String DAMAGED = "damaged-";
    private static final String ALIVE = ".alive";

    private final Path root;
    private final int arithmetic;
    private final Path runs;
    /** Folders of keys' first digits, at most 256, whose names are on the disk. */
    private final Set<Path> named = ConcurrentHashMap.newKeySet();

    /** Whether the store's own directory was there, or was made, when a run began. */
    private volatile boolean isMade;

    private Store(Path root, int arithmetic) {
        this.root = root;
        this.arithmetic = arithmetic;
        this.runs = root.resolve(ARITHMETIC + arithmetic);
    }

    /**
     * A finished run.
     *
     * @param directory where its files are
     * @param keep what was kept of the run
     */
    public record Entry(Path directory, Keep keep, StoredRun run) {}

    /**
     * An entry that differs from what was written.
     *
     * @param problem one line
     */
    public record Damage(Path directory, String problem) {}

    /**
     * Opens a store; its directory is created when the first run begins.
     *
     * @param arithmetic version of the arithmetic of the runs
     */
    public static Store open(Path root, int arithmetic) {
        return new Store(root, arithmetic);
    }

    /** Its directory. */
    public Path root() {
        return root;
    }

    /** Version of the arithmetic of its runs. */
    public int arithmetic() {
        return arithmetic;
    }

    /**
     * A completed run of which at least this much was kept. A run with a damaged {@code run.json} counts as missing.
     *
     * @throws IOException if the store cannot be read
     */
    public Optional<Entry> find(ResultKey key, Keep keep) throws IOException {
        Path folder = folder(key);
        if (Files.notExists(folder)) {
            return Optional.empty();
        }
        for (Keep level : Keep.values()) {
            if (level.compareTo(keep) >= 0) {
                Optional<Entry> entry = entry(folder.resolve(level.toString()), level);
                if (entry.isPresent()) {
                    return entry;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Of some runs, those that {@link #find} finds.
     *
     * @throws IOException if the store cannot be read
     */
    public Set<ResultKey> found(List<ResultKey> keys, Keep keep) throws IOException {
        List<Boolean> found = Parallel.map(keys, key -> find(key, keep).isPresent());
        return IntStream.range(0, keys.size())
                .filter(found::get)
                .mapToObj(keys::get)
                .collect(Collectors.toSet());
    }

    /** The failures of a run, earliest first, even if it has succeeded since. */
    public List<StoredRun> failures(ResultKey key) throws IOException {
        List<StoredRun> failures = new ArrayList<>();
        for (Path entry : list(folder(key))) {
            if (entry.getFileName().toString().startsWith(FAILED)) {
                read(entry).filter(run -> run.state() == StoredRun.State.FAILED).ifPresent(failures::add);
            }
        }
        failures.sort(Comparator.comparing(StoredRun::started));
        return failures;
    }

    /**
     * A directory for a new run.
     *
     * @throws IOException if it cannot be made
     */
    public Draft begin(ResultKey key) throws IOException {
        makeRoot();
        Path folder = Files.createDirectories(folder(key));
        long process = ProcessHandle.current().pid();
        for (int n = 1; ; n++) {
            Path work = folder.resolve(WORK + process + "-" + n);
            try {
                return new Draft(key, Files.createDirectory(work));
            } catch (FileAlreadyExistsException e) {
                continue;
            }
        }
    }

    /** Every completed run, by key; for each, the entry that keeps most. */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path folder : folders()) {
            for (Keep level : Keep.values()) {
                Optional<Entry> entry = entry(folder.resolve(level.toString()), level);
                if (entry.isPresent()) {
                    if (!entries.isEmpty()
                            && entries.getLast()
                                    .run()
                                    .key()
                                    .equals(entry.get().run().key())) {
                        entries.removeLast();
                    }
                    entries.add(entry.get());
                }
            }
        }
        return entries;
    }

    /** Reads every file of every entry. */
    public List<Damage> verify() throws IOException {
        List<Damage> damages = new ArrayList<>();
        for (Path folder : folders()) {
            for (Path entry : list(folder)) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(WORK) && !name.startsWith(DAMAGED)) {
                    problem(folder, entry).ifPresent(problem -> damages.add(new Damage(entry, problem)));
                }
            }
        }
        return damages;
    }

    /** Renames a damaged entry, so that its run counts as missing and is run again. */
    public void setAside(Damage damage) throws IOException {
        setAside(damage.directory());
    }

    /** Number of runs in the store for each other version of the arithmetic; none of them is used. */
    public SortedMap<Integer, Integer> otherArithmetics() throws IOException {
        SortedMap<Integer, Integer> others = new TreeMap<>();
        for (Path folder : list(root)) {
            Matcher name = OF_AN_ARITHMETIC.matcher(folder.getFileName().toString());
            if (name.matches() && Integer.parseInt(name.group(1)) != arithmetic) {
                int other = Integer.parseInt(name.group(1));
                others.put(other, (int) new Store(root, other)
                        .folders().stream().filter(Store::holdsARun).count());
            }
        }
        return others;
    }

    /** By names alone: what is in an entry of another arithmetic is not this program's to judge. */
    private static boolean holdsARun(Path folder) {
        return Stream.of(Keep.values()).anyMatch(level -> Files.exists(folder.resolve(level.toString())));
    }

    /**
     * Removes what dead workers left: directories to which nothing has been written for a while, by the clock of the
     * file system, which is the same for all machines that share it. What cannot be removed stays: it harms nobody, and
     * a store that cannot be written can still be read.
     *
     * @return the number of directories removed
     * @throws IOException if the store cannot be read
     */
    public int removeAbandoned(Duration quiet) throws IOException {
        int removed = 0;
        for (Path folder : folders()) {
            for (Path work : works(folder)) {
                removed += removeIfQuiet(work, quiet) ? 1 : 0;
            }
        }
        return removed;
    }

    private static boolean removeIfQuiet(Path work, Duration quiet) {
        try {
            if (!isQuiet(work, quiet)) {
                return false;
            }
            Files.deleteIfExists(sign(work));
            Trees.delete(work);
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Whether another worker is at a run: something was written for it within a while.
     *
     * @throws IOException if the store cannot be read
     */
    public boolean isUnderWay(ResultKey key, Duration quiet) throws IOException {
        for (Path work : works(folder(key))) {
            if (!isQuiet(work, quiet)) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> works(Path folder) throws IOException {
        return list(folder).stream()
                .filter(entry -> entry.getFileName().toString().startsWith(WORK) && Files.isDirectory(entry))
                .toList();
    }

    /** By the clock of the file system. A directory that has disappeared is quiet: its worker is done. */
    private static boolean isQuiet(Path work, Duration quiet) throws IOException {
        try {
            return newest(work).toMillis() + quiet.toMillis() <= now(work.getParent());
        } catch (NoSuchFileException | UncheckedIOException e) {
            return !Files.exists(work);
        }
    }

    /** The file by which a worker says that it is alive. */
    private static Path sign(Path work) {
        return work.resolveSibling(work.getFileName() + ALIVE);
    }

    private Path folder(ResultKey key) {
        return runs.resolve(key.sha256().substring(0, 2)).resolve(key.sha256());
    }

    /** The folders of all keys, sorted. */
    private List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path part : list(runs)) {
            for (Path folder : list(part)) {
                if (ResultKey.isKey(folder.getFileName().toString())) {
                    folders.add(folder);
                }
            }
        }
        return folders;
    }

    private Optional<Entry> entry(Path directory, Keep level) throws IOException {
        return read(directory)
                .filter(run -> run.state() == StoredRun.State.DONE)
                .map(run -> new Entry(directory, level, run));
    }

    /** The run of an entry; empty if there is none, or the entry differs from what was written. */
    private Optional<StoredRun> read(Path directory) throws IOException {
        Path file = directory.resolve(StoredRunFile.NAME);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            if (Files.exists(directory) && !Files.isRegularFile(file)) {
                return Optional.empty(); // something else has its name
            }
            throw e;
        }
        try {
            if (!Sha256.of(bytes).equals(Checksums.read(directory).get(StoredRunFile.NAME))) {
                return Optional.empty();
            }
            StoredRun run = StoredRunFile.parse(bytes, file);
            return belongs(run, directory.getParent()) ? Optional.of(run) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean belongs(StoredRun run, Path folder) {
        return run.arithmetic() == arithmetic && folder.endsWith(run.key());
    }

    /** Makes the store's directory if need be, with its name and those of the ones above it on the disk. */
    private void makeRoot() throws IOException {
        if (isMade) {
            return;
        }
        List<Path> missing = Stream.iterate(
                        root.toAbsolutePath(), path -> path != null && !Files.exists(path), Path::getParent)
                .toList();
        Files.createDirectories(root);
        for (Path made : missing) {
            DurableFiles.forceDirectory(made.getParent());
        }
        isMade = true;
    }

    /** Returns when the names from a key's folder up to the store are on the disk, whoever made them. */
    private void forceNames(Path folder) throws IOException {
        Path part = folder.getParent();
        DurableFiles.forceDirectory(part);
        if (!named.contains(part)) {
            DurableFiles.forceDirectory(runs);
            DurableFiles.forceDirectory(root);
            named.add(part);
        }
    }

    private Optional<String> problem(Path folder, Path entry) throws IOException {
        Optional<String> problem = Checksums.problem(entry);
        if (problem.isPresent()) {
            return problem;
        }
        Path file = entry.resolve(StoredRunFile.NAME);
        if (!Files.exists(file)) {
            return Optional.of(StoredRunFile.NAME + " is missing");
        }
        try {
            StoredRun run = StoredRunFile.parse(Files.readAllBytes(file), file);
            return belongs(run, folder)
                    ? Optional.empty()
                    : Optional.of("holds the run %s of arithmetic %d".formatted(run.key(), run.arithmetic()));
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static void setAside(Path entry) throws IOException {
        moveToFree(entry, DAMAGED);
    }

    /** Another worker may have completed it meanwhile. */
    private static void setAsideIfThere(Path entry) throws IOException {
        try {
            setAside(entry);
        } catch (NoSuchFileException e) {
            if (Files.exists(entry)) {
                throw e;
            }
        }
    }

    /** Renames a directory to the first free name in a numbered series. */
    private static Path moveToFree(Path directory, String prefix) throws IOException {
        for (int n = 1; ; n++) {
            Path target = directory.resolveSibling(prefix + n);
            if (Trees.move(directory, target)) {
                return target;
            }
        }
    }

    /** The contents of a directory, sorted; empty if it does not exist. */
    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        }
    }

    private static FileTime newest(Path work) throws IOException {
        try (Stream<Path> all = Files.walk(work)) {
            FileTime newest = FileTime.fromMillis(0);
            for (Path path : all.toList()) {
                FileTime time = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
            Path sign = sign(work);
            FileTime alive = Files.exists(sign) ? Files.getLastModifiedTime(sign) : newest;
            return alive.compareTo(newest) > 0 ? alive : newest;
        }
    }

    private static long now(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, WORK, ".now");
        try {
            return Files.getLastModifiedTime(probe).toMillis();
        } finally {
            Files.delete(probe);
        }
    }

    /** A run in progress. Closing it discards what was not published. */
    public final class Draft implements AutoCloseable {
        private final ResultKey key;
        private final Path directory;
        /** Whether the directory is no longer this draft's: its name is free for another then. */
        private boolean over;

        private Draft(ResultKey key, Path directory) {
            this.key = key;
            this.directory = directory;
        }

        /** The directory for the run's files; it has no {@code run.json} yet. */
        public Path directory() {
            return directory;
        }

        /** Says that the worker is alive, for {@link #removeAbandoned}; cheap enough for every second. */
        public synchronized void touch() throws IOException {
            if (!over) {
                Files.write(sign(directory), new byte[1]);
            }
        }

        /**
         * Publishes the run: its files are on the disk under their final name when this returns. If another worker was
         * first, its entry stays.
         *
         * @param keep what the directory holds
         * @return whether this worker's entry was published
         * @throws IllegalArgumentException if the run is not complete, or is another run
         */
        public boolean publish(StoredRun run, Keep keep) throws IOException {
            require(run, StoredRun.State.DONE);
            finish(run);
            Path target = directory.resolveSibling(keep.toString());
            while (!Trees.move(directory, target)) {
                if (entry(target, keep).isPresent()) {
                    close();
                    return false;
                }
                setAsideIfThere(target);
            }
            end();
            return true;
        }

        /**
         * Publishes a failure with its reason; only {@code run.json} is kept.
         *
         * @throws IllegalArgumentException if the run has not failed, or is another run
         */
        public void publishFailure(StoredRun run) throws IOException {
            require(run, StoredRun.State.FAILED);
            for (Path left : list(directory)) {
                Trees.delete(left);
            }
            finish(run);
            moveToFree(directory, FAILED);
            end();
        }

        private void require(StoredRun run, StoredRun.State state) {
            if (run.state() != state || !run.resultKey().equals(key) || run.arithmetic() != arithmetic) {
                throw new IllegalArgumentException("the run %s of arithmetic %d is %s; expected %s of %d, %s"
                        .formatted(run.key(), run.arithmetic(), run.state(), key.sha256(), arithmetic, state));
            }
        }

        private void finish(StoredRun run) throws IOException {
            Checksums.write(directory, StoredRunFile.NAME, run.toJson());
            forceNames(directory.getParent());
        }

        private synchronized void end() throws IOException {
            over = true;
            Files.deleteIfExists(sign(directory));
        }

        @Override
        public void close() throws IOException {
            if (!over) {
                end();
                Trees.delete(directory);
            }
        }
    }
}
