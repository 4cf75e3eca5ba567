package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.StepFlop;

class StepProfileTest {
    private static final long MICRO = 1_000;
    /** Of a clock that a step reads hundreds of times. */
    private static final double FEW_STEPS = 0.001;

    @Test
    void everyKernelHasItsPart() {
        for (Method kernel : Kernels.class.getMethods()) {
            boolean works = kernel.getReturnType() == void.class || kernel.getReturnType() == float.class;

            assertEquals(works, StepPart.of(kernel.getName()) != null, kernel.getName());
        }
    }

    @Test
    void aStepsTimeAndOperationsAreAllAccountedFor(@TempDir Path directory) throws IOException {
        ExperimentConfig config = BuiltIn.load(
                "primordial-snowball",
                List.of("training.batch=3", "training.steps=10", "model.context=8", "model.width=8", "model.heads=2"));
        Corpus corpus = new CorpusLoader(new CorpusCache(Path.of("none")))
                .load(config.corpus(), config.model().vocabulary());

        TickingClock clock = new TickingClock(MICRO);
        StepProfile profile =
                StepProfile.of(config, corpus, new ScalarKernels(), clock, directory.resolve("run"), 0, FEW_STEPS);

        Set<StepPart> parts =
                profile.parts().stream().map(StepProfile.Line::part).collect(Collectors.toSet());
        assertEquals(EnumSet.allOf(StepPart.class), parts);
        double flop =
                profile.parts().stream().mapToDouble(StepProfile.Line::flop).sum();
        assertEquals(StepFlop.step(config.model(), 1), flop, 1e-6 * flop);
        assertEquals(flop, profile.flop(), 1e-6 * flop);
        for (StepProfile.Line line : profile.parts()) {
            assertTrue(line.bestMicros() > 0, line.toString());
            assertEquals(
                    line.medianMicros(), line.bestMicros(), 1e-9 * line.medianMicros(), "each step has the same calls");
        }
    }

    @Test
    void aShorterStepAtTheEndOfAnEpochDoesNotCount() {
        ExperimentConfig config = BuiltIn.load("primordial-snowball", List.of("training.batch=2"));
        StepPart[] parts = {StepPart.PRODUCTS, StepPart.PRODUCTS, StepPart.REST};
        StepProfile.Step whole = new StepProfile.Step(parts, new double[] {3, 5, 2});
        StepProfile.Step shorter =
                new StepProfile.Step(new StepPart[] {StepPart.PRODUCTS, StepPart.REST}, new double[] {1, 1});

        StepProfile profile = StepProfile.of(config, List.of(whole, whole, shorter), List.of(100.0));

        assertEquals(4, profile.parts().getFirst().bestMicros(), 1e-9);
        assertEquals(5, profile.medianMicros(), 1e-9);
    }

    @Test
    void aTimedKernelThrowsWhatTheKernelThrows() {
        Kernels timed = new KernelClock(new ScalarKernels(), new TickingClock(MICRO)).timed();

        assertThrows(ArrayIndexOutOfBoundsException.class, () -> timed.add(new float[1], 0, new float[1], 0, 2, true));
        assertFalse(timed.description().isEmpty());
    }
}
