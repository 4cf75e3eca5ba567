package org.lilgatsby.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Runs killed at random instants, twice in a row and more, some beside each other. */
final class Kills {
    /** Kills of one run, one after another. */
    private static final int IN_A_ROW = 4;

    private static final int BESIDE_EACH_OTHER = 2;

    private Kills() {}

    /**
     * What came out.
     *
     * @param hit kills that hit, by their moment
     * @param losses all that was not as in the run left alone
     */
    record Result(Map<Moment, Integer> hit, List<String> losses) {
        /** Number of kills that hit. */
        int kills() {
            return hit.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * Kills runs until enough kills have hit, however many processes end before: half of them at any instant of a
     * process, the others at each of the named moments in turn.
     *
     * @param folder a new directory
     */
    static Result carryOut(Lab lab, TinyRun tiny, Path folder, int kills, long seed)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        KilledRun run = new KilledRun(lab, tiny, folder.resolve("whole"));
        List<Moment> hit = Collections.synchronizedList(new ArrayList<>());
        List<String> losses = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> workers = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(BESIDE_EACH_OTHER)) {
            for (int worker = 0; worker < BESIDE_EACH_OTHER; worker++) {
                int number = worker;
                workers.add(pool.submit(() -> {
                    RandomGenerator random =
                            RandomGeneratorFactory.of("L64X128MixRandom").create(seed * BESIDE_EACH_OTHER + number);
                    for (int i = number; hit.size() < kills; i += BESIDE_EACH_OTHER) {
                        hit.addAll(run.tryOut(folder.resolve("killed-" + i), moments(i), random, losses));
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
        Map<Moment, Integer> counts = new EnumMap<>(Moment.class);
        hit.forEach(moment -> counts.merge(moment, 1, Integer::sum));
        return new Result(counts, losses);
    }

    /** What the i-th run is killed at: the same moment twice, then any instants. */
    private static List<Moment> moments(int i) {
        Moment named = Moment.values()[i % Moment.values().length];
        List<Moment> moments = new ArrayList<>(Collections.nCopies(IN_A_ROW / 2, named));
        moments.addAll(Collections.nCopies(IN_A_ROW - moments.size(), Moment.ANY));
        return moments;
    }
}
