package org.lilgatsby.training;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.HashSet;
import java.util.List;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.SettingException;

/**
 * Noise added to parameters after their update. Sigma 0 means no noise; the other two settings then have their
 * defaults, so all runs without noise have the same configuration.
 *
 * @param sigma standard deviation of the noise per component; 0 adds none
 * @param every noise is added after every update whose number is a multiple of this
 * @param tensors names of the parameters that receive noise; each is a separate draw, in this order
 */
public record PerturbationConfig(
        @Setting("standard deviation, per component, of the noise that is added after an update")
        double sigma,

        @Setting("updates from one addition of noise to the next")
        int every,

        @Setting(value = "each with its own draw, in this order", example = "[transformer.wte.weight]")
        List<String> tensors) {
    /** The token embeddings. */
    private static final List<String> USUAL = List.of("transformer.wte.weight");

    /** @throws SettingException if a value is out of its range, or a tensor is named twice */
    public PerturbationConfig {
        requireWithin("perturbation.sigma", sigma, 0, 1e6);
        requireWithin("perturbation.every", every, 1, 1_000_000_000);
        requirePresent("perturbation.tensors", tensors);
        require(
                !tensors.isEmpty(),
                "perturbation.tensors",
                "perturbation.tensors is empty; name a parameter, or set perturbation.sigma to 0");
        HashSet<String> names = new HashSet<>();
        for (String name : tensors) {
            require(
                    names.add(name),
                    "perturbation.tensors",
                    () -> "perturbation.tensors names %s twice".formatted(name));
        }
        every = sigma == 0 ? 1 : every;
        tensors = sigma == 0 ? USUAL : List.copyOf(tensors);
    }

    /** No noise. */
    public static PerturbationConfig none() {
        return new PerturbationConfig(0, 1, USUAL);
    }

    /** Whether noise is added at all. */
    public boolean isOn() {
        return sigma > 0;
    }
}
