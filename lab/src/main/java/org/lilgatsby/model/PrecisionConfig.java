package org.lilgatsby.model;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requirePresent;

import java.util.Locale;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.SettingException;

/**
 * What is rounded where.
 *
 * @param parameters how parameters are stored
 * @param gradients how gradients are stored; norms and products of clipping are rounded likewise
 * @param moments how the optimizer's moments are stored
 * @param compute which outputs of operations of forward and backward are rounded
 * @param update how often the optimizer rounds
 * @param view in which format analyses see W; changes nothing where W is stored in bf16
 * @param loss whether log-probabilities are rounded
 */
public record PrecisionConfig(
        @Setting("as stored") Precision parameters,
        @Setting("as stored, clipping included") Precision gradients,
        Precision moments,
        Compute compute,
        Update update,
        View view,
        Loss loss) {
    /** In which format log-probabilities leave log_softmax. */
    public enum Loss {
        /** Not rounded: logits are turned to float32 first. */
        F32,
        /** Rounded to bf16, as where a script gives bf16 logits to cross_entropy. */
        BF16;

        /** The name in configurations: {@code f32}, {@code bf16}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** In which format census, motion, freezing and all other figures of W are computed. */
    public enum View {
        /** As it is stored. */
        STORED,
        /** Rounded to bf16, as products of bf16 factors read it. */
        BF16;

        /** The name in configurations: {@code stored}, {@code bf16}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which outputs of operations are rounded; all sums are float32. */
    public enum Compute {
        /** The output of every operation: a model that is bf16 throughout. */
        BF16,
        /** Factors and products alone, as PyTorch's autocast to bfloat16 does for a float32 model. */
        AUTOCAST,
        /** None. */
        F32;

        /** Whether factors and outputs of matrix products, attention and gelu are rounded. */
        public boolean roundsProducts() {
            return this != F32;
        }

        /** Whether the residual stream and its gradient are. */
        public boolean roundsStream() {
            return this == BF16;
        }

        /** The name in configurations: {@code bf16}, {@code autocast}, {@code f32}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
        requirePresent("precision.view", view);
        requirePresent("precision.loss", loss);
        require(
                loss == Loss.F32 || compute == Compute.BF16,
                "precision.loss",
                () -> ("precision.loss is bf16, but precision.compute is %s, under which %s; set "
                                + "precision.compute=bf16, or precision.loss=f32")
                        .formatted(
                                compute,
                                compute == Compute.AUTOCAST
                                        ? "PyTorch turns logits to float32 for cross_entropy"
                                        : "logits are float32"));
        require(
                parameters == Precision.F32 || compute != Compute.AUTOCAST,
                "precision.compute",
                "precision.compute is autocast, but precision.parameters is bf16; autocast keeps the residual stream "
                        + "of a float32 model in float32, and that of a bf16 model in bf16: set "
                        + "precision.parameters=f32, or precision.compute=bf16");
        require(
                parameters == Precision.BF16 || !update.draws() && !update.compensates(),
                "precision.update",
                () -> ("precision.update is %s, but precision.parameters is %s, so updates are not rounded to bf16; "
                                + "set precision.parameters=bf16, or precision.update=fused")
                        .formatted(update, parameters));
    }

    /** The format in which figures see W. */
    public Precision seen() {
        return view == View.BF16 ? Precision.BF16 : parameters;
    }

    /** Shows W as it is stored, with a loss in float32. */
    public PrecisionConfig(
            Precision parameters, Precision gradients, Precision moments, Compute compute, Update update) {
        this(parameters, gradients, moments, compute, update, View.STORED, Loss.F32);
    }

    /** Rounds the output of every operation, or of none. */
    public PrecisionConfig(
            Precision parameters, Precision gradients, Precision moments, Precision compute, Update update) {
        this(parameters, gradients, moments, compute == Precision.BF16 ? Compute.BF16 : Compute.F32, update);
    }
}
