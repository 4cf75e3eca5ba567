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
                        Observable.MEAN_HIDDEN,
                        Observable.EMBEDDINGS,
                        Observable.GRADS,
                        Observable.DELTAS,
                        Observable.GRADS),
                "float32-edition",
                "precision.moments=f32");
        assertEquals(
                List.of(
                        new RecordedTensor("embedding_history", Observable.EMBEDDINGS, Precision.BF16),
                        new RecordedTensor("mean_hidden", Observable.MEAN_HIDDEN, Precision.F32),
                        new RecordedTensor("grads", Observable.GRADS, Precision.BF16),
                        new RecordedTensor("deltas", Observable.DELTAS, Precision.F32)),
                config.recording().tensors());
        assertEquals(
                Precision.F32,
                with(List.of(Observable.MOMENTUM), "float32-edition", "precision.moments=f32")
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
                        List.of(Observable.GRADS),
                        "float32-edition",
                        "recording.tensors.grads={observe: deltas, format: f32}"));
        assertTrue(
                e.getMessage().startsWith("recording.tensors.grads holds another observable already"), e.getMessage());
    }

    @Test
    void theMeanHiddenStateIsThatOfTheUpdateAndLeavesTheRestAsItWas(@TempDir Path root) throws IOException {
        ExperimentConfig plain = ShortRuns.config("float32-edition");
        ExperimentConfig observed = with(List.of(Observable.MEAN_HIDDEN), "float32-edition");
        try (RunArchive a = ShortRuns.open(ShortRuns.run(root.resolve("plain"), plain));
                RunArchive b = ShortRuns.open(ShortRuns.run(root.resolve("observed"), observed))) {
            assertTrue(RunComparison.of(a, b).identical(), "observing changes nothing");
            TensorView hidden = b.recording().all(Observable.MEAN_HIDDEN);
            assertArrayEquals(new long[] {4, 64}, hidden.spec().shape().dimensions());
            for (float value : b.recording().row(Observable.MEAN_HIDDEN, 0).toFloats()) {
                assertEquals(0f, value, "no update precedes row 0");
            }
            double squares = 0;
            for (float value : b.recording().row(Observable.MEAN_HIDDEN, 1).toFloats()) {
                squares += (double) value * value;
            }
            assertTrue(squares > 1, "a mean over similar positions of normalised vectors of 64 components: " + squares);
            assertFalse(a.recording().has(Observable.MEAN_HIDDEN));
        }
    }
}
