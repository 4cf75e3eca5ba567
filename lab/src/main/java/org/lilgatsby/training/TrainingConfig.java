package org.lilgatsby.training;

import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requireBelow;
import static org.lilgatsby.settings.Settings.requirePresent;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.Locale;
import org.lilgatsby.settings.SettingException;

/**
 * How the model is trained.
 *
 * @param steps N, number of updates; 0 records and analyses the initial state
 * @param batch sequences of one micro-batch
 * @param accumulation micro-batches whose gradients are added before an update
 * @param optimizer the rule of the update
 * @param learningRate the learning rate of the first step
 * @param schedule how the learning rate changes from there
 * @param horizon updates that the schedule spans, at least {@code steps}; if more, the run is the beginning of a longer
 *     one
 * @param weightDecay decoupled decay of matrices and embeddings, per unit of learning rate
 * @param beta1 decay of AdamW's first moment, exp_avg
 * @param beta2 decay of AdamW's second moment, exp_avg_sq
 * @param epsilon added to AdamW's denominator
 * @param clip largest norm of the gradient over all parameters; 0 clips nothing
 * @param targets which byte a position predicts
 * @param lossScale the divisor of the summed loss
 * @param logEvery steps of one logging interval, over which the loss is averaged
 */
public record TrainingConfig(
        int steps,
        int batch,
        int accumulation,
        Optimizer optimizer,
        double learningRate,
        Schedule schedule,
        int horizon,
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        double clip,
        Targets targets,
        LossScale lossScale,
        int logEvery) {

    /** Which byte position t of a window of T predicts. */
    public enum Targets {
        /** Byte t+1; all T positions count. */
        NEXT,
        /** Byte t+2; T-1 positions count. */
        DOUBLE_SHIFT;

        /** The name in configurations: {@code next}, {@code double-shift}. */
        @Override
        public String toString() {
            return key(this);
        }
    }

    /** The divisor of the loss summed over positions. */
    public enum LossScale {
        /** The number of positions that count. */
        MEAN,
        /** The number of labels, T a sequence: with double-shift targets a factor (T-1)/T. */
        PER_LABEL;

        /** The name in configurations: {@code mean}, {@code per-label}. */
        @Override
        public String toString() {
            return key(this);
        }
    }

    /** @throws SettingException if a value is out of its range */
    public TrainingConfig {
        requireWithin("training.steps", steps, 0, 1_000_000_000);
        requireWithin("training.batch", batch, 1, 1 << 16);
        requireWithin("training.accumulation", accumulation, 1, 1 << 16);
        requirePresent("training.optimizer", optimizer);
        requireWithin("training.learning_rate", learningRate, 0, 1e3);
        requirePresent("training.schedule", schedule);
        requireWithin("training.horizon", horizon, 0, 1_000_000_000);
        require(
                horizon >= steps,
                "training.horizon",
                ("training.horizon is %d, but training.steps is %d; a schedule does not end before its run: set it to "
                                + "%d or more, or leave it out")
                        .formatted(horizon, steps, steps));
        requireWithin("training.weight_decay", weightDecay, 0, 1e3);
        requireBelow("training.beta1", beta1, 0, 1);
        requireBelow("training.beta2", beta2, 0, 1);
        requireWithin("training.epsilon", epsilon, Double.MIN_NORMAL, 1);
        requireWithin("training.clip", clip, 0, 1e9);
        requirePresent("training.targets", targets);
        requirePresent("training.loss_scale", lossScale);
        requireWithin("training.log_every", logEvery, 1, 1_000_000_000);
    }

    /** A run whose schedule spans exactly its steps. */
    public TrainingConfig(
            int steps,
            int batch,
            int accumulation,
            Optimizer optimizer,
            double learningRate,
            Schedule schedule,
            double weightDecay,
            double beta1,
            double beta2,
            double epsilon,
            double clip,
            Targets targets,
            LossScale lossScale,
            int logEvery) {
        this(
                steps,
                batch,
                accumulation,
                optimizer,
                learningRate,
                schedule,
                steps,
                weightDecay,
                beta1,
                beta2,
                epsilon,
                clip,
                targets,
                lossScale,
                logEvery);
    }

    /** Learning rate of step s, from 1. */
    public double learningRateOf(int step) {
        return schedule.rate(learningRate, step, horizon);
    }

    private static String key(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
