package org.lilgatsby.model;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;

import java.util.Locale;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.settings.SettingException;

/**
 * What is rounded where.
 *
 * @param parameters how parameters are stored
 * @param gradients how gradients are stored; norms and products of clipping are rounded likewise
 * @param moments how the optimizer's moments are stored
 * @param compute whether the output of each operation of forward and backward is rounded
 * @param update how often the optimizer rounds
 */
public record PrecisionConfig(
        Precision parameters, Precision gradients, Precision moments, Precision compute, Update update) {
    /** How often the optimizer rounds if it stores bf16. */
    public enum Update {
        /** Once per stored tensor, with float32 arithmetic inside, like PyTorch's fused kernel. */
        FUSED,
        /** After every operation on a tensor, like PyTorch's single-tensor optimizer. */
        PER_OP,
        /** As {@link #FUSED}, with parameters rounded up or down at random, without bias. */
        STOCHASTIC,
        /** As {@link #FUSED}, with what rounding takes from a parameter kept and added at the next update. */
        KAHAN;

        /** Whether it draws random numbers. */
        public boolean draws() {
            return this == STOCHASTIC;
        }

        /** Whether it keeps a compensation of each parameter. */
        public boolean compensates() {
            return this == KAHAN;
        }

        /** The name in configurations: {@code fused}, {@code per-op}, {@code stochastic}, {@code kahan}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @throws SettingException if a choice is missing */
    public PrecisionConfig {
        requirePresent("precision.parameters", parameters);
        requirePresent("precision.gradients", gradients);
        requirePresent("precision.moments", moments);
        requirePresent("precision.compute", compute);
        requirePresent("precision.update", update);
        require(
                parameters == Precision.BF16 || !update.draws() && !update.compensates(),
                "precision.update",
                ("precision.update is %s, but precision.parameters is %s, of which an update takes nothing that it could "
                                + "make up for; set precision.parameters=bf16, or precision.update=fused")
                        .formatted(update, parameters));
    }
}
