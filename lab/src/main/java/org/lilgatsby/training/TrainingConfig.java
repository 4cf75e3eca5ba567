package org.lilgatsby.training;

import static org.lilgatsby.settings.Settings.plain;
import static org.lilgatsby.settings.Settings.require;
import static org.lilgatsby.settings.Settings.requireBelow;
import static org.lilgatsby.settings.Settings.requirePresent;
import static org.lilgatsby.settings.Settings.requireWithin;

import java.util.Locale;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.settings.Setting;
import org.lilgatsby.settings.SettingException;

/**
 * How the model is trained.
 *
 * @param steps N, number of updates; 0 records and analyses the initial state
 * @param batch sequences of one micro-batch
 * @param accumulation micro-batches whose gradients are added before an update
 * @param optimizer the rule of the update
 * @param learningRate the largest learning rate: that of the first step, or of the first after the warm-up
 * @param schedule how the learning rate changes from there
 * @param horizon updates that the schedule spans, at least {@code steps}; if more, the run is the beginning of a longer
 *     one
 * @param warmup steps over which the learning rate rises linearly before the schedule begins
 * @param warmupFrom share of the learning rate that the first step of a warm-up uses
 * @param floor share of the learning rate that the schedule falls to
 * @param weightDecay decoupled decay of the parameters in {@code decayed}, per unit of learning rate
 * @param decayed which parameters decay
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
        @Setting("windows of a micro-batch") int batch,

        @Setting("micro-batches whose gradients are added before an update")
        int accumulation,

        Optimizer optimizer,
        double learningRate,
        Schedule schedule,

        int horizon,

        @Setting("steps over which the learning rate rises linearly")
        int warmup,

        @Setting("share of the learning rate that step 1 uses")
        double warmupFrom,

        @Setting("share of the learning rate that the schedule falls to")
        double floor,

        double weightDecay,

        @Setting(value = "parameters that decay", example = "[transformer.wte.weight]")
        Decayed decayed,

        @Setting("decay of AdamW's first moment, exp_avg") double beta1,

        @Setting("decay of AdamW's second moment, exp_avg_sq")
        double beta2,

        @Setting("added to AdamW's denominator") double epsilon,
        double clip,
        Targets targets,
        LossScale lossScale,

        @Setting("steps over which a printed loss is averaged")
        int logEvery) {

    /** Which byte position t of a window of T predicts. */
    public enum Targets {
        /** Byte t+1; all T positions count. */
        NEXT(1, 0),
        /** Byte t+1 of the T that the model sees; the last position predicts nothing, so T-1 count. */
        NEXT_WITHIN(1, 1),
        /** Byte t+2; T-1 positions count. */
        DOUBLE_SHIFT(2, 1);

        private final int lag;
        private final int idle;

        Targets(int lag, int idle) {
            this.lag = lag;
            this.idle = idle;
        }

        /** How many places after its own position a byte is that a position predicts: 1 or 2. */
        public int lag() {
            return lag;
        }

        /** How many of the T positions of a window count: the first T or T-1. */
        public int counted(int context) {
            return context - idle;
        }

        /** The name in configurations: {@code next}, {@code next-within}, {@code double-shift}. */
        @Override
        public String toString() {
            return key(this);
        }
    }

    /** The divisor of the loss summed over positions. */
    public enum LossScale {
        /** The number of positions that count. */
        MEAN,
        /** The number of labels, T a sequence: where T-1 positions count, a factor (T-1)/T. */
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
                () -> ("training.horizon is %d, but training.steps is %d; a schedule does not end before its run: "
                                + "set it to %d or more, or leave it out")
                        .formatted(horizon, steps, steps));
        requireWithin("training.warmup", warmup, 0, 1_000_000_000);
        requireWithin("training.warmup_from", warmupFrom, 0, 1);
        requireWithin("training.floor", floor, 0, 1);
        require(
                floor == 0 || schedule.falls(),
                "training.floor",
                () -> ("training.floor is %s, but the schedule %s does not fall; set training.floor to 0, or choose "
                                + "another")
                        .formatted(plain(floor), schedule.name()));
        requireWithin("training.weight_decay", weightDecay, 0, 1e3);
        requirePresent("training.decayed", decayed);
        requireBelow("training.beta1", beta1, 0, 1);
        requireBelow("training.beta2", beta2, 0, 1);
        requireWithin("training.epsilon", epsilon, Double.MIN_NORMAL, 1);
        requireWithin("training.clip", clip, 0, 1e9);
        requirePresent("training.targets", targets);
        requirePresent("training.loss_scale", lossScale);
        requireWithin("training.log_every", logEvery, 1, 1_000_000_000);
    }

    /** A run whose schedule spans exactly its steps and falls to zero, without warm-up; matrices decay. */
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
                0,
                0,
                0,
                weightDecay,
                Decayed.Group.MATRICES,
                beta1,
                beta2,
                epsilon,
                clip,
                targets,
                lossScale,
                logEvery);
    }

    /**
     * Learning rate of step s, from 1: first the warm-up, then the schedule over the rest of the horizon. These are the
     * rates of PyTorch's LambdaLR with the functions of Hugging Face's {@code get_*_schedule_with_warmup}, with or
     * without {@code min_lr_rate}, and, if {@code warmupFrom} is not 0, of PyTorch's LinearLR.
     */
    public double learningRateOf(int step) {
        if (step <= warmup) {
            return learningRate * (warmupFrom + (1 - warmupFrom) * ((step - 1) / (double) warmup));
        }
        int after = step - warmup;
        int span = horizon - warmup;
        return floor == 0
                ? schedule.rate(learningRate, after, span)
                : learningRate * (floor + (1 - floor) * schedule.rate(1, after, span));
    }

    /** The decay of a parameter, per unit of learning rate. */
    public double weightDecayOf(ParameterTensor tensor) {
        return decayed.contains(tensor) ? weightDecay : 0;
    }

    /** How the learning rate begins, as the end of a sentence. */
    String beginning() {
        return warmup == 0
                ? "without warm-up"
                : String.format(
                        Locale.ROOT,
                        "after a linear warm-up of %,d steps from %s",
                        warmup,
                        plain(warmupFrom * learningRate));
    }

    /** What the schedule falls to, for a sentence. */
    String end() {
        return floor == 0 ? "zero" : plain(floor * learningRate);
    }

    private static String key(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
