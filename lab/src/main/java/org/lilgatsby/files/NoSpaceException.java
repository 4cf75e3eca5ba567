package org.lilgatsby.files;

import java.io.IOException;

/** The disk has less room than a file needs. */
public final class NoSpaceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message a sentence that names the file and both numbers of bytes */
    public NoSpaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
