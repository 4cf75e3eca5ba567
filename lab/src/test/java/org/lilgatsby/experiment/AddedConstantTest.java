package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.Extension;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.Constants;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.safetensors.TensorView;

/** The constant of docs/extending.md, in a run. */
class AddedConstantTest {
    @Test
    void isRecordedReadAndVerified(@TempDir Path folder) throws Exception {
        Extension.of(folder, "A constant of a recording").in(Run.class);
        assertEquals(Optional.empty(), Constants.ALL.find("clip"), "only what has it beside it sees it");
    }

    /** What somebody does who has the constant on the class path. */
    public record Run(Path folder) implements Callable<Void> {
        @Override
        public Void call() throws Exception {
            Constant clip = Constants.ALL.get("", "clip");
            ExperimentConfig config = ShortRuns.config(
                    "float32-edition",
                    "model.width=8",
                    "model.layers=1",
                    "model.context=8",
                    "training.clip=0.75",
                    "recording.constants=[dead_token_ids, clip]");
            RunDirectory directory = ShortRuns.run(folder.resolve("run"), config);
            Sealing.seal(directory);
            assertEquals(config, ConfigYaml.read(directory.config(), List.of()));
            try (RunArchive run = ShortRuns.open(directory)) {
                TensorView value = run.recording().constant(clip);
                assertEquals(0, value.spec().shape().rank());
                assertArrayEquals(new float[] {0.75f}, value.toFloats());
            }
            assertTrue(Verification.of(directory).passed());
            return null;
        }
    }
}
