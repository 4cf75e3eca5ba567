package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.model.StepFlop;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.RunDirectory;

class RunTimingTest {
    private static final long MILLI = 1_000_000;
    private static final double PEAK = 100;

    private static Manifest.Performance performance(Kernels kernels, int steps, int slow) {
        ExperimentConfig config = BuiltIn.load("float32-edition", List.of("training.steps=" + steps));
        RunTiming pace = new RunTiming(config, new RunOptions("test", kernels, 2), 0, () -> PEAK);
        long now = 0;
        for (int step = 1; step <= steps; step++) {
            now += (step <= slow ? 100 : 10) * MILLI;
            pace.stepped(now);
        }
        return pace.performance();
    }

    @Test
    void fullSpeedBeginsWithTheFirstHalfSecondThatIsAsFastAsLater() {
        Manifest.Performance performance = performance(KernelChoice.AUTO.create(), 1000, 20);
        // 20 slow steps end 1.9 s after the first: the half second from 2 s on is the first without one
        assertEquals(2.0, performance.secondsToSteadyState() - performance.secondsToFirstStep(), 1e-9);
        // at the end a step of 32 sequences takes 10 ms, on two workers
        double flop = StepFlop.step(BuiltIn.load("float32-edition", List.of()).model(), 32);
        assertEquals(flop / (10.0 * MILLI) / (2 * PEAK), performance.shareOfPeak(), 1e-12);
        assertTrue(performance.peakHeapBytes() > 0);
    }

    @Test
    void whatCannotBeKnownIsNotSaid() {
        assertNull(performance(new ScalarKernels(), 1000, 20).shareOfPeak());
        Manifest.Performance brief = performance(KernelChoice.AUTO.create(), 20, 20);
        assertNull(brief.secondsToSteadyState());
        assertNull(brief.shareOfPeak());
        assertTrue(RunTiming.sentence(brief).matches("first step after [0-9.]+ s"));
    }

    @Test
    void aRunThatHasEndedTellsAndAnOlderManifestIsStillRead(@TempDir Path root) throws IOException {
        RunDirectory run = ShortRuns.run(root.resolve("run"), ShortRuns.config("float32-edition"));
        Manifest manifest = ManifestFile.read(run.manifest());
        assertNotNull(manifest.performance());
        assertTrue(manifest.performance().secondsToFirstStep() > 0);
        ManifestFile.write(
                run.manifest(),
                new Manifest(
                        manifest.schema(),
                        manifest.program(),
                        manifest.arithmetic(),
                        manifest.key(),
                        manifest.machine(),
                        manifest.corpus(),
                        manifest.state(),
                        manifest.completedSteps(),
                        manifest.parameters(),
                        manifest.started(),
                        manifest.ended(),
                        manifest.seconds(),
                        manifest.stepsPerSecond(),
                        null,
                        manifest.files()));
        assertTrue(!Files.readString(run.manifest()).contains("performance"));
        assertNull(ManifestFile.read(run.manifest()).performance());
        Files.writeString(
                run.manifest(), Files.readString(run.manifest()).replaceFirst("\"key\" : \"[0-9a-f]{64}\",", ""));
        assertNull(ManifestFile.read(run.manifest()).key());
    }
}
