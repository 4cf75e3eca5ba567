package org.lilgatsby.training;

import java.util.Optional;
import org.lilgatsby.model.ParameterTensor;

/**
 * Stops a run with a NaN or infinite loss, gradient or parameter. Before the update of every step it checks the loss
 * and the norm of the gradient, which any such number reaches.
 */
public final class NonFinite implements StepListener {
    @Override
    public void afterBackward(TrainingState state) {
        if (!Double.isFinite(state.loss()) || !Double.isFinite(state.gradientNorm())) {
            String place = first(state, state.parameters(), "parameter")
                    .or(() -> first(state, state.gradients(), "gradient of"))
                    .orElse("the norm of its gradient overflows");
            throw new NonFiniteException(
                    state.stepNumber(),
                    "step %d: the loss is %s; %s".formatted(state.stepNumber(), state.loss(), place));
        }
    }

    /**
     * Checks every parameter after the last step, since no other step follows.
     *
     * @throws NonFiniteException if one is NaN or infinite
     */
    public static void requireFiniteParameters(TrainingState state) {
        first(state, state.parameters(), "parameter").ifPresent(place -> {
            throw new NonFiniteException(
                    state.stepNumber(), "step %d: after its update %s".formatted(state.stepNumber(), place));
        });
    }

    private static Optional<String> first(TrainingState state, float[] values, String what) {
        for (ParameterTensor tensor : state.layout().tensors()) {
            for (int i = tensor.at(); i < tensor.end(); i++) {
                if (!Float.isFinite(values[i])) {
                    int index = i - tensor.at();
                    String at = tensor.vector()
                            ? "[" + index + "]"
                            : "[" + index / tensor.columns() + ", " + index % tensor.columns() + "]";
                    return Optional.of(what + " " + tensor.name() + at + " is " + values[i]);
                }
            }
        }
        return Optional.empty();
    }
}
