package org.lilgatsby.recording;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.settings.Named;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.TrainingState;

/**
 * What can be recorded of a step. Row 0 is the state before any update; row t is the state after update t, and what
 * update t computed on its way. One object serves all runs, so it holds nothing of a run: what it keeps between two
 * instants of a step it keeps in its {@linkplain #workspace workspace}.
 *
 * <p>A row is filled at the instants of {@link StepListener}. The workspace is the same at each of them. An observable
 * that several tensors record, in two formats say, fills the row of each; they share its workspace.
 */
public interface Observable extends Named {
    /** What it is, in a few words: they stand beside the setting where a configuration is printed. */
    String description();

    /** The shape of a row: [V, D], [V], [D], or no axis for a number. */
    List<Axis> axes();

    /** Values of a row: V D, V, D or 1. */
    default long valuesPerRow(int vocabulary, int width) {
        long values = 1;
        for (Axis axis : axes()) {
            values *= axis.length(vocabulary, width);
        }
        return values;
    }

    /**
     * How the run stores it; empty if it is computed and not stored. What is stored in float32 is not recorded in
     * bfloat16.
     */
    default Optional<Precision> stored(PrecisionConfig precision) {
        return Optional.empty();
    }

    /**
     * The format in which it is recorded unless the configuration says otherwise, one that loses nothing: that in which
     * the run stores it, and float32 for what is computed.
     */
    default Precision format(PrecisionConfig precision) {
        return stored(precision).orElse(Precision.F32);
    }

    /** Whether only an optimizer with moments has it. */
    default boolean needsMoments() {
        return false;
    }

    /** Whether it reads {@link TrainingState#hidden}, which is computed only if something does. */
    default boolean needsHidden() {
        return false;
    }

    /** Floats of memory that filling a row takes beside the row, at least 0. */
    default int workspace(int vocabulary, int width) {
        return 0;
    }

    /** Row 0, from the state before training: zeros, unless there is something then. */
    default void initial(TrainingState state, StoredValues row) {
        row.clear();
    }

    /** Logits, hidden state, loss and clipping coefficient are those of the step; W is still that before it. */
    default void afterBackward(TrainingState state, float[] workspace, StoredValues row) {}

    /** Before the update of W. Of the arrays of all parameters, only W's part may be read here. */
    default void beforeUpdate(TrainingState state, float[] workspace) {}

    /**
     * After the update of W: its values, its moments, and its gradient, which the update leaves as it is. Of the arrays
     * of all parameters, only W's part may be read here.
     */
    default void afterUpdate(TrainingState state, float[] workspace, StoredValues row) {}

    /** Whether the value can be in a row of a sound run: a finite one can. Verification asks it of every value. */
    default boolean allows(int row, float value) {
        return Float.isFinite(value);
    }
}
