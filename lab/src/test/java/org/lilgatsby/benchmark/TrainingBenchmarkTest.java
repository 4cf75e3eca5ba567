package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.experiment.BuiltIn;
import org.lilgatsby.experiment.ExperimentConfig;
import org.lilgatsby.experiment.RunOptions;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.RunDirectory;

class TrainingBenchmarkTest {
    private static final int STEPS = 20;

    @Test
    void aMachineThatIsFasterThanPlannedMeasuresLessAndDoesNotFail(@TempDir Path root) throws IOException {
        ExperimentConfig config = BuiltIn.load(
                "float32-edition",
                List.of("training.batch=1", "training.steps=" + STEPS, "model.context=4", "model.width=4", "model.heads=1"));
        Corpus corpus = new CorpusLoader(new CorpusCache(Path.of("none"))).load(config.corpus(), config.model().vocabulary());
        RunDirectory run = new RunDirectory(root.resolve("run"));
        RunOptions options = new RunOptions("benchmark", new ScalarKernels(), 2);
        TrainingBenchmark.Rate rate;
        try (TrainingBenchmark with = TrainingBenchmark.recording(config, corpus, options, run.root());
                TrainingBenchmark without = TrainingBenchmark.of(config, corpus, options.with(1))) {
            with.warmUp(60);
            without.warmUp(60);
            TrainingBenchmark.inTurn(1_000_000, List.of(without, with));
            rate = with.rate();
            assertTrue(with.speedAgainst(without) > 0);
            assertTrue(Double.isNaN(without.rate().roundTripNanos()));
        }
        assertTrue(rate.stepsPerSecond() > 0 && rate.shareOfPeak() > 0 && rate.roundTripNanos() > 0, rate.toString());
        assertEquals("%010d".formatted(STEPS + 1), Files.readString(run.progress()).strip(), "rows 0 to the last");
    }
}
