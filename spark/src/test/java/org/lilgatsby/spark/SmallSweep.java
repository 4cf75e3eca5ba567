package org.lilgatsby.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.StoredRun;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.execution.LocalExecution;
import org.lilgatsby.sweep.execution.PointRunner;
import org.lilgatsby.sweep.execution.SweepObserver;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sweeps of small runs, and the comparison of their stores. */
final class SmallSweep {
    static final RunOptions OPTIONS = new RunOptions("test", new ScalarKernels(), 1).withSample(4);

    /** What may differ between two runs of one key. */
    private static final List<String> OF_THE_MACHINE = List.of("program", "machine", "started", "seconds");

    private static final List<String> SMALL =
            List.of("model.context=8", "training.batch=2", "training.steps=3", "training.log_every=1");

    private SmallSweep() {}

    /** The texts on this machine. */
    static Corpora corpora() {
        return new CorpusLoader(new CorpusCache(Path.of("no-cache")));
    }

    /** The points of an experiment with these settings, varied settings and seeds. */
    static List<Point> points(List<String> settings, List<String> varied, String seeds) throws IOException {
        List<String> all = new ArrayList<>(settings);
        SMALL.stream().filter(small -> !isGiven(small, settings)).forEach(all::add);
        Corpora corpora = corpora().keeping();
        return Sweep.of("float32-edition")
                .setting(all)
                .varying(varied, seeds)
                .points((corpus, vocabulary) -> corpora.load(corpus, vocabulary).sha256());
    }

    private static boolean isGiven(String small, List<String> settings) {
        String key = small.substring(0, small.indexOf('=') + 1);
        return settings.stream().anyMatch(setting -> setting.startsWith(key));
    }

    /** Carries the points out on this machine. */
    static Store local(Path folder, List<Point> points, Keep keep) throws IOException {
        Store store = Store.open(folder, Manifest.ARITHMETIC);
        new LocalExecution(new PointRunner(corpora(), OPTIONS), 1).run(points, store, keep, new Log());
        return store;
    }

    /** Asserts that all points are done in both stores, with the same bytes but for what the machine decides. */
    static void assertSame(List<Point> points, Keep keep, Store expected, Store actual) throws IOException {
        for (Point point : points) {
            Path one = expected.find(point.key(), keep).orElseThrow().directory();
            Path other = actual.find(point.key(), keep).orElseThrow().directory();
            assertEquals(names(one), names(other), point.toString());
            assertEquals(row(one), row(other), point.toString());
            if (keep != Keep.FIGURES) {
                assertArrayEquals(
                        Files.readAllBytes(one.resolve("series.csv")),
                        Files.readAllBytes(other.resolve("series.csv")),
                        point.toString());
            }
        }
        assertEquals(List.of(), actual.verify());
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return Set.copyOf(files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private static Optional<String> row(Path directory) throws IOException {
        ObjectNode row = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(directory.resolve("run.json")));
        row.remove(OF_THE_MACHINE);
        return Optional.of(row.toPrettyString());
    }

    /** Notes what a sweep tells. */
    static class Log implements SweepObserver {
        final List<String> found = new ArrayList<>();
        final List<String> started = new ArrayList<>();
        final List<String> finished = new ArrayList<>();
        int updates;

        @Override
        public synchronized void found(Point point, StoredRun run) {
            found.add(point.toString());
        }

        @Override
        public synchronized void started(Point point) {
            started.add(point.toString());
        }

        @Override
        public synchronized void stepped(Point point, int more) {
            updates += more;
        }

        @Override
        public synchronized void finished(Point point, StoredRun run) {
            finished.add(point + " " + run.state());
        }

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
