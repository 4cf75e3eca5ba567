package org.lilgatsby.kernel.x86;

/** This machine does not do it. */
final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    final transient Refusal refusal;

    UnavailableException(String message, boolean expected) {
        super(message);
        refusal = new Refusal(message, expected);
    }
}
