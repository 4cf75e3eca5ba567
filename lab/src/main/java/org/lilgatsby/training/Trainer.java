package org.lilgatsby.training;

import java.util.Arrays;
import java.util.List;
import org.lilgatsby.corpus.BatchPosition;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.Team;
import org.lilgatsby.kernel.Worker;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Model;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.random.TorchGenerator;

/**
 * The training loop: batch, loss and gradient, clipping, update. The result of a step depends on configuration, corpus,
 * seed and initial parameters alone, not on the number of workers. A step allocates nothing.
 */
public final class Trainer implements TrainingState, AutoCloseable {
    private final TrainingConfig config;
    private final Model model;
    private final Batches batches;
    private final ClippedUpdate update;
    private final Perturbation perturbation;
    private final Objective objective;
    /** An array, not a list: the iterators of a list would be allocated at every step. */
    private final StepListener[] listeners;

    private final Team team;
    private final Team.Task stepTask = this::workOnStep;
    private final int[] windows; // [B][T+1]
    private final int[][] ids; // [accumulation][B][T]
    private final int[][] targets; // [accumulation][B][T]
    private final int[] sequences; // [accumulation]
    private final boolean readsHidden;
    private final double[] hiddenSum; // [D]
    private final double[] hiddenSquares; // [D]
    private final float[] hidden; // [D]
    private final float[] hiddenVariance; // [D]
    private final float[] logits; // [V]
    private double positions;
    private double divisor;
    private float lossScale;
    private int step;
    private double loss = Double.NaN;
    private double lossSum;
    private double learningRate;

    /**
     * Prepares a run of the configured model, without a perturbation.
     *
     * @param initial parameters as stored, copied, and the generator, which continues from there
     * @param workers threads that work on a step, this one included
     * @param listeners notified of every step, in this order
     */
    public Trainer(
            TrainingConfig config,
            ModelConfig modelConfig,
            PrecisionConfig precision,
            Kernels kernels,
            InitialState initial,
            Batches batches,
            int workers,
            List<StepListener> listeners) {
        this(
                config,
                Models.of(modelConfig, precision, kernels, initial.parameters(), config.batch(), workers),
                precision,
                kernels,
                Perturbation.none(),
                new TorchGenerator(initial.generator()),
                batches,
                workers,
                listeners);
    }

    /**
     * Prepares a run of a model.
     *
     * @param model made for batches of {@code config.batch()} and for as many workers
     * @param perturbation changes parameters after their update
     * @param generator the run's; draws what an update needs, before the perturbation does
     * @param workers threads that work on a step, this one included
     * @param listeners notified of every step, in this order
     */
    public Trainer(
            TrainingConfig config,
            Model model,
            PrecisionConfig precision,
            Kernels kernels,
            Perturbation perturbation,
            TorchGenerator generator,
            Batches batches,
            int workers,
            List<StepListener> listeners) {
        ModelConfig shape = model.config();
        this.config = config;
        this.batches = batches;
        this.model = model;
        this.update = new ClippedUpdate(config, precision, model, kernels, generator);
        this.perturbation = perturbation;
        this.objective = new Objective(config.targets(), config.lossScale(), shape.context(), precision.loss());
        this.listeners = listeners.toArray(StepListener[]::new);
        this.readsHidden = listeners.stream().anyMatch(StepListener::readsHidden);
        this.hiddenSum = new double[shape.width()];
        this.hiddenSquares = new double[shape.width()];
        this.hidden = new float[shape.width()];
        this.hiddenVariance = new float[shape.width()];
        this.logits = new float[shape.vocabulary()];
        if (readsHidden) {
            model.keepHidden();
        }
        this.team = new Team(workers);
        int size = Math.multiplyExact(config.batch(), shape.context());
        this.windows = new int[size + config.batch()];
        this.ids = new int[config.accumulation()][size];
        this.targets = new int[config.accumulation()][size];
        this.sequences = new int[config.accumulation()];
    }

    /** Bytes that a trainer takes: the model, the optimizer's moments, and a batch. */
    public static long bytes(
            TrainingConfig config, ModelConfig modelConfig, PrecisionConfig precision, Kernels kernels, int workers) {
        long size = (long) config.batch() * modelConfig.context();
        return Models.bytes(modelConfig, precision, kernels, config.batch(), workers)
                + ClippedUpdate.bytes(Models.layout(modelConfig), precision)
                + Integer.BYTES * (size + config.batch() + 2 * config.accumulation() * size)
                + (long) Float.BYTES * (modelConfig.vocabulary() + 6L * modelConfig.width());
    }

    /** Notifies the listeners of the initial state. */
    public void begin() {
        for (StepListener listener : listeners) {
            listener.initial(this);
        }
    }

