package org.lilgatsby.recording;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.settings.Named;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.TrainingState;

/**
 * A quantity that can be recorded at each step. Row 0 is the state before any update; row t is the state after update
 * t, and what update t computed, or update t+1 where rows are recorded {@linkplain RecordingConfig.Instant before} the
 * update. One object serves all runs, so it holds no state of a run: what it keeps from one instant of a step to the
 * next goes into its {@linkplain #workspace workspace}.
 *
 * <p>A row is filled at the instants of {@link StepListener}, with the same workspace at each. If several tensors
 * record an observable, in two formats for example, it fills the row of each; they share its workspace.
 */
public interface Observable extends Named {
    /** What a quantity belongs to, which says what a row holds at which instant. */
    enum Kind {
        /** The run's state between two updates, such as W. */
        STATE,
        /** What a step computes before its update, such as the loss. */
        COMPUTED,
        /** What an update changes; it cannot be recorded before the update. */
        CHANGE
    }

    /** What it is, in a few words; printed beside the setting in a configuration. */
    String description();

    /** What it belongs to: a step's computation, unless it says otherwise. */
    default Kind kind() {
        return Kind.COMPUTED;
    }

    /**
     * The parameter whose update it belongs to: {@link #beforeUpdate} and {@link #atInstant} are called by the worker
     * that updates it, and may read its part of the arrays.
     */
    default ParameterTensor of(ParameterLayout layout) {
        return layout.wte();
    }

    /** Whether it exists only for a model whose output head is a matrix of its own. */
    default boolean needsHead() {
        return false;
    }

    /** Whether it reads the parts of the gradient of a tied W, which are known where a step has one micro-batch. */
    default boolean needsBothParts() {
        return false;
    }

    /** The shape of a row: [V, D], [V], [D], or no axis for a number. */
    List<Axis> axes();

    /** Number of values in a row: V D, V, D or 1. */
    default long valuesPerRow(int vocabulary, int width) {
        long values = 1;
        for (Axis axis : axes()) {
            values *= axis.length(vocabulary, width);
        }
        return values;
    }

    /**
     * The format in which the run stores it; empty if it is computed but not stored. A quantity stored in float32 is
     * not recorded in bfloat16.
     */
    default Optional<Precision> stored(PrecisionConfig precision) {
        return Optional.empty();
    }

    /**
     * The format in which it is recorded by default; it loses nothing: the run's storage format, or float32 for a
     * computed quantity.
     */
    default Precision format(PrecisionConfig precision) {
        return stored(precision).orElse(Precision.F32);
    }

    /** Whether it exists only for an optimizer with moments. */
    default boolean needsMoments() {
        return false;
    }

    /** Whether it reads {@link TrainingState#hidden}, which is computed only on request. */
    default boolean needsHidden() {
        return false;
    }

    /** Floats of memory needed to fill a row, apart from the row itself; at least 0. */
    default int workspace(int vocabulary, int width) {
        return 0;
    }

    /**
     * Row 0, from the state before training: zeros, unless the quantity exists then. A recording before updates has no
     * such row. Of the arrays of all parameters, only the part of the parameter that it is {@linkplain #of of} may be
     * read here: of a run without a step, the others are not always computed.
     */
    default void initial(TrainingState state, StoredValues row) {
        row.clear();
    }

    /** Logits, hidden state, loss and clipping coefficient are those of the step; W is not updated yet. */
    default void afterBackward(TrainingState state, float[] workspace, StoredValues row) {}

    /**
     * Before the update of the parameter that it is {@linkplain #of of}, usually W; only that part of the arrays of all
     * parameters may be read here.
     */
    default void beforeUpdate(TrainingState state, float[] workspace) {}

    /**
     * At the recording's instant, after the update of W or just before it: W's values and moments then, and its
     * gradient, which the update does not change. Of the arrays of all parameters, only the part of W, or of the
     * parameter that it is {@linkplain #of of}, may be read here.
     */
    default void atInstant(TrainingState state, float[] workspace, StoredValues row) {}

    /**
     * Whether a sound run can have this value in a row: by default, any finite value. Verification checks every value.
     *
     * @param update the update that the row is of, 0 for the state before training
     */
    default boolean allows(int update, float value) {
        return Float.isFinite(value);
    }
}
