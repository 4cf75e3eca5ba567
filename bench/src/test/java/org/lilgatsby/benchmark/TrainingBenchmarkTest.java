package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.RunOptions;

/** The machine's speed is that of a clock of the test, so that it is known which steps a slice has. */
class TrainingBenchmarkTest {
    /** So few that all rows may wait to be written without making a slice longer. */
    private static final int STEPS = 12;

    private static final long NANO = 1;
    private static final long MINUTE = 60_000_000_000L;

    private final ExperimentConfig config = BuiltIn.load(
            "float32-edition",
            List.of(
                    "training.batch=1",
                    "training.steps=" + STEPS,
                    "model.context=4",
                    "model.width=4",
                    "model.heads=1"));
    private final Corpus corpus = new CorpusLoader(new CorpusCache(Path.of("none")))
            .load(config.corpus(), config.model().vocabulary());

    /** Measures training with and without a recording in turn; what is recorded by then. */
    private int recordedRows(Path root, int threads, long tick, int rounds) throws IOException {
        RunDirectory run = new RunDirectory(root.resolve("run"));
        RunOptions options = new RunOptions("benchmark", new ScalarKernels(), threads);
        try (TrainingBenchmark with =
                        TrainingBenchmark.recording(config, corpus, options, new TickingClock(tick), run.root());
                TrainingBenchmark without =
                        TrainingBenchmark.of(config, corpus, options.with(1), new TickingClock(tick))) {
            with.warmUp(60);
            without.warmUp(60);
            TrainingBenchmark.inTurn(rounds, List.of(without, with));
            TrainingBenchmark.Rate rate = with.rate();
            assertTrue(with.speedAgainst(without) > 0);
            assertTrue(rate.stepsPerSecond() > 0 && rate.shareOfPeak() > 0, rate.toString());
            assertEquals(threads > 1, rate.roundTripNanos() > 0, rate.toString());
            assertTrue(Double.isNaN(without.rate().roundTripNanos()));
        }
        return Integer.parseInt(Files.readString(run.progress()).strip());
    }

    @Test
    void aMachineThatIsFasterThanPlannedMeasuresLessAndDoesNotFail(@TempDir Path root) throws IOException {
        assertEquals(STEPS + 1, recordedRows(root, 2, NANO, 1_000_000), "rows 0 to the last");
    }

    @Test
    void aSlowMachineMeasuresOneStepASlice(@TempDir Path root) throws IOException {
        assertEquals(1 + 1 + 3, recordedRows(root, 1, MINUTE, 3), "row 0, one of the warm-up, three slices");
    }
}
