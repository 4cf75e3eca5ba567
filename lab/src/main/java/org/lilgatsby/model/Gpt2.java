package org.lilgatsby.model;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.lilgatsby.kernel.BalancedPartition;
import org.lilgatsby.kernel.CacheLine;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.Worker;

/**
 * A GPT-2 with its parameters, and the loss and gradient of a batch. In a large batch each worker takes whole
 * sequences; in a small one all workers share each sequence. The result is the same.
 */
final class Gpt2 implements Model {
    /**
     * Cost per parameter of joining, clipping and updating it, and of packing it twice: about 2 ns and 1 ns,
     * respectively.
     */
    private static final long UPDATE = 2;

    private static final long PACK = 1;

    private final ModelConfig config;
    private final Gpt2Layout layout;
    private final float[] parameters;
    private final Weights weights;
    private final Network network;
    private final Gradients gradients;
    private final BalancedPartition shares;
    private final Activations[] activations; // one per worker
    private final Worker alone = Worker.alone();
    private final double[] sequenceLoss; // [B]
    private final float[] lastLogits; // [V]
    private final double[]
            hidden; // [B][2][C]: of each sequence, sums of the final normalisation's output and its squares
    private boolean keepsHidden;
    private boolean packed;
    private final AtomicInteger nextPart = new AtomicInteger();

