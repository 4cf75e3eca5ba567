package org.lilgatsby.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingComponentTest {
    private static final ExperimentConfig PLAIN = ConfigYaml.parse("name: plain", "plain.yaml", List.of());

    static List<SettingComponent> settings() {
        return SettingComponent.ALL.stream()
                .filter(setting -> !setting.key().equals(ConfigKeys.TENSORS))
                .toList();
    }

    static List<String> optional() {
        return settings().stream()
                .filter(SettingComponent::isOptional)
                .map(SettingComponent::key)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void somethingIsSaidOfEachValue(SettingComponent setting) {
        assertFalse(
                SettingReasons.of(setting, PrintedValue.of(setting, PLAIN), PLAIN)
                        .isBlank(),
                () -> "no @Setting says anything of " + setting.key());
    }

    @ParameterizedTest
    @MethodSource("optional")
    void nullTakesAnOptionalSettingBack(String key) {
        assertEquals(PLAIN, ConfigYaml.parse("name: plain", "plain.yaml", List.of(key + "=null")));
    }

    @Test
    void aDraftIsReadAgainFromWhatItPrints() {
        for (String name : BuiltIn.names()) {
            ConfigDraft draft = ConfigDraft.builtIn(name);
            assertEquals(draft.bind(), ConfigYaml.parse(draft.toYaml(), "printed", List.of()), name);
            assertEquals(
                    draft.with(List.of("model.width=32", "training.steps=9")).bind(),
                    ConfigYaml.parse(draft.toYaml(), "printed", List.of("model.width=32", "training.steps=9")),
                    name);
        }
    }
}
