package org.lilgatsby.model;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.List;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.settings.Settings;

/**
 * The initialisation of the embedding matrix W (V x D). All other parameters start like GPT-2's: N(0, 0.02²).
 *
 * @param mode the recipe
 * @param scale the size of the common vector, or of each row in mode normal; see {@link Initialization#meaningOfScale}
 * @param sigma standard deviation per component of the noise that distinguishes the rows
 */
public record InitializationConfig(Initialization mode, double scale, double sigma) {
    /** @throws SettingException if a value is out of its range, or a mode without noise is given a sigma */
    public InitializationConfig {
        requirePresent("initialization.mode", mode);
        requireWithin("initialization.scale", scale, 0, 1e6);
        requireWithin("initialization.sigma", sigma, 0, 1e6);
        require(
                sigma == 0 || mode.hasNoise(),
                "initialization.sigma",
                "initialization.sigma is %s, but mode %s adds no noise; set it to 0, or use mode %s"
                        .formatted(Settings.plain(sigma), mode.name(), noisyModes()));
    }

    /** Such as {@code snowball, unit-noise or bf16-native}. */
    private static String noisyModes() {
        List<String> names = Initialization.catalog().all().stream()
                .filter(Initialization::hasNoise)
                .map(Initialization::name)
                .toList();
        int last = names.size() - 1;
        return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
