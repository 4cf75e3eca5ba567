package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.TensorSpec;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.tokenizer.TokenTexts;

class ModelExportTest {
    @TempDir
    Path folder;

    private Path export(String... overrides) throws IOException {
        ExperimentConfig config = ShortRuns.config("float32-edition", overrides);
        float[] parameters = new float[Models.layout(config.model()).length()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = i % 128 + 1;
        }
        Manifest.CorpusFacts corpus =
                new Manifest.CorpusFacts("b.txt", false, "none", 9, 0, "33bd", new int[] {65}, new int[] {0});
        Path directory = folder.resolve("model");
        ModelExport.write(directory, new ModelCard(config, corpus, new TokenTexts.Bytes(), 2, 3), parameters);
        return directory;
    }

    @Test
    void biasesThatTheModelDoesNotHaveAreZeros() throws IOException {
        String[] shape = {"model.biases=false", "model.ffn=40", "model.activation=gelu", "model.tied=false"};
        Path directory = export(shape);
        ParameterLayout layout =
                Models.layout(ShortRuns.config("float32-edition", shape).model());
        int zeros = 0;
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            for (TensorSpec spec : file.tensors()) {
                float[] values = file.tensor(spec.name()).toFloats();
                if (layout.find(spec.name()).isPresent()) {
                    int at = layout.find(spec.name()).orElseThrow().at();
                    for (int i = 0; i < values.length; i++) {
                        assertEquals((at + i) % 128 + 1, values[i], spec.name());
                    }
                } else {
                    assertTrue(spec.name().endsWith(".bias"), spec.name());
                    assertTrue(Arrays.equals(new float[values.length], values), spec.name());
                    zeros++;
                }
            }
            assertEquals(layout.count(), file.tensors().size() - zeros);
            assertEquals(2 * 6 + 1, zeros, "six of each block, and the last norm's");
        }
        String config = Files.readString(directory.resolve("config.json"));
        assertTrue(config.contains("\"n_inner\": 40") && config.contains("\"gelu\""), config);
    }

    @Test
    void rootMeanSquareNormsAreRefused() {
        SettingException e = assertThrows(SettingException.class, () -> export("model.norm=rmsnorm"));
        assertTrue(e.getMessage().contains("has layer norms"), e.getMessage());
    }
}
