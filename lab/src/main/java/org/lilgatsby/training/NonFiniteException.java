package org.lilgatsby.training;

/** A loss, gradient or parameter became NaN or infinite; the message names step, tensor and index. */
public final class NonFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int step;

    NonFiniteException(int step, String message) {
        super(message);
        this.step = step;
    }

    /** The step of that loss, gradient or parameter. */
    public int step() {
        return step;
    }
}
