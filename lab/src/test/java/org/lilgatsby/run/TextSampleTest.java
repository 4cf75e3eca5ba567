package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.tokenizer.TokenTexts;

class TextSampleTest {
    @Test
    void anIdBeyondBytesIsNotCutDownToOne() {
        assertEquals(
                "Hi\u00ff<256><300>",
                new TokenTexts.Bytes().decode(new int[] {'x', 'H', 'i', 255, 256, 300, 'y'}, 1, 6));
    }

    @Test
    void thePromptIsToldFromWhatTheModelMade(@TempDir Path root) throws IOException {
        ExperimentConfig config = ShortRuns.config(
                "float32-edition", "model.width=8", "model.layers=1", "model.context=8", "model.vocabulary=400");
        RunDirectory run = RunDirectory.create(root.resolve("run"));
        RunOptions options = ShortRuns.options(new ScalarKernels(), 1).withSample(RunOptions.USUAL_SAMPLE);
        ExperimentRun.start(config, ShortRuns.corpus(config), run, options, new ShortRuns.Quiet(-1));
        String sample = Files.readString(run.sample());
        assertTrue(sample.startsWith("Prompt, the corpus's first 8 tokens:\n"), sample);
        assertTrue(sample.contains("\n\nGenerated, 400 tokens:\n"), sample);
        assertTrue(sample.contains(">"), "of 400 nearly equally likely ids some are no bytes: " + sample);
    }
}
