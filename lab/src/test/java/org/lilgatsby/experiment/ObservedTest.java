package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.RunComparison;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RecordedPrecision;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.safetensors.TensorView;
import org.lilgatsby.settings.SettingException;

/** What is recorded beside what an experiment records by itself. */
class ObservedTest {
    private static ExperimentConfig with(List<Observable> observed, String experiment, String... overrides) {
        List<String> all = new ArrayList<>(List.of(overrides));
        all.addAll(RecordedPrecision.adding(observed, ShortRuns.config(experiment, overrides)));
        return ShortRuns.config(experiment, all.toArray(String[]::new));
    }

    @Test
    void isAddedOnceInTheFormatOfTheRun() {
        ExperimentConfig config = with(
                List.of(
                        Observables.MEAN_HIDDEN,
                        Observables.EMBEDDINGS,
                        Observables.GRADS,
                        Observables.DELTAS,
                        Observables.GRADS),
                "float32-edition",
                "precision.moments=f32");
        assertEquals(
                List.of(
                        new RecordedTensor("embedding_history", Observables.EMBEDDINGS, Precision.BF16),
                        new RecordedTensor("mean_hidden", Observables.MEAN_HIDDEN, Precision.F32),
                        new RecordedTensor("grads", Observables.GRADS, Precision.BF16),
                        new RecordedTensor("deltas", Observables.DELTAS, Precision.F32)),
                config.recording().tensors());
        assertEquals(
                Precision.F32,
                with(List.of(Observables.MOMENTUM), "float32-edition", "precision.moments=f32")
                        .recording()
                        .tensors()
                        .getLast()
                        .format());
    }

    @Test
    void aNameThatIsTakenIsNotOverwritten() {
        SettingException e = assertThrows(
                SettingException.class,
                () -> with(
                        List.of(Observables.GRADS),
                        "float32-edition",
                        "recording.tensors.grads={observe: deltas, format: f32}"));
        assertTrue(
                e.getMessage().startsWith("recording.tensors.grads holds another observable already"), e.getMessage());
    }

    @Test
    void theMeanHiddenStateIsThatOfTheUpdateAndLeavesTheRestAsItWas(@TempDir Path root) throws IOException {
        ExperimentConfig plain = ShortRuns.config("float32-edition");
        ExperimentConfig observed = with(List.of(Observables.MEAN_HIDDEN), "float32-edition");
        try (RunArchive a = ShortRuns.open(ShortRuns.run(root.resolve("plain"), plain));
                RunArchive b = ShortRuns.open(ShortRuns.run(root.resolve("observed"), observed))) {
            assertTrue(RunComparison.of(a, b).identical(), "observing changes nothing");
            TensorView hidden = b.recording().all(Observables.MEAN_HIDDEN);
            assertArrayEquals(new long[] {4, 64}, hidden.spec().shape().dimensions());
            for (float value : b.recording().row(Observables.MEAN_HIDDEN, 0).toFloats()) {
                assertEquals(0f, value, "no update precedes row 0");
            }
            double squares = 0;
            for (float value : b.recording().row(Observables.MEAN_HIDDEN, 1).toFloats()) {
                squares += (double) value * value;
            }
            assertTrue(squares > 1, "a mean over similar positions of normalised vectors of 64 components: " + squares);
            assertFalse(a.recording().has(Observables.MEAN_HIDDEN));
        }
    }
}
