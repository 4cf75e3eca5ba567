package org.lilgatsby.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.run.RunObserver;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.SeriesFile;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.StoredRun;

/**
 * A run, as an executor carries it out. A failed run is a result; an exception says that this executor could not carry
 * it out, and Spark tries another.
 *
 * @param yaml the point's resolved configuration
 * @param sha256 the key of its results
 * @param steps counts updates
 */
record RunTask(String yaml, String sha256, Broadcast<Workshop> workshop, LongAccumulator steps)
        implements Connection.Task<RunResult> {

    @Override
    public RunResult call() throws IOException {
        ExperimentConfig config = ConfigYaml.parse(yaml, "task.yaml", List.of());
        Workshop here = workshop.value();
        return here.keep() == Keep.RECORDING ? intoTheStore(config, here) : intoTheResult(config, here);
    }

    private ResultKey key() {
        return new ResultKey(sha256);
    }

    /** A recording is too large to send. */
    private RunResult intoTheStore(ExperimentConfig config, Workshop here) throws IOException {
        Store store = here.store();
        Optional<Store.Entry> before = store.find(key(), Keep.RECORDING);
        if (before.isPresent()) {
            return new RunResult(before.get().run().toJson(), null);
        }
        try (Store.Draft draft = store.begin(key())) {
            Optional<StoredRun> run =
                    here.runner().run(config, key(), Keep.RECORDING, draft.directory(), new Steps(draft));
            if (run.isPresent() && run.get().state() == StoredRun.State.DONE) {
                draft.publish(run.get(), Keep.RECORDING);
            }
            return run.map(row -> new RunResult(row.toJson(), null)).orElse(RunResult.STOPPED);
        }
    }

    private RunResult intoTheResult(ExperimentConfig config, Workshop here) throws IOException {
        Path directory = Files.createTempDirectory(Path.of(SparkFiles.getRootDirectory()), "run-");
        Path series = directory.resolve(SeriesFile.NAME);
        try {
            Optional<StoredRun> run = here.runner().run(config, key(), here.keep(), directory, new Steps(null));
            if (run.isEmpty()) {
                return RunResult.STOPPED;
            }
            return new RunResult(run.get().toJson(), Files.exists(series) ? Files.readAllBytes(series) : null);
        } finally {
            Files.deleteIfExists(series);
            Files.delete(directory);
        }
    }

    /** Counts the steps, and stops when Spark cancels the task. */
    private final class Steps implements RunObserver {
        /** A worker in the store says that it is alive this often, in ns. */
        private static final long SIGNS = 20_000_000_000L;

        private final TaskContext context = TaskContext.get();
        private final Store.Draft draft;
        private long signed = System.nanoTime();

        Steps(Store.Draft draft) {
            this.draft = draft;
        }

        @Override
        public void begins(int done, int total) {}

        @Override
        public void stepped(int step, double loss) {
            steps.add(1);
            if (draft != null && System.nanoTime() - signed > SIGNS) {
                sign();
            }
        }

        private void sign() {
            try {
                draft.touch();
                signed = System.nanoTime();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void finishing(String what) {}

        @Override
        public boolean stopRequested() {
            return context.isInterrupted();
        }
    }
}
