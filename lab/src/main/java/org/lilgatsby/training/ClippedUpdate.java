package org.lilgatsby.training;

import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.AdamWStep;
import org.lilgatsby.kernel.BalancedPartition;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.Worker;
import org.lilgatsby.model.Model;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.random.TorchGenerator;

/** Clips the gradient and updates the parameters. */
final class ClippedUpdate {
    private static final float CLIP_EPSILON = 1e-6f;

    private final TrainingConfig config;
    private final PrecisionConfig precision;
    private final ParameterLayout layout;
    private final Kernels kernels;
    private final TorchGenerator generator;
    private final OptimizerArrays arrays;
    private final float[] tensorNorms;
    private final AdamWStep decaying;
    private final AdamWStep plain;
    private final boolean[] decays; // by tensor
    private float norm;
    private float clip = 1f;

    /** @param generator draws the key of each step, if parameters are rounded stochastically */
    ClippedUpdate(
            TrainingConfig config, PrecisionConfig precision, Model model, Kernels kernels, TorchGenerator generator) {
        this.config = config;
        this.generator = generator;
        this.precision = precision;
        this.layout = model.layout();
        this.kernels = kernels;
        this.arrays = new OptimizerArrays(
                kernels,
                precision.update(),
                model.parameters(),
                model.gradients(),
                new float[layout.length()],
                new float[layout.length()],
                new float[precision.update().compensates() ? layout.length() : 0]);
        this.tensorNorms = new float[layout.count()];
        boolean p = precision.parameters() == Precision.BF16;
        boolean g = precision.gradients() == Precision.BF16;
        boolean m = precision.moments() == Precision.BF16;
        this.decaying = new AdamWStep(p, g, m);
        this.plain = new AdamWStep(p, g, m);
        this.decays = new boolean[layout.count()];
        for (int i = 0; i < decays.length; i++) {
            decays[i] = config.weightDecayOf(layout.tensor(i)) > 0;
        }
    }

    /** Bytes of both moments and the compensation. */
    static long bytes(ParameterLayout layout, PrecisionConfig precision) {
        int arrays = precision.update().compensates() ? 3 : 2;
        return (long) arrays * Float.BYTES * layout.length();
    }

    float[] expAvg() {
        return arrays.expAvg();
    }

    float[] expAvgSq() {
        return arrays.expAvgSq();
    }

    /** Empty unless the update is compensated. */
    float[] compensation() {
        return arrays.compensation();
    }

    float norm() {
        return norm;
    }

    float clip() {
        return clip;
    }

    /** The norm of each of this worker's tensors, rounded as gradients are stored. */
    void tensorNorms(Worker slice, BalancedPartition shares) {
        for (int i = 0; i < tensorNorms.length; i++) {
            if (shares.belongsTo(slice, i)) {
                ParameterTensor tensor = layout.tensor(i);
                float sum = kernels.sumOfSquares(arrays.gradients(), tensor.at(), tensor.size());
                tensorNorms[i] = stored((float) Math.sqrt(sum));
            }
        }
    }

    /**
     * Called by one worker when all tensor norms are known: the norm of the norms, the coefficient, the step's scalars.
     */
    void prepare(int step, double learningRate) {
        double sum = 0;
        for (float tensorNorm : tensorNorms) {
            sum += (double) tensorNorm * tensorNorm;
        }
        norm = stored((float) Math.sqrt(sum));
        clip = 1f;
        if (config.clip() > 0) {
            float coefficient = stored((float) config.clip() / stored(norm + CLIP_EPSILON));
            clip = Math.min(1f, coefficient);
        }
        set(decaying, step, learningRate, config.weightDecay());
        set(plain, step, learningRate, 0);
        if (precision.update().draws()) {
            int key0 = generator.nextInt();
            int key1 = generator.nextInt();
            decaying.setKey(key0, key1);
            plain.setKey(key0, key1);
        }
    }

    private void set(AdamWStep scalars, int step, double learningRate, double decay) {
        scalars.set(step, learningRate, decay, config.beta1(), config.beta2(), config.epsilon(), clip);
    }

    private float stored(float value) {
        return precision.gradients() == Precision.BF16 ? Bf16.round(value) : value;
    }

    /** Updates tensor {@code i}. */
    void update(int i) {
        config.optimizer().update(arrays, layout.tensor(i), decays[i] ? decaying : plain);
    }
}
