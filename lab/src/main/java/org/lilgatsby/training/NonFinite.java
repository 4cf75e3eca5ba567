package org.lilgatsby.training;

import org.lilgatsby.model.ParameterTensor;

/** Finds where a number stopped being finite. */
final class NonFinite {
    private NonFinite() {}

    /** One sentence: step, loss, and the first parameter or gradient that is NaN or infinite. */
    static String describe(TrainingState state) {
        StringBuilder text = new StringBuilder("step " + state.stepNumber() + ": the loss is " + state.loss());
        String place = first(state, state.parameters(), "parameter");
        if (place == null) {
            place = first(state, state.gradients(), "gradient of");
        }
        return text.append(place == null ? "; its gradient's norm overflows" : "; " + place).toString();
    }

    private static String first(TrainingState state, float[] values, String what) {
        for (ParameterTensor tensor : state.layout().tensors()) {
            for (int i = tensor.at(); i < tensor.end(); i++) {
                if (!Float.isFinite(values[i])) {
                    int index = i - tensor.at();
                    String at = tensor.vector()
                            ? "[" + index + "]"
                            : "[" + index / tensor.columns() + ", " + index % tensor.columns() + "]";
                    return what + " " + tensor.name() + at + " is " + values[i];
                }
            }
        }
        return null;
    }
}
