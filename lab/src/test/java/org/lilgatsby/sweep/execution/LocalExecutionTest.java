package org.lilgatsby.sweep.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.run.MachineMemory;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.SeriesFile;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.StoredRun;
import org.lilgatsby.sweep.Sweep;

/** Sweeps of a tiny model on this machine. */
class LocalExecutionTest {
    private static final List<String> TINY = List.of(
            "model.layers=1",
            "model.heads=2",
            "model.width=8",
            "model.context=8",
            "training.batch=2",
            "training.steps=6",
            "training.log_every=2");

    private static final Corpora TEXTS = new CorpusLoader(CorpusCache.of(Map.of(), Path.of("nowhere")));

    @TempDir
    private Path root;

    /** Remembers what happened, and asks to stop after so many updates. */
    private static final class Watch implements SweepObserver {
        final List<Point> found = Collections.synchronizedList(new ArrayList<>());
        final List<StoredRun> finished = Collections.synchronizedList(new ArrayList<>());
        private final int most;
        private int updates;

        Watch(int most) {
            this.most = most;
        }

        @Override
        public void found(Point point, StoredRun run) {
            found.add(point);
        }

        @Override
        public void started(Point point) {}

        @Override
        public synchronized void stepped(Point point, int more) {
            updates += more;
        }

        @Override
        public void finished(Point point, StoredRun run) {
            finished.add(run);
        }

        @Override
        public synchronized boolean stopRequested() {
            return updates >= most;
        }
    }

    private static PointRunner runner() {
        return new PointRunner(TEXTS, new RunOptions("test", new ScalarKernels(), 1));
    }

    private static List<Point> points(String experiment, List<String> settings, String... varied) throws IOException {
        List<String> all = new ArrayList<>(TINY);
        all.addAll(settings);
        return Sweep.of(experiment)
                .setting(all)
                .varying(List.of(varied), null)
                .points((corpus, vocabulary) -> TEXTS.load(corpus, vocabulary).sha256());
    }

    private Watch sweep(List<Point> points, Store store, Keep keep, int workers) throws IOException {
        Watch watch = new Watch(Integer.MAX_VALUE);
        new LocalExecution(runner(), workers).run(points, store, keep, watch);
        return watch;
    }

    private Store store(String name) {
        return Store.open(root.resolve(name), Manifest.ARITHMETIC);
    }

    private static Map<String, Map<String, Double>> figures(List<Point> points, Store store) throws IOException {
        Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
        for (Point point : points) {
            figures.put(
                    point.toString(),
                    store.find(point.key(), Keep.FIGURES).orElseThrow().run().figures());
        }
        return figures;
    }

    /** An executor of a cluster may have less memory than the machine that planned the sweep. */
    @ParameterizedTest
    @EnumSource(Keep.class)
    void aRunThatDoesNotFitIntoItsMachineFailsBeforeItsFirstStep(Keep keep) throws IOException {
        List<Point> points = points("float32-edition", List.of(), "seed=1");
        RunOptions options = runner().options();
        WorkerMemory need = WorkerMemory.of(points, keep, TEXTS, options);
        long enough = need.heap() + need.outside();
        for (long physical : new long[] {enough - 1, enough}) {
            MachineMemory machine = new MachineMemory(1L << 40, 1L << 40, physical);
            Store store = store(keep + "-" + physical);
            Watch watch = new Watch(Integer.MAX_VALUE);
            new LocalExecution(new PointRunner(TEXTS, options, machine), 1).run(points, store, keep, watch);
            StoredRun run = watch.finished.getFirst();
            if (physical == enough) {
                assertEquals(StoredRun.State.DONE, run.state(), run.reason());
            } else {
                assertEquals(StoredRun.State.FAILED, run.state());
                assertEquals(0, watch.updates);
                assertTrue(run.reason().startsWith("a run of this sweep takes at least "), run.reason());
                assertTrue(run.reason().contains(String.format(Locale.ROOT, "the machine %,d", physical)));
            }
        }
    }

    @Test
    void everyPointIsARunAndARunIsThereOnce() throws IOException {
        List<Point> points = points("float32-edition", List.of(), "seed=1..3", "training.batch=1,2");
        Store store = store("store");
        Watch first = sweep(points, store, Keep.FIGURES, 2);
        assertEquals(6, first.finished.size());
        assertEquals(List.of(), first.found);
        for (StoredRun run : first.finished) {
            assertEquals(StoredRun.State.DONE, run.state());
            assertTrue(run.figures().get("last_loss") > 0);
            assertTrue(run.figures().containsKey("final.dead.black_holes"));
            assertEquals(Set.of(), outside(run.figures().keySet()));
        }
        Watch second =
                sweep(points("float32-edition", List.of(), "seed=1..4", "training.batch=1,2"), store, Keep.FIGURES, 2);
        assertEquals(2, second.finished.size());
        assertEquals(6, second.found.size());
        assertEquals(List.of(), store.verify());
        assertEquals(0, leftOver("store"));
    }

    /** Names that say nothing about the run's results. */
    private static Set<String> outside(Set<String> names) {
        Set<String> outside = new java.util.TreeSet<>(names);
        outside.removeIf(name -> Stream.of("throughput", "provenance", "configuration", "recording", "corpus", "seed")
                .noneMatch(part -> name.equals(part) || name.startsWith(part + ".")));
        return outside;
    }

