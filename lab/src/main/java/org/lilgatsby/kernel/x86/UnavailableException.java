package org.lilgatsby.kernel.x86;

/** Why this machine cannot compute products of bfloat16 by an instruction of its own. */
final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
        super(message);
    }
}
