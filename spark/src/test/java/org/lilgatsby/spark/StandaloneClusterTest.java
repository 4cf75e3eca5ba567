package org.lilgatsby.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.execution.Execution;

/** Sweeps on a cluster of processes, one of which dies. */
@Tag("long")
class StandaloneClusterTest {
    private static final int STEPS = 30;

    @TempDir
    private Path folder;

    private Map<String, String> settings = Map.of();

    /** Classes that are in no jar yet cannot be sent; executors on this machine find them where they are. */
    private void set(Map<String, String> more) {
        settings = new HashMap<>(Map.of(
                "spark.driver.host", "127.0.0.1",
                "spark.driver.bindAddress", "127.0.0.1",
                "spark.executor.memory", "512m",
                "spark.executor.extraClassPath", System.getProperty("java.class.path")));
        settings.putAll(more);
        settings.forEach(System::setProperty);
    }

    @AfterEach
    void unset() {
        settings.keySet().forEach(System::clearProperty);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERIES", "RECORDING"})
    void aKilledWorkerCostsTimeOnly(Keep keep) throws Exception {
        List<Point> points = SmallSweep.points(
                List.of("training.steps=" + STEPS), List.of("initialization.mode=unit-noise,bf16-native"), "42..43");
        Store store = Store.open(folder.resolve("store"), Manifest.ARITHMETIC);
        SmallSweep.Log log = new SmallSweep.Log();
        set(Map.of("spark.extraListeners", Executors.class.getName()));
        Executors.BUSY.clear();
        Executors.LOST.clear();
        try (LoopbackCluster cluster = new LoopbackCluster(folder.resolve("cluster"), 2)) {
            CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> killTheWorkerOf(second(), cluster));
            on(cluster.url()).run(points, store, keep, log);
            killer.join();
        }
        assertEquals(1, Executors.LOST.size());
        SmallSweep.assertSame(points, keep, SmallSweep.local(folder.resolve("here"), points, keep), store);
        assertEquals(4, log.started.size());
        assertEquals(4, log.finished.size());
        assertEquals(4 * STEPS, log.updates);
    }

    /**
     * The longest run, which begins first, takes every executor with it; it is given up, and the others go on. Spark
     * counts no attempt of which the executor has not yet said that it runs, so all are ended until then.
     */
    @Test
    void aRunThatEndsItsExecutorsIsARowWithItsReason() throws Exception {
        List<Point> points =
                SmallSweep.points(List.of("recording.every=1000"), List.of("training.steps=1000000,3,2"), null);
        Point ends = points.getFirst();
        Store store = Store.open(folder.resolve("store"), Manifest.ARITHMETIC);
        SmallSweep.Log log = new SmallSweep.Log();
        set(Map.of("spark.task.maxFailures", "2"));
        CompletableFuture<Void> over = new CompletableFuture<>();
        try (LoopbackCluster cluster = new LoopbackCluster(folder.resolve("cluster"), 1)) {
            CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
                Set<Path> ended = new HashSet<>();
                while (!over.isDone()) {
                    for (Path recording : recordings(store, ends)) {
                        if (ended.add(recording)) {
                            cluster.killExecutors();
                        }
                    }
                    LockSupport.parkNanos(1_000_000);
                }
            });
            on(cluster.url()).run(points, store, Keep.RECORDING, log);
            over.complete(null);
            killer.join();
        }
        String reason = store.failures(ends.key()).getFirst().reason();
        assertTrue(
                reason.startsWith("no executor could run it, after 2 attempts: ExecutorLostFailure (executor "),
                reason);
        List<Point> others = points.subList(1, 3);
        SmallSweep.assertSame(
                others, Keep.RECORDING, SmallSweep.local(folder.resolve("here"), others, Keep.RECORDING), store);
        assertEquals(
                List.of("training.steps 1000000 FAILED", "training.steps 3 DONE", "training.steps 2 DONE"),
                log.finished);
    }

    /** What attempts at a run have recorded or are recording, each of which has begun to train. */
    private static List<Path> recordings(Store store, Point point) {
        Path folder = store.root().resolve("arithmetic-" + store.arithmetic());
        Path run = folder.resolve(point.key().sha256().substring(0, 2))
                .resolve(point.key().sha256());
        if (!Files.exists(run)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(run)) {
            return all.filter(path -> path.getFileName().toString().equals("recording.progress"))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // something was put away meanwhile
        }
    }

    private static Execution on(String master) {
        return new SparkCluster().on(master, SmallSweep.corpora(), SmallSweep.OPTIONS);
    }

    /** The second executor to begin a run, while the first has begun one too. */
    private static String second() {
        try {
            String first = Executors.BUSY.take();
            String second = Executors.BUSY.take();
            while (second.equals(first)) {
                second = Executors.BUSY.take();
            }
            return second;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void killTheWorkerOf(String executor, LoopbackCluster cluster) {
        try {
            cluster.killWorker(executor);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
