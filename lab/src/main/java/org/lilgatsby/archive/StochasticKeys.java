package org.lilgatsby.archive;

import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.kernel.Threefry;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.random.TorchGenerator;

/**
 * The keys of a run's stochastically rounded updates, drawn again from its seed.
 *
 * @param words two for each update, in order; none if updates do not draw
 */
record StochasticKeys(int[] words) {
    /**
     * Those of a run.
     *
     * @param tokens of its corpus
     * @param updates how many, from the first on
     */
    static StochasticKeys of(ExperimentConfig config, long tokens, int updates) {
        if (!config.precision().update().draws()) {
            return new StochasticKeys(new int[0]);
        }
        TorchGenerator generator = config.forUpdates(config.draw(tokens));
        ParameterLayout layout = Models.layout(config.model());
        int[] words = new int[2 * updates];
        for (int t = 1; t <= updates; t++) {
            words[2 * t - 2] = generator.nextInt();
            words[2 * t - 1] = generator.nextInt();
            if (config.perturbation().isOn() && t % config.perturbation().every() == 0) {
                for (String name : config.perturbation().tensors()) {
                    generator.skipNormal(layout.find(name).orElseThrow().size());
                }
            }
        }
        return new StochasticKeys(words);
    }

    /** A component of W as update t stored it. W is the first tensor, so that nothing comes before it. */
    float round(float value, int t, int component) {
        return Bf16.roundStochastically(value, Threefry.ofElement(words[2 * t - 2], words[2 * t - 1], component, 0));
    }
}