    /**
     * A model with room for batches.
     *
     * @param initial parameters as stored; copied
     * @param batch maximum number of sequences in a batch
     * @param workers number of workers in the calling team
     */
    Gpt2(ModelConfig config, PrecisionConfig precision, Kernels kernels, float[] initial, int batch, int workers) {
        this.config = config;
        this.layout = new Gpt2Layout(config);
        this.parameters = initial.clone();
        this.weights = new Weights(config, layout, precision, kernels, parameters);
        this.network = new Network(config, precision, layout, weights, kernels);
        this.gradients = new Gradients(config, precision, layout, kernels, batch);
        long[] costs = new long[layout.count()];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = (weights.packs(i) ? UPDATE + PACK : UPDATE)
                    * layout.tensor(i).size();
        }
        this.shares = new BalancedPartition(costs, workers);
        this.activations = new Activations[workers];
        for (int i = 0; i < workers; i++) {
            activations[i] = new Activations(config, precision.compute(), kernels);
        }
        this.sequenceLoss = new double[batch];
        this.lastLogits = new float[config.vocabulary()];
        this.hidden = new double[Math.multiplyExact(2 * batch, config.width())];
    }

    /**
     * Bytes that a model needs: parameters, their packed copies, gradients, and the activations of each worker.
     *
     * @param batch maximum number of sequences in a batch
     * @param workers number of workers in the calling team
     */
    static long bytes(ModelConfig config, PrecisionConfig precision, Kernels kernels, int batch, int workers) {
        Gpt2Layout layout = new Gpt2Layout(config);
        return (long) Float.BYTES * layout.length()
                + Weights.bytes(config, layout, precision, kernels)
                + Gradients.bytes(config, precision, layout, kernels, batch)
                + workers * Activations.bytes(config, precision.compute(), kernels)
                + (long) Double.BYTES * batch * (1 + 2 * config.width())
                + (long) Float.BYTES * (config.vocabulary() + config.width());
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public float[] gradients() {
        return gradients.values();
    }

    @Override
    public BalancedPartition shares() {
        return shares;
    }

    @Override
    public float[] lastLogits() {
        return lastLogits;
    }

    @Override
    public double lossSum(int sequences) {
        double sum = 0;
        for (int i = 0; i < sequences; i++) {
            sum += sequenceLoss[i];
        }
        return sum;
    }

    @Override
    public void keepHidden() {
        keepsHidden = true;
    }

    @Override
    public void addHidden(double[] sums, double[] squares, int sequences) {
        int c = config.width();
        for (int at = 0; at < sequences * 2 * c; at += 2 * c) {
            for (int j = 0; j < c; j++) {
                sums[j] += hidden[at + j];
                squares[j] += hidden[at + c + j];
            }
        }
    }

    @Override
    public float[] headGradients() {
        return gradients.tiedPart(0);
    }

    @Override
    public float[] lookupGradients() {
        return gradients.tiedPart(1);
    }

    private void sumHidden(Activations a, int i) {
        int c = config.width();
        int to = i * 2 * c;
        Arrays.fill(hidden, to, to + 2 * c, 0);
        for (int at = CacheLine.ALIGNED_OFFSET; at < a.normFinal.length; at += c) {
            for (int j = 0; j < c; j++) {
                double value = a.normFinal[at + j];
                hidden[to + j] += value;
                hidden[to + c + j] += value * value;
            }
        }
    }

    @Override
    public void parameterChanged(int tensor) {
        weights.pack(tensor);
    }

    @Override
    public void parametersChanged() {
        packed = false;
    }

    /**
     * Only a batch reads packed matrices, and a run without a step has none: compiling this takes longer than a step.
     */
    private void pack() {
        if (!packed) {
            for (int i = 0; i < layout.count(); i++) {
                weights.pack(i);
            }
            packed = true;
        }
    }

    @Override
    public void lossAndGradient(
            Worker slice, int[] ids, int[] targets, int sequences, float lossScale, boolean accumulate) {
        if (slice.index() == 0) {
            pack();
            nextPart.set(0);
        }
        slice.await();
        if (slice.size() == 1 || sequences >= 2 * slice.size()) {
            sequenceByWorker(slice, ids, targets, sequences, lossScale);
        } else {
            sequenceByTeam(slice, ids, targets, sequences, lossScale);
        }
        gradients.join(slice, shares, sequences, accumulate);
    }

    private void sequenceByWorker(Worker slice, int[] ids, int[] targets, int sequences, float lossScale) {
        Activations mine = activations[slice.index()];
        int parts = BatchPartition.count(sequences);
        for (int part = nextPart.getAndIncrement(); part < parts; part = nextPart.getAndIncrement()) {
            int first = BatchPartition.first(part, sequences);
            int end = BatchPartition.first(part + 1, sequences);
            for (int i = first; i < end; i++) {
                sequence(alone, mine, ids, targets, i, gradients.part(part), i > first, lossScale);
            }
        }
        slice.await();
    }

    /**
     * Workers meet within every sequence before any of them overwrites values of the previous sequence, or of the parts
     * joined after it, that are read here.
     */
    private void sequenceByTeam(Worker slice, int[] ids, int[] targets, int sequences, float lossScale) {
        int parts = BatchPartition.count(sequences);
        for (int part = 0; part < parts; part++) {
            int first = BatchPartition.first(part, sequences);
            int end = BatchPartition.first(part + 1, sequences);
            for (int i = first; i < end; i++) {
                sequence(slice, activations[0], ids, targets, i, gradients.part(part), i > first, lossScale);
            }
        }
    }

    private void sequence(
            Worker slice,
            Activations a,
            int[] ids,
            int[] targets,
            int i,
            float[] part,
            boolean accumulate,
            float lossScale) {
        int at = i * config.context();
        network.forward(slice, a, ids, at);
        if (!accumulate) {
            int lookups = gradients.lookupAt();
            int size = layout.wte().size();
            Arrays.fill(part, lookups + slice.from(size), lookups + slice.to(size), 0f);
        }
        float[] last = i == 0 ? lastLogits : null;
        network.backward(slice, a, ids, at, targets, at, part, gradients.lookupAt(), accumulate, lossScale, last);
        if (slice.index() == 0) {
            double sum = 0;
            for (double loss : a.losses) {
                sum += loss;
            }
            sequenceLoss[i] = sum;
            if (keepsHidden) {
                sumHidden(a, i);
            }
        }
    }

    @Override
    public void logits(int[] ids, float[] logits) {
        pack();
        network.forward(alone, activations[0], ids, 0);
        network.logits(alone, activations[0], logits);
    }
}
