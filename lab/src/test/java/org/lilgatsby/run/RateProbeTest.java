package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.ParameterTensor;

class RateProbeTest {
    /** What it measures are the steps of the run, noise included. */
    @Test
    void takesTheStepsOfTheRun() {
        ExperimentConfig config =
                ShortRuns.config("float32-edition", "model.context=8", "training.steps=2", "perturbation.sigma=0.01");
        RunOptions options = ShortRuns.options(new ScalarKernels(), 1);
        try (TrainingParts probe = RateProbe.parts(config, ShortRuns.corpus(config), options)) {
            probe.trainer().step();
            probe.trainer().step();
            float[] parameters = probe.trainer().parameters();
            ParameterTensor w = probe.model().layout().wte();
            assertEquals(lastOfTheRun(config, options), values(Arrays.copyOfRange(parameters, w.at(), w.end())));
        }
    }

    private static List<Double> values(float[] w) {
        return IntStream.range(0, w.length).mapToObj(i -> (double) w[i]).toList();
    }

    /** W row by row. */
    private static List<Double> lastOfTheRun(ExperimentConfig config, RunOptions options) {
        PlannedRun plan = PlannedRun.of(config, new CorpusLoader(new CorpusCache(Path.of("no-cache"))), options);
        try (MemoryRun run = MemoryRun.carryOut(plan, RunObserver.SILENT).orElseThrow()) {
            Matrix last = run.data().embeddings().last();
            return IntStream.range(0, last.rows())
                    .boxed()
                    .flatMap(row -> Arrays.stream(last.values(row)).boxed())
                    .toList();
        }
    }
}
