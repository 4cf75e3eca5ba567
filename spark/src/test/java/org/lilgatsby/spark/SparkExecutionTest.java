package org.lilgatsby.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.StoredRun;
import org.lilgatsby.sweep.execution.Cluster;
import org.lilgatsby.sweep.execution.Execution;

/** Sweeps on executors in this process. */
class SparkExecutionTest {
    @TempDir
    private Path folder;

    private static Execution on(String master) {
        Cluster cluster = ServiceLoader.load(Cluster.class).findFirst().orElseThrow();
        assertEquals("Apache Spark", cluster.name());
        return cluster.on(master, SmallSweep.corpora(), SmallSweep.OPTIONS);
    }

    private Store store() {
        return Store.open(folder.resolve("cluster"), Manifest.ARITHMETIC);
    }

    @ParameterizedTest
    @EnumSource
    void runsAreThoseOfThisMachine(Keep keep) throws IOException {
        List<Point> points =
                SmallSweep.points(List.of(), List.of("initialization.mode=unit-noise,bf16-native"), "42..43");
        SmallSweep.Log log = new SmallSweep.Log();
        on("local[2]").run(points, store(), keep, log);
        SmallSweep.assertSame(points, keep, SmallSweep.local(folder.resolve("here"), points, keep), store());
        assertEquals(4, log.finished.size());
        assertEquals(4, new HashSet<>(log.started).size());
        assertEquals(4, log.started.size());
        assertEquals(12, log.updates);
    }

    @Test
    void whatIsThereIsNotRunAgain() throws IOException {
        List<Point> points = SmallSweep.points(List.of(), List.of(), "42..44");
        on("local[1]").run(points.subList(0, 2), store(), Keep.FIGURES, new SmallSweep.Log());
        SmallSweep.Log log = new SmallSweep.Log();
        on("local[1]").run(points, store(), Keep.FIGURES, log);
        assertEquals(List.of("seed 42", "seed 43"), log.found);
        assertEquals(List.of("seed 44 DONE"), log.finished);
    }

    @Test
    void theLongestBegins() throws IOException {
        List<Point> points = SmallSweep.points(List.of(), List.of("training.steps=1,4,2"), null);
        SmallSweep.Log log = new SmallSweep.Log();
        on("local[1]").run(points, store(), Keep.FIGURES, log);
        assertEquals(List.of("training.steps 4", "training.steps 2", "training.steps 1"), log.started);
    }

    @Test
    void aFailedRunIsARow() throws IOException {
        List<Point> points = SmallSweep.points(
                List.of("training.optimizer=sgd", "training.steps=6"),
                List.of("training.learning_rate=0.01,1000"),
                null);
        SmallSweep.Log log = new SmallSweep.Log();
        on("local[2]").run(points, store(), Keep.SERIES, log);
        assertTrue(store().find(points.getFirst().key(), Keep.SERIES).isPresent());
        StoredRun failed = store().failures(points.getLast().key()).getFirst();
        assertEquals(StoredRun.State.FAILED, failed.state());
        SmallSweep.local(folder.resolve("here"), points, Keep.SERIES);
        Store here = Store.open(folder.resolve("here"), Manifest.ARITHMETIC);
        assertEquals(here.failures(points.getLast().key()).getFirst().reason(), failed.reason());
        assertEquals(2, log.finished.size());
    }

    @Test
    void aTextTravelsWithTheSweep() throws IOException {
        Path text =
                Files.writeString(folder.resolve("book.txt"), "So we beat on, boats against the current.\n".repeat(9));
        List<Point> points = SmallSweep.points(List.of("corpus.source=" + text), List.of(), "42..43");
        Store expected = SmallSweep.local(folder.resolve("here"), points, Keep.SERIES);
        on("local[2]").run(points, store(), Keep.SERIES, new SmallSweep.Log() {
            @Override
            public synchronized void started(Point point) {
                text.toFile().delete();
            }
        });
        SmallSweep.assertSame(points, Keep.SERIES, expected, store());
    }

    @ParameterizedTest
    @EnumSource(names = {"FIGURES", "RECORDING"})
    void stopsWhenAsked(Keep keep) throws IOException {
        List<Point> points =
                SmallSweep.points(List.of("training.steps=1000000", "recording.every=1000"), List.of(), "42..45");
        SmallSweep.Log log = new SmallSweep.Log() {
            @Override
            public boolean stopRequested() {
                synchronized (this) {
                    return started.size() == 2;
                }
            }
        };
        on("local[2]").run(points, store(), keep, log);
        assertEquals(List.of(), log.finished);
        assertEquals(List.of(), store().entries());
        if (Files.exists(store().root())) {
            try (Stream<Path> all = Files.walk(store().root())) {
                assertEquals(List.of(), all.filter(Files::isRegularFile).toList(), "what was under way is put away");
            }
        }
    }

    @Test
    void saysWhatIsNoMaster() throws IOException {
        List<Point> points = SmallSweep.points(List.of(), List.of(), "42");
        SettingException e = assertThrows(
                SettingException.class,
                () -> on("spork://here").run(points, store(), Keep.FIGURES, new SmallSweep.Log()));
        assertEquals(
                "--on is spork://here, which is not a master that this Spark knows; use spark://HOST:PORT or "
                        + "local[N]; yarn and k8s://… need Spark's own distribution and spark-submit",
                e.getMessage());
    }
}
