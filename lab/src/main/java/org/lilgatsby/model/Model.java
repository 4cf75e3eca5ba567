package org.lilgatsby.model;

import org.lilgatsby.kernel.BalancedPartition;
import org.lilgatsby.kernel.CacheLine;
import org.lilgatsby.kernel.Worker;

/**
 * A language model as seen by a trainer: parameters with names and shapes, loss and gradient of a batch computed by a
 * team of workers, logits. {@link Models} makes the configured model. Results must not depend on the number of workers,
 * and a batch must allocate nothing.
 */
public interface Model {
    /** The shape of the model, including its input length and embedding width. */
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
     * The loss and gradient of a batch; called by all workers of a team with their slices. When it returns, a worker
     * has the gradient of its own tensors, and the first worker also the loss. Everything is complete once the workers
     * have met.
     *
     * @param ids [sequences][T] token ids
     * @param targets [sequences][T], negative where a position does not count
     * @param lossScale factor of each position's loss in the gradient
     * @param accumulate whether to add the gradient to that of the previous batch
     */
    void lossAndGradient(Worker slice, int[] ids, int[] targets, int sequences, float lossScale, boolean accumulate);

    /** Loss of the last batch, in nats, summed over positions and then over sequences, in order. */
    double lossSum(int sequences);

    /** Logits of the first sequence of the last batch at its last position, [V]. */
    float[] lastLogits();

    /** From now on keeps the values that {@link #addHidden} adds. */
    void keepHidden();

    /**
     * Adds the output head's inputs in the last batch to sums, [C], and their squares to squares, [C], over sequences
     * in order and their positions. Only after {@link #keepHidden}.
     */
    void addHidden(double[] sums, double[] squares, int sequences);

    /**
     * The part of the gradient of the last batch of W that comes from the output head, where both are one matrix, live
     * and as stored: [V*C] from {@link CacheLine#ALIGNED_OFFSET} on. Empty otherwise.
     */
    float[] headGradients();

    /** The part that comes from the lookups, likewise; {@link #gradients} holds the stored sum of both. */
    float[] lookupGradients();

    /** Prepares a changed tensor for the next batch, while it is in the cache of the worker that changed it. */
    void parameterChanged(int tensor);

    /** Prepares all tensors for the next batch. */
    default void parametersChanged() {
        for (int i = 0; i < layout().count(); i++) {
            parameterChanged(i);
        }
    }

    /**
     * Computes the logits of every position of one sequence, on one worker.
     *
     * @param ids [T] token ids; positions after the last of interest may hold any id
     * @param logits [T*V], written
     */
    void logits(int[] ids, float[] logits);
}