    /**
     * Resumes from the state after update {@code step} as if it had trained up to there itself.
     *
     * @param position where the next batch begins
     * @param compensation as {@link #compensation} gave it
     */
    public void restore(
            int step,
            BatchPosition position,
            float[] parameters,
            float[] expAvg,
            float[] expAvgSq,
            float[] compensation) {
        this.step = step;
        batches.seek(position);
        System.arraycopy(parameters, 0, model.parameters(), 0, parameters.length);
        System.arraycopy(expAvg, 0, update.expAvg(), 0, expAvg.length);
        System.arraycopy(expAvgSq, 0, update.expAvgSq(), 0, expAvgSq.length);
        System.arraycopy(compensation, 0, update.compensation(), 0, compensation.length);
        model.parametersChanged();
    }

    /** Where the next batch begins. */
    public BatchPosition position() {
        return batches.position();
    }

    /** Carries out one step. */
    public void step() {
        step++;
        for (StepListener listener : listeners) {
            listener.beforeStep(step);
        }
        learningRate = config.learningRateOf(step);
        int total = 0;
        divisor = 0;
        for (int micro = 0; micro < sequences.length; micro++) {
            sequences[micro] = batches.next(windows);
            divisor += objective.split(windows, sequences[micro], ids[micro], targets[micro]);
            total += sequences[micro];
        }
        positions = (double) total * model.config().context();
        lossScale = objective.factor(divisor);
        lossSum = 0;
        Arrays.fill(hiddenSum, 0);
        Arrays.fill(hiddenSquares, 0);
        team.run(stepTask);
        for (StepListener listener : listeners) {
            listener.afterUpdate(this);
        }
    }

    private void workOnStep(Worker slice) {
        boolean first = slice.index() == 0;
        for (int micro = 0; micro < sequences.length; micro++) {
            model.lossAndGradient(slice, ids[micro], targets[micro], sequences[micro], lossScale, micro > 0);
            if (first) {
                if (micro == 0) {
                    System.arraycopy(model.lastLogits(), 0, logits, 0, logits.length);
                }
                lossSum += model.lossSum(sequences[micro]);
                if (readsHidden) {
                    model.addHidden(hiddenSum, hiddenSquares, sequences[micro]);
                }
            }
        }
        update.tensorNorms(slice, model.shares());
        slice.await();
        if (first) {
            gradientComplete();
        }
        slice.await();
        for (int i = 0; i < model.layout().count(); i++) {
            if (model.shares().belongsTo(slice, i)) {
                update(i);
            }
        }
    }

    private void update(int i) {
        ParameterTensor tensor = model.layout().tensor(i);
        for (StepListener listener : listeners) {
            listener.beforeUpdate(tensor, this);
        }
        update.update(i);
        perturbation.apply(tensor, parameters());
        for (StepListener listener : listeners) {
            listener.afterUpdate(tensor, this);
        }
        model.parameterChanged(i);
    }

    private void gradientComplete() {
        loss = lossSum / divisor;
        for (int j = 0; j < hidden.length; j++) {
            double mean = hiddenSum[j] / positions;
            hidden[j] = (float) mean;
            hiddenVariance[j] = (float) Math.max(0, hiddenSquares[j] / positions - mean * mean);
        }
        update.prepare(step, learningRate);
        perturbation.prepare(step);
        for (StepListener listener : listeners) {
            listener.afterBackward(this);
        }
    }

    @Override
    public int stepNumber() {
        return step;
    }

    @Override
    public ParameterLayout layout() {
        return model.layout();
    }

    @Override
    public float[] parameters() {
        return model.parameters();
    }

    @Override
    public float[] gradients() {
        return model.gradients();
    }

    @Override
    public float[] expAvg() {
        return update.expAvg();
    }

    @Override
    public float[] expAvgSq() {
        return update.expAvgSq();
    }

    /**
     * What rounding has taken from each parameter, as stored; laid out by {@link #layout}. Empty unless
     * {@code precision.update} is kahan.
     */
    public float[] compensation() {
        return update.compensation();
    }

    @Override
    public float[] logits() {
        return logits;
    }

    @Override
    public float[] hidden() {
        return hidden;
    }

    @Override
    public float[] hiddenVariance() {
        return hiddenVariance;
    }

    @Override
    public float[] headGradients() {
        return model.headGradients();
    }

    @Override
    public float[] lookupGradients() {
        return model.lookupGradients();
    }

    @Override
    public double loss() {
        return loss;
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public double gradientNorm() {
        return update.norm();
    }

    @Override
    public double clipCoefficient() {
        return update.clip();
    }

    /** Stops the workers. */
    @Override
    public void close() {
        team.close();
    }
}
