package org.lilgatsby.experiment;

import java.util.ArrayList;
import java.util.List;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.config.ConfigReasons;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.WindowConfig;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.settings.Settings;
import org.lilgatsby.training.TrainingConfig;

/**
 * A choice that affects every figure of a run and that the published notebooks make without saying so.
 *
 * @param setting its key, or what it concerns if it is not a setting
 * @param value what this run does
 * @param effect what follows from it
 */
public record UnstatedDefault(String setting, String value, String effect) {
    /** All of them, as a configuration resolves them. */
    public static List<UnstatedDefault> of(ExperimentConfig config) {
        TrainingConfig training = config.training();
        PrecisionConfig precision = config.precision();
        List<UnstatedDefault> all = new ArrayList<>();
        all.add(targets(training, config.model(), unit(config)));
        all.add(lossScale(training, config.model()));
        all.add(new UnstatedDefault(
                "training.schedule",
                training.schedule().name(),
                training.schedule().effect(training)));
        all.add(new UnstatedDefault(
                "training.clip",
                Settings.plain(training.clip()),
                training.clip() == 0
                        ? "gradients are not clipped"
                        : "gradients are clipped to this norm over all parameters; they are recorded before clipping"));
        all.add(new UnstatedDefault(
                "training.weight_decay",
                Settings.plain(training.weightDecay()),
                training.weightDecay() == 0
                        ? "only the gradient moves a parameter"
                        : "decoupled from the gradient; " + training.decayed().reason()));
        all.add(new UnstatedDefault("precision", stored(precision), "parameters, gradients and moments, as stored"));
        all.add(new UnstatedDefault(
                "precision.compute", precision.compute().toString(), ConfigReasons.ofCompute(precision.compute())));
        if (training.optimizer().hasMoments()) {
            all.add(new UnstatedDefault(
                    "precision.moments", precision.moments().toString(), ConfigReasons.ofMoments(precision.moments())));
            all.add(new UnstatedDefault(
                    "precision.update", precision.update().toString(), ConfigReasons.of(precision.update())));
        }
        if (precision.view() != PrecisionConfig.View.STORED) {
            all.add(new UnstatedDefault(
                    "precision.view", precision.view().toString(), ConfigReasons.of(precision.view())));
        }
        if (precision.loss() != PrecisionConfig.Loss.F32) {
            all.add(new UnstatedDefault(
                    "precision.loss", precision.loss().toString(), ConfigReasons.of(precision.loss())));
        }
        all.add(batches(config));
        return all;
    }

    private static String unit(ExperimentConfig config) {
        return config.corpus().isBytes() ? "byte" : "token";
    }

    private static UnstatedDefault batches(ExperimentConfig config) {
        WindowConfig windows = config.corpus().windows();
        boolean usual =
                windows.windows() == WindowConfig.Windows.EVERY && windows.order() == WindowConfig.Order.RESEEDED;
        return new UnstatedDefault(
                "batches",
                "seed %d".formatted(windows.seed(config.seed())),
                usual
                        ? ("windows of %s %ss starting at every %s, in the order of a permutation drawn with this seed "
                                        + "plus the epoch")
                                .formatted(Figures.count(config.model().context()), unit(config), unit(config))
                        : "%s; %s".formatted(ConfigReasons.of(windows.windows()), ConfigReasons.of(windows.order())));
    }

    private static UnstatedDefault targets(TrainingConfig training, ModelConfig model, String unit) {
        int context = model.context();
        int counted = training.targets().counted(context);
        boolean twice = training.targets() == TrainingConfig.Targets.DOUBLE_SHIFT;
        return new UnstatedDefault(
                "training.targets",
                training.targets().toString(),
                twice
                        ? "position t predicts %s t+2, and %s of %s positions count: losses are high for %ss"
                                .formatted(unit, Figures.count(counted), Figures.count(context), unit)
                        : "position t predicts %s t+1, and %s positions count"
                                .formatted(
                                        unit,
                                        counted == context
                                                ? "all " + Figures.count(context)
                                                : "%s of %s"
                                                        .formatted(Figures.count(counted), Figures.count(context))));
    }

    private static UnstatedDefault lossScale(TrainingConfig training, ModelConfig model) {
        boolean scaled = training.lossScale() == TrainingConfig.LossScale.PER_LABEL
                && training.targets().counted(model.context()) < model.context();
        return new UnstatedDefault(
                "training.loss_scale",
                training.lossScale().toString(),
                scaled
                        ? "losses and gradients carry a factor %d/%d".formatted(model.context() - 1, model.context())
                        : "losses and gradients are means over the positions that count");
    }

    private static String stored(PrecisionConfig precision) {
        if (precision.parameters() == precision.gradients() && precision.gradients() == precision.moments()) {
            return "all " + name(precision.parameters());
        }
        return "%s, %s, %s"
                .formatted(name(precision.parameters()), name(precision.gradients()), name(precision.moments()));
    }

    private static String name(Precision format) {
        return format == Precision.BF16 ? "bf16" : "float32";
    }
}
