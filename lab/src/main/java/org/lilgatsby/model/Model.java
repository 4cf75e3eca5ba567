package org.lilgatsby.model;

import org.lilgatsby.kernel.BalancedPartition;
import org.lilgatsby.kernel.Worker;

/**
 * A language model as a trainer sees it: parameters with names and shapes, loss and gradient of a batch by a team of
 * workers, logits. {@link Models} makes the one that a configuration asks for. What a model computes must not depend on
 * the number of workers, and a batch must allocate nothing.
 */
public interface Model {
    /** The shape of the model: what it takes for input, and how wide an embedding is. */
    ModelConfig config();

    /** Where each parameter lies in {@link #parameters} and {@link #gradients}. */
    ParameterLayout layout();

    /** The parameters as stored, live: an optimizer writes them, then calls {@link #parameterChanged}. */
    float[] parameters();

    /** The gradient of the last batch as stored, live, laid out as the parameters are. */
    float[] gradients();

    /** Which worker joins, clips, updates and packs which tensor of the layout. */
    BalancedPartition shares();

    /**
     * The loss and gradient of a batch; called by all workers of a team with their slices. A worker that returns has
     * the gradient of its own tensors; the first also has the loss. All of it is there once workers have met.
     *
     * @param ids [sequences][T] token ids
     * @param targets [sequences][T], negative where a position does not count
     * @param lossScale factor of each position's loss in the gradient
     * @param accumulate whether the gradient is added to that of the batch before
     */
    void lossAndGradient(Worker slice, int[] ids, int[] targets, int sequences, float lossScale, boolean accumulate);

    /** Sum over sequences, in order, of the summed loss of the last batch's positions, in nats. */
    double lossSum(int sequences);

    /** Logits of the first sequence of the last batch at its last position, [V]. */
    float[] lastLogits();

    /** From now on keeps what {@link #addHidden} adds. */
    void keepHidden();

    /**
     * Adds to sums, [C], over sequences in order and their positions, what the output head multiplied in the last
     * batch. Only after {@link #keepHidden}.
     */
    void addHidden(double[] sums, int sequences);

    /** Makes a changed tensor ready for the next batch, while it is in the cache of the worker that changed it. */
    void parameterChanged(int tensor);

    /** Makes all tensors ready for the next batch. */
    default void parametersChanged() {
        for (int i = 0; i < layout().count(); i++) {
            parameterChanged(i);
        }
    }

    /**
     * Logits of every position of one sequence, by one worker.
     *
     * @param ids [T] token ids; positions after the last of interest may hold any id
     * @param logits [T*V], written
     */
    void logits(int[] ids, float[] logits);
}
