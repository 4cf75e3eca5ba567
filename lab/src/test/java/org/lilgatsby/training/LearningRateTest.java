package org.lilgatsby.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig.Loss;
import org.lilgatsby.settings.SettingException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Learning rates beside those of PyTorch's schedulers, and which parameters decay. */
class LearningRateTest {
    private static ExperimentConfig config(List<String> settings) {
        return BuiltIn.load("float32-edition", settings);
    }

    private static ExperimentConfig config(String... settings) {
        return config(List.of(settings));
    }

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream in = LearningRateTest.class.getResourceAsStream("/reference/schedules/rates.json")) {
            return JsonMapper.shared().readTree(in).get("cases").valueStream();
        }
    }

    /** PyTorch goes from step to step with LinearLR, multiplying ratios, so the last bits of its rates differ. */
    @ParameterizedTest
    @MethodSource("cases")
    void ratesAreThoseOfPyTorch(JsonNode reference) {
        List<String> settings = new ArrayList<>();
        for (String key : List.of("steps", "learning_rate", "schedule", "warmup", "warmup_from", "floor")) {
            settings.add("training." + key + "=" + reference.get(key).asString());
        }
        TrainingConfig training = config(settings).training();
        JsonNode rates = reference.get("rates");
        for (int i = 0; i < rates.size(); i++) {
            double expected = rates.get(i).doubleValue();
            int step = i + 1;
            assertEquals(expected, training.learningRateOf(step), 4e-15 * expected, () -> "step " + step);
        }
    }

    @Test
    void aScheduleThatDoesNotFallHasNoFloor() {
        String message = assertThrows(
                        SettingException.class, () -> config("training.schedule=constant", "training.floor=0.1"))
                .getMessage();
        assertTrue(message.contains("training.floor is 0.1, but the schedule constant does not fall"), message);
    }

    @Test
    void whatIsUsualIsNotPrintedSoThatKeysStayAsTheyWere() {
        String usual = ConfigYaml.toYaml(config());
        for (String key : List.of("warmup", "warmup_from", "floor", "decayed")) {
            assertTrue(!usual.contains("  " + key + ":"), key);
        }
        ExperimentConfig changed = config(
                "training.warmup=10",
                "training.warmup_from=0.5",
                "training.floor=0.1",
                "training.decayed=[transformer.wte.weight, transformer.h.*.bias]");
        assertEquals(changed, ConfigYaml.parse(ConfigYaml.toYaml(changed), "text", List.of()));
        assertEquals(
                "the learning rate falls from 0.001 at step 11 towards 1.0e-4 after step 1,000, after a linear warm-up "
                        + "of 10 steps from 5.0e-4",
                changed.training().schedule().effect(changed.training()));
    }

    private static List<String> decaying(String decayed) {
        ExperimentConfig config = config("model.layers=1", "training.weight_decay=0.1", "training.decayed=" + decayed);
        return Models.layout(config.model()).tensors().stream()
                .filter(tensor -> config.training().weightDecayOf(tensor) > 0)
                .map(ParameterTensor::name)
                .toList();
    }

    @Test
    void aGroupOrNamedParametersDecay() {
        assertEquals(
                List.of("transformer.wte.weight", "transformer.wpe.weight", "transformer.h.0.attn.c_attn.weight"),
                decaying("matrices").subList(0, 3));
        assertEquals(6, decaying("matrices").size());
        assertEquals(16, decaying("all").size());
        assertEquals(
                List.of("transformer.wte.weight", "transformer.h.0.mlp.c_fc.bias", "transformer.h.0.mlp.c_proj.bias"),
                decaying("[transformer.wte.weight, transformer.h.*.mlp.*.bias]"));
    }

    @Test
    void aNameThatNoParameterHasIsRefused() {
        String message = assertThrows(SettingException.class, () -> decaying("[transformer.wte.weigth]"))
                .getMessage();
        assertTrue(message.contains("names \"transformer.wte.weigth\", which is no parameter of the model"), message);
        assertTrue(message.contains("did you mean transformer.wte.weight?"), message);
        assertTrue(assertThrows(SettingException.class, () -> decaying("[]"))
                .getMessage()
                .contains("training.decayed is empty; name a parameter, or set training.weight_decay to 0"));
        assertTrue(assertThrows(SettingException.class, () -> decaying("norms"))
                .getMessage()
                .contains("allowed are matrices, all"));
    }

    @Test
    void whereTheModelShiftsWithinAWindowOneOfTPositionsPredictsNothing() {
        int[] targets = new int[3];
        for (TrainingConfig.LossScale scale : TrainingConfig.LossScale.values()) {
            long divisor = new Objective(TrainingConfig.Targets.NEXT_WITHIN, scale, 3, Loss.F32)
                    .split(new int[] {5, 6, 7, 8}, 1, new int[3], targets);
            assertEquals(List.of(6, 7, -1), Arrays.stream(targets).boxed().toList());
            assertEquals(scale == TrainingConfig.LossScale.PER_LABEL ? 3 : 2, divisor);
        }
    }
}
