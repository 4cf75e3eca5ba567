package org.lilgatsby.training;

import org.lilgatsby.model.ParameterTensor;

/**
 * Changes parameters between their update and the next step: the step's row, its deltas and the next gradient see the
 * change, the moments do not. It may depend on the step and on the run's generator, but not on the number of workers,
 * and allocates nothing.
 */
public interface Perturbation {
    /** One that changes nothing. */
    static Perturbation none() {
        return new Perturbation() {
            @Override
            public void prepare(int step) {}

            @Override
            public void apply(ParameterTensor tensor, float[] parameters) {}
        };
    }

    /**
     * Before update t, by one worker while the others wait: draws the random numbers of update t.
     *
     * @param step t, from 1 on; each exactly once, in order
     */
    void prepare(int step);

    /** After update t of a tensor, by the worker that updated it, before it is packed and before listeners are told. */
    void apply(ParameterTensor tensor, float[] parameters);
}