    private long leftOver(String store) throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve(store))) {
            return all.filter(path -> path.getFileName().toString().startsWith("work-"))
                    .count();
        }
    }

    /** Also where the experiment's own recording holds other tensors, or the embeddings only as differences. */
    @ParameterizedTest
    @EnumSource(Keep.class)
    void figuresDoNotDependOnWhatIsKept(Keep keep) throws IOException {
        for (String experiment :
                List.of("float32-edition", "instrumented", "supermassive-black-hole", "embedding-evolution")) {
            List<Point> points = points(experiment, List.of("training.weight_decay=0.1"), "seed=5");
            Store one = store("one " + keep);
            Store other = store("other " + keep);
            sweep(points, one, keep, 1);
            sweep(points, other, Keep.SERIES, 1);
            assertEquals(figures(points, other), figures(points, one), experiment);
            if (keep != Keep.FIGURES) {
                assertArrayEquals(series(points, other), series(points, one), experiment);
            }
            assertEquals(List.of(), one.verify());
        }
    }

    private static byte[] series(List<Point> points, Store store) throws IOException {
        Store.Entry entry = store.find(points.getFirst().key(), Keep.SERIES).orElseThrow();
        return Files.readAllBytes(entry.directory().resolve(SeriesFile.NAME));
    }

    @Test
    void aSeriesHasARowAStep() throws IOException {
        List<Point> points = points("float32-edition", List.of("recording.every=2"), "seed=5");
        Store store = store("store");
        sweep(points, store, Keep.SERIES, 1);
        Path file = store.find(points.getFirst().key(), Keep.SERIES)
                .orElseThrow()
                .directory()
                .resolve(SeriesFile.NAME);
        List<String> columns = SeriesFile.figures(file);
        List<Integer> steps = new ArrayList<>();
        List<Double> holes = new ArrayList<>();
        SeriesFile.read(file, (step, values) -> {
            steps.add(step);
            holes.add(values[columns.indexOf("dead.black_holes")]);
        });
        assertEquals(List.of(0, 2, 4, 6), steps);
        Map<String, Double> figures = figures(points, store).values().iterator().next();
        assertEquals(figures.get("initial.dead.black_holes"), holes.getFirst());
        assertEquals(figures.get("final.dead.black_holes"), holes.getLast());
    }

    @Test
    void everyColumnOfASeriesIsDocumented() throws IOException {
        List<Point> points = points("float32-edition", List.of(), "seed=5");
        Store store = store("store");
        sweep(points, store, Keep.SERIES, 1);
        Path directory =
                store.find(points.getFirst().key(), Keep.SERIES).orElseThrow().directory();
        String document = Files.readString(Path.of("../docs/sweeps.md"));
        for (String column : SeriesFile.figures(directory.resolve(SeriesFile.NAME))) {
            String figure = column.substring(column.indexOf('.') + 1);
            assertTrue(
                    document.lines().anyMatch(line -> line.startsWith("| `") && line.contains("`" + figure + "`")),
                    column);
        }
    }

    @Test
    void aRunThatFailsIsARowAndTheOthersGoOn() throws IOException {
        List<Point> points = points(
                "float32-edition",
                List.of("training.weight_decay=1000"),
                "training.learning_rate=1e-3,1000",
                "seed=1,2");
        Store store = store("store");
        Watch watch = sweep(points, store, Keep.SERIES, 2);
        assertEquals(
                2,
                watch.finished.stream()
                        .filter(run -> run.state() == StoredRun.State.DONE)
                        .count());
        StoredRun failed = store.failures(points.getLast().key()).getFirst();
        assertTrue(failed.reason().startsWith("step "), failed.reason());
        Watch again = sweep(points, store, Keep.SERIES, 2);
        assertEquals(2, again.found.size());
        assertEquals(2, store.failures(points.getLast().key()).size());
    }

    @Test
    void aSweepThatIsStoppedGoesOnWithTheSameCommand() throws IOException {
        List<Point> points = points("float32-edition", List.of(), "seed=1..5");
        Store store = store("store");
        Watch stopped = new Watch(15);
        new LocalExecution(runner(), 2).run(points, store, Keep.SERIES, stopped);
        assertTrue(stopped.finished.size() < points.size());
        assertEquals(0, leftOver("store"));
        sweep(points, store, Keep.SERIES, 2);
        Store undisturbed = store("undisturbed");
        sweep(points, undisturbed, Keep.SERIES, 1);
        assertEquals(figures(points, undisturbed), figures(points, store));
    }

    @Test
    void shardsAreThePointsInParts() throws IOException {
        List<Point> points = points("float32-edition", List.of(), "seed=1..10");
        List<Point> all = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            all.addAll(Shard.parse(i + "/3").of(points));
        }
        assertEquals(Set.copyOf(points), Set.copyOf(all));
        assertEquals(points.size(), all.size());
        assertEquals(points, Shard.ALL.of(points));
        assertEquals(List.of(), Shard.parse("11/20").of(points));
    }
}
