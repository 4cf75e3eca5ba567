package org.lilgatsby.training;

/** Loss, gradient or parameters became NaN or infinite; the message names step, tensor and index. */
public final class NonFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int step;

    NonFiniteException(int step, String message) {
        super(message);
        this.step = step;
    }

    /** The step whose loss, gradient or parameters they were. */
    public int step() {
        return step;
    }
}
