package org.lilgatsby.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.StepChoice;
import org.lilgatsby.settings.Settings;
import org.lilgatsby.training.AdamW;
import org.lilgatsby.training.Optimizer;
import org.lilgatsby.training.PerturbationConfig;
import org.lilgatsby.training.TrainingConfig;

/**
 * Recomputes W[t] from W[t-1], the recorded optimizer quantities and the rounding rule. The accounting closes only if
 * the recorder is right: rows, moments or learning rates that are off by one step do not pass.
 *
 * @param steps updates recomputed
 * @param components number of recomputed components, D per recorded token and update
 * @param equal components equal bit for bit
 * @param firstStep the first update with an unequal component; 0 if there is none
 */
public record OptimizerAccounting(int steps, long components, long equal, int firstStep) {
    /** Number of updates that one processor takes at a time. */
    private static final int CHUNK = 256;

    /** Share of components equal bit for bit, from 0 to 1; 1 for a run without updates. */
    public double share() {
        return components == 0 ? 1 : equal / (double) components;
    }

    /**
     * Everything a run lacks for the accounting, with the options that record it; empty if nothing.
     *
     * <p>The per-op rule rounds its moments before it uses them, so W and moments suffice. The other rules use them
     * unrounded, so they are recomputed from the gradient and the clipping coefficient. The random bits of stochastic
     * rounding are drawn again, from the seed; the compensation of Kahan's rule is recomputed from the first update on.
     */
    public static Optional<String> missing(RunArchive run) {
        ExperimentConfig config = run.config();
        Recording recording = run.recording();
        Optimizer optimizer = config.training().optimizer();
        if (!optimizer.hasMoments()) {
            return Optional.of("the optimizer is " + optimizer.name() + ", which has no moments");
        }
        if (!(optimizer instanceof AdamW)) {
            return Optional.of("the optimizer is " + optimizer.name() + "; only updates of adamw are recomputed");
        }
        if (perturbsEmbeddings(config)) {
            return Optional.of("noise of sigma %s was added to W after updates, and W before the noise was not recorded"
                    .formatted(Settings.plain(config.perturbation().sigma())));
        }
        Set<Observable> needed =
                new HashSet<>(Set.of(Observables.EMBEDDINGS, Observables.MOMENTUM, Observables.VARIANCE));
        if (config.precision().update() != PrecisionConfig.Update.PER_OP) {
            needed.add(Observables.GRADS);
            if (config.training().clip() > 0) {
                needed.add(Observables.CLIP_COEFFICIENTS);
            }
        }
        needed.removeIf(recording::has);
        StepChoice steps = config.recording().steps();
        List<String> lacking = new ArrayList<>();
        List<String> flags = new ArrayList<>();
        if (!needed.isEmpty()) {
            List<String> names = Observables.ALL.all().stream()
                    .filter(needed::contains)
                    .map(Observable::name)
                    .toList();
            lacking.add("no " + String.join(", ", names) + (names.size() == 1 ? " was recorded" : " were recorded"));
            flags.add("--observe " + String.join(",", names));
        }
        if (recording.rows() > 1 && updates(recording).length == 0) {
            lacking.add(
                    steps.rule() instanceof StepChoice.Every
                            ? "only " + steps.inWords() + " was recorded"
                            : "no two recorded states are one update apart (" + steps.inWords() + ")");
            flags.add("--every 1");
        }
        if (config.precision().update().compensates()
                && !isUnbroken(recording)
                && flags.stream().noneMatch("--every 1"::equals)) {
            lacking.add("the compensation of an update depends on all updates before it, but only " + steps.inWords()
                    + " was recorded");
            flags.add("--every 1");
        }
        if (!lacking.isEmpty()) {
            return Optional.of(String.join(", and ", lacking) + "; run it again with " + String.join(" ", flags));
        }
        return clipIsRounded(config)
                ? Optional.of("clip_coefficients were recorded in bf16, but the run clips its f32 gradients with "
                        + "unrounded ones; "
                        + "run it again with recording.tensors.clip_coefficients.format=f32")
                : Optional.empty();
    }

