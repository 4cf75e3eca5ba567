package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RunKey;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.RunDirectory;

class ResumptionTest {
    @TempDir
    private Path folder;

    @Test
    void aRunKeepsItsKeyAndIsNotResumedWithAnotherConfiguration() throws IOException {
        ExperimentConfig config =
                ShortRuns.config("float32-edition", "model.width=8", "model.layers=1", "model.context=8");
        Corpus corpus = ShortRuns.corpus(config);
        RunDirectory run = ShortRuns.run(folder.resolve("run"), config);
        String key = RunKey.of(config, corpus.sha256(), Manifest.ARITHMETIC).sha256();
        assertEquals(key, ManifestFile.read(run.manifest()).key());
        Resumption.of(config, corpus, run);

        Files.writeString(
                run.config(), Files.readString(run.config()).replace("learning_rate: 0.001", "learning_rate: 0.002"));
        ExperimentConfig changed = ConfigYaml.read(run.config(), List.of());
        String other = RunKey.of(changed, corpus.sha256(), Manifest.ARITHMETIC).sha256();
        assertEquals(
                "%s has changed since the run was started: its key is %s, but that of %s is %s; "
                                .formatted(run.config(), other, run.manifest(), key)
                        + "put it back, or start the run again elsewhere",
                assertThrows(IOException.class, () -> Resumption.of(changed, corpus, run))
                        .getMessage());
        Sealing.seal(run);
        assertEquals(key, ManifestFile.read(run.manifest()).key());
    }
}
