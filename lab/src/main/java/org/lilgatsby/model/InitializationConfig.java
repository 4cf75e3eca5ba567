package org.lilgatsby.model;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.Locale;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.settings.Settings;

/**
 * How the embedding matrix W (V x D) starts. All other parameters start as GPT-2's own: N(0, 0.02²).
 *
 * @param mode the recipe
 * @param scale the size of the common vector, or of each row in mode normal; see {@link Mode}
 * @param sigma standard deviation per component of the noise that sets the rows apart
 */
public record InitializationConfig(Mode mode, double scale, double sigma) {
    /** A recipe for W, with the scale and sigma that it has unless the configuration says otherwise. */
    public enum Mode {
        /** The model's own: every component of every row from N(0, scale²). No noise. */
        NORMAL(0.02, 0),
        /** One vector from N(0, scale²), drawn after the model is constructed, copied to all rows. No noise. */
        SINGULAR(1, 0),
        /** As singular, plus N(0, sigma²) per component and row in float32; then stored. */
        SNOWBALL(1, 1e-5),
        /** One vector from N(0, 1) brought to length {@code scale}, plus N(0, sigma²) in float32; then stored. */
        UNIT_NOISE(1, 1e-5),
        /**
         * The generator is seeded anew; one vector from N(0, scale²) rounded to bf16; for sigma > 0 plus N(0, sigma²)
         * rounded to bf16, added in bf16. No float32 stage.
         */
        BF16_NATIVE(0.02, 0);

        private final double usualScale;
        private final double usualSigma;

        Mode(double usualScale, double usualSigma) {
            this.usualScale = usualScale;
            this.usualSigma = usualSigma;
        }

        /** The scale where a configuration names this mode and no scale. */
        public double usualScale() {
            return usualScale;
        }

        /** The sigma where a configuration names this mode and no sigma. */
        public double usualSigma() {
            return usualSigma;
        }

        /** Whether the rows start from one common vector. */
        public boolean hasCommonVector() {
            return this != NORMAL;
        }

        /** Whether sigma has a meaning. */
        public boolean hasNoise() {
            return this != NORMAL && this != SINGULAR;
        }

        /** The name in configurations, such as {@code unit-noise}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @throws SettingException if a value is out of its range, or noise is asked of a mode that has none */
    public InitializationConfig {
        requirePresent("initialization.mode", mode);
        requireWithin("initialization.scale", scale, 0, 1e6);
        requireWithin("initialization.sigma", sigma, 0, 1e6);
        require(
                sigma == 0 || mode.hasNoise(),
                "initialization.sigma",
                ("initialization.sigma is %s, but mode %s adds no noise; set it to 0, or use mode snowball, "
                                + "unit-noise or bf16-native")
                        .formatted(Settings.plain(sigma), mode));
    }
}