    private static boolean perturbsEmbeddings(ExperimentConfig config) {
        PerturbationConfig noise = config.perturbation();
        return noise.isOn()
                && noise.tensors().contains(Models.layout(config.model()).wte().name());
    }

    /** Whether the recorded coefficient is not the one applied, as in recordings of earlier versions. */
    private static boolean clipIsRounded(ExperimentConfig config) {
        return config.precision().gradients() == Precision.F32
                && config.recording().tensors().stream()
                        .anyMatch(tensor -> tensor.observable() == Observables.CLIP_COEFFICIENTS
                                && tensor.format() == Precision.BF16);
    }

    /**
     * Recomputes every update whose outcome was recorded, and the state before it as well; if rows are recorded before
     * updates, the outcome of the last was not.
     *
     * @throws IllegalArgumentException if {@link #missing} says that it cannot be done
     */
    public static OptimizerAccounting of(RunArchive run) throws IOException {
        Optional<String> missing = missing(run);
        if (missing.isPresent()) {
            throw new IllegalArgumentException("the updates cannot be recomputed: " + missing.get());
        }
        int[] rows = updates(run.recording());
        int last = rows.length == 0 ? 0 : run.recording().steps()[rows[rows.length - 1]];
        StochasticKeys keys =
                StochasticKeys.of(run.config(), run.manifest().corpus().bytes(), last);
        int size = run.config().precision().update().compensates() ? Math.max(1, rows.length) : CHUNK;
        return IntStream.range(0, Math.ceilDiv(rows.length, size))
                .parallel()
                .mapToObj(chunk -> {
                    try {
                        return new Recomputation(run, keys)
                                .of(Arrays.copyOfRange(rows, chunk * size, Math.min(rows.length, (chunk + 1) * size)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .reduce(new OptimizerAccounting(0, 0, 0, 0), OptimizerAccounting::join);
    }

    /** Whether each row is one update after the row before, from the start. */
    private static boolean isUnbroken(Recording recording) {
        int[] steps = recording.steps();
        return IntStream.range(0, steps.length).allMatch(row -> steps[row] == row);
    }

    /** The rows that a single update led to from the row before. */
    private static int[] updates(Recording recording) {
        int[] steps = recording.steps();
        return IntStream.range(1, steps.length)
                .filter(row -> steps[row] == steps[row - 1] + 1)
                .toArray();
    }

    /** Joins this accounting and that of later updates. */
    private OptimizerAccounting join(OptimizerAccounting later) {
        return new OptimizerAccounting(
                steps + later.steps,
                components + later.components,
                equal + later.equal,
                firstStep == 0 ? later.firstStep : firstStep);
    }

    /** The buffers of one pass over some updates. */
    private static final class Recomputation {
        private final ExperimentConfig config;
        private final Recording recording;
        private final int[] tokens;
        private final int size;
        private final double weightDecay;
        private final float[] before;
        private final float[] after;
        private final float[] expAvg;
        private final float[] expAvgSq;
        private final float[] gradient;
        private final float[] compensation;
        private final float[] clip = {1f};
        private final StochasticKeys keys;

        Recomputation(RunArchive run, StochasticKeys keys) {
            this.keys = keys;
            config = run.config();
            recording = run.recording();
            tokens = run.tokens();
            size = tokens.length * config.model().width();
            weightDecay = config.training()
                    .weightDecayOf(Models.layout(config.model()).wte());
            before = new float[size];
            after = new float[size];
            expAvg = new float[size];
            expAvgSq = new float[size];
            gradient = new float[size];
            compensation = new float[config.precision().update().compensates() ? size : 0];
        }

        OptimizerAccounting of(int[] rows) throws IOException {
            boolean fused = config.precision().update() != PrecisionConfig.Update.PER_OP;
            long equal = 0;
            int firstStep = 0;
            int[] steps = recording.steps();
            for (int to : rows) {
                int t = steps[to];
                read(Observables.EMBEDDINGS, to - 1, before);
                read(Observables.EMBEDDINGS, to, after);
                int moments = fused ? to - 1 : to;
                read(Observables.MOMENTUM, moments, expAvg);
                read(Observables.VARIANCE, moments, expAvgSq);
                if (fused) {
                    int row = config.recording().instant() == RecordingConfig.Instant.AFTER ? to : to - 1;
                    read(Observables.GRADS, row, gradient);
                    if (recording.has(Observables.CLIP_COEFFICIENTS)) {
                        recording.row(Observables.CLIP_COEFFICIENTS, row).toFloats(0, clip, 0, 1);
                    }
                }
                double lr = config.training().learningRateOf(t);
                long same = fused ? fused(t, lr) : perOp(t, lr);
                equal += same;
                if (same < size && firstStep == 0) {
                    firstStep = t;
                }
            }
            return new OptimizerAccounting(rows.length, (long) rows.length * size, equal, firstStep);
        }

        private void read(Observable observable, int row, float[] values) throws IOException {
            recording.row(observable, row).toFloats(0, values, 0, values.length);
        }

        private long perOp(int t, double lr) {
            TrainingConfig c = config.training();
            float keep = (float) (1 - lr * weightDecay);
            float correction = (float) Math.sqrt(1 - StrictMath.pow(c.beta2(), t));
            float stepSize = (float) -(lr / (1 - StrictMath.pow(c.beta1(), t)));
            float epsilon = moment((float) c.epsilon());
            long equal = 0;
            for (int i = 0; i < size; i++) {
                float denominator = moment(moment(moment((float) Math.sqrt(expAvgSq[i])) / correction) + epsilon);
                float w = parameter(parameter(before[i] * keep) + stepSize * expAvg[i] / denominator);
                equal += Float.floatToRawIntBits(w) == Float.floatToRawIntBits(after[i]) ? 1 : 0;
            }
            return equal;
        }

        private long fused(int t, double lr) {
            TrainingConfig c = config.training();
            float decay = (float) (lr * weightDecay);
            float first = (float) (1 - c.beta1());
            float second = (float) (1 - c.beta2());
            float correction = (float) Math.sqrt(1 - StrictMath.pow(c.beta2(), t));
            float stepSize = (float) (lr / (1 - StrictMath.pow(c.beta1(), t)));
            long equal = 0;
            for (int i = 0; i < size; i++) {
                float g = stored(config.precision().gradients(), gradient[i] * clip[0]);
                float m = Math.fma(first, g - expAvg[i], expAvg[i]);
                float v = Math.fma(second * g, g, (float) c.beta2() * expAvgSq[i]);
                float w = moved(t, i, decay, stepSize * m / ((float) Math.sqrt(v) / correction + (float) c.epsilon()));
                equal += Float.floatToRawIntBits(w) == Float.floatToRawIntBits(after[i]) ? 1 : 0;
            }
            return equal;
        }

        /** Component i of W after update t. */
        private float moved(int t, int i, float decay, float subtracted) {
            float w = before[i];
            return switch (config.precision().update()) {
                case FUSED, PER_OP -> parameter(w - w * decay - subtracted);
                case STOCHASTIC -> keys.round(w - w * decay - subtracted, t, place(i));
                case KAHAN -> {
                    float wanted = -(w * decay) - subtracted + compensation[i];
                    float rounded = Bf16.round(w + wanted);
                    compensation[i] = Bf16.round(wanted - (rounded - w));
                    yield rounded;
                }
            };
        }

        /** Where a component of the recorded rows is in W. */
        private int place(int i) {
            int width = config.model().width();
            return tokens[i / width] * width + i % width;
        }

        private float moment(float value) {
            return stored(config.precision().moments(), value);
        }

        private float parameter(float value) {
            return stored(config.precision().parameters(), value);
        }

        private static float stored(Precision format, float value) {
            return format == Precision.BF16 ? Bf16.round(value) : value;
        }
    }
}
