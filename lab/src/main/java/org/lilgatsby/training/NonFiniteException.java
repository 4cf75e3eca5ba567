package org.lilgatsby.training;

/** Loss or gradient became NaN or infinite; the message names step, tensor and index. */
public final class NonFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int step;

    NonFiniteException(int step, String message) {
        super(message);
        this.step = step;
    }

    /** The step whose loss or gradient it was; it was not carried out. */
    public int step() {
        return step;
    }
}
