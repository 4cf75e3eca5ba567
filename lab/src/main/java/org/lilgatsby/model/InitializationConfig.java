package org.lilgatsby.model;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.settings.Settings;
import org.lilgatsby.settings.Written;

/**
 * The start of the embedding matrix W (V x D), and of the other parameters.
 *
 * @param mode the recipe of W
 * @param scale the size of the common vector, or of each row in mode normal; see {@link Initialization#meaningOfScale}
 * @param sigma standard deviation per component of the noise that distinguishes the rows
 * @param blocks the recipe of all but W
 * @param positions standard deviation of the position embeddings
 * @param file where W is read from, if the mode reads a file
 */
public record InitializationConfig(
        Initialization mode,
        double scale,
        double sigma,
        Blocks blocks,
        double positions,
        Optional<EmbeddingFile> file) {
    /** The standard deviation of GPT-2's positions. */
    public static final double USUAL_POSITIONS = 0.02;

    /** How all parameters but W start. */
    public enum Blocks {
        /** As Hugging Face's GPT-2: N(0, 0.02²), and less for the projections back into the residual stream. */
        GPT2("gpt2"),
        /** As {@code nn.TransformerEncoderLayer}, each layer with draws of its own. */
        ENCODER_LAYERS("encoder-layers"),
        /** As {@code nn.TransformerEncoder}: one layer is drawn, the others are copies. */
        CLONED_ENCODER_LAYERS("cloned-encoder-layers");

        private final String key;

        Blocks(String key) {
            this.key = key;
        }

        /** The name in configurations, such as {@code encoder-layers}. */
        @Override
        public String toString() {
            return key;
        }
    }

    /** A start of W, with GPT-2's own of everything else. */
    public InitializationConfig(Initialization mode, double scale, double sigma) {
        this(mode, scale, sigma, Blocks.GPT2, USUAL_POSITIONS, Optional.empty());
    }

    /**
     * As it is written: scale and sigma are the mode's usual ones unless they are given, and the hash of a file is read
     * off it.
     *
     * @throws SettingException as the constructor, or if the file cannot be read
     */
    @Written
    static InitializationConfig of(
            @Setting(name = "mode") Initialization mode,
            @Setting(name = "scale") OptionalDouble scale,
            @Setting(name = "sigma") OptionalDouble sigma,
            @Setting(name = "blocks") Blocks blocks,
            @Setting(name = "positions", value = "standard deviation of the position embeddings") double positions,
            @Setting(name = "file", value = "holds W") Optional<String> file,
            @Setting(name = "tensor", value = "its name in the file") Optional<String> tensor,
            @Setting(name = "sha256", value = "of the file") Optional<String> sha256) {
        requireFile(file, "initialization.tensor", tensor);
        requireFile(file, "initialization.sha256", sha256);
        return new InitializationConfig(
                mode,
                scale.orElse(mode.usualScale()),
                sigma.orElse(mode.usualSigma()),
                blocks,
                positions,
                file.map(path -> sha256.map(hash -> new EmbeddingFile(path, tensor, hash))
                        .orElseGet(() -> EmbeddingFile.of(path, tensor))));
    }

    private static void requireFile(Optional<String> file, String key, Optional<String> value) {
        require(file.isPresent() || value.isEmpty(), key, key + " is given, but initialization.file is not");
    }

    /** @throws SettingException if a value is out of its range, or a mode without noise is given a sigma */
    public InitializationConfig {
        requirePresent("initialization.mode", mode);
        requireWithin("initialization.scale", scale, 0, 1e6);
        requireWithin("initialization.sigma", sigma, 0, 1e6);
        require(
                sigma == 0 || mode.hasNoise(),
                "initialization.sigma",
                () -> "initialization.sigma is %s, but mode %s adds no noise; set it to 0, or use mode %s"
                        .formatted(Settings.plain(sigma), mode.name(), noisyModes()));
        requirePresent("initialization.blocks", blocks);
        requireWithin("initialization.positions", positions, 0, 1e6);
        require(
                mode.readsFile() || file.isEmpty(),
                "initialization.file",
                () -> "initialization.file is given, but mode %s reads none; use mode file, or leave it out"
                        .formatted(mode.name()));
        require(
                !mode.readsFile() || file.isPresent(),
                "initialization.mode",
                () -> ("initialization.mode is %s, but initialization.file is missing: the safetensors or .npy file "
                                + "with W")
                        .formatted(mode.name()));
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
