package org.lilgatsby.settings;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @ParameterizedTest
    @CsvSource({"1e-5, 1.0e-5", "1e-3, 0.001", "0, 0", "-0.0, -0.0", "32, 32", "1.5e300, 1.5e+300", "0.999, 0.999"})
    void printsNumbersAsYamlReadsThem(double value, String expected) {
        assertEquals(expected, Settings.plain(value));
    }

    @Property
    boolean printsEveryNumberExactly(@ForAll double value) {
        return Double.compare(value, Double.parseDouble(Settings.plain(value))) == 0;
    }

    @Test
    void refusesNotANumber() {
        SettingException e =
                assertThrows(SettingException.class, () -> Settings.requireWithin("training.clip", Double.NaN, 0, 1.5));
        assertEquals("training.clip is NaN; allowed are numbers from 0 to 1.5", e.getMessage());
        assertEquals("training.clip", e.key());
    }

    @Test
    void takesBothEndsOfARange() {
        assertDoesNotThrow(() -> Settings.requireWithin("k", 0L, 0, 7));
        assertDoesNotThrow(() -> Settings.requireWithin("k", 7L, 0, 7));
        assertDoesNotThrow(() -> Settings.requireWithin("k", 0.5, 0.5, 0.5));
    }
}
